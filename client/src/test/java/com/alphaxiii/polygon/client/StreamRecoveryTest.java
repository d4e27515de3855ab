package com.alphaxiii.polygon.client;

import static com.alphaxiii.polygon.core.FeedStatus.State.CONNECTED;
import static com.alphaxiii.polygon.core.FeedStatus.State.RECONNECTING;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.client.ScriptedStream.Line;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the client does and tells when a connection is lost. */
class StreamRecoveryTest extends StreamTestCase {
  @Test
  void afterALossTellsTheGapBeforeAnyEventAndLosesNoneHeldBack() throws Exception {
    client.subscribe(topics("T.AAPL,Q.AAPL"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    sink.untilConnected();
    Instant before = Instant.now();
    line.say(trade("AAPL", 1));
    sink.nextTrade();
    Instant seen = Instant.now();
    line.drop();
    FeedStatus lost = sink.nextStatus(RECONNECTING);
    assertThat(lost.detail()).contains("1006", "trying again");

    Line next = server.login();
    List<String> topics = List.of(next.heard("subscribe").split(","));
    assertThat(topics(String.join(",", topics))).isEqualTo(topics("T.AAPL,Q.AAPL"));
    next.confirm(topics.subList(0, 1));
    next.say(trade("AAPL", 2));
    next.say(trade("AAPL", 3));
    Instant beforeConfirmed = Instant.now();
    next.confirm(topics.subList(1, 2));
    Gap gap = sink.nextGap();
    assertThat(gap.topics()).isEqualTo(topics("T.AAPL,Q.AAPL"));
    assertThat(gap.from()).isBetween(before, seen);
    assertThat(gap.to()).isBetween(beforeConfirmed, Instant.now());
    sink.nextStatus(CONNECTED);
    assertThat(sink.nextTrade().sequence()).isEqualTo(2);
    assertThat(sink.nextTrade().sequence()).isEqualTo(3);
    assertThat(client.statistics().reconnects()).isEqualTo(1);
  }

  @Test
  void aGapNamesOnlyTheSinksOwnTopicsThatWereLive() throws Exception {
    Subscription mine = client.subscribe(topics("T.AAPL,T.IBM"), sink);
    Recorder other = new Recorder();
    client.subscribe(topics("Q.AAPL"), other);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    line.drop();
    sink.untilConnected();
    sink.nextStatus(RECONNECTING);
    mine.remove(topics("T.IBM"));
    mine.add(topics("T.MSFT"));
    Recorder late = new Recorder();
    client.subscribe(topics("T.AAPL"), late);
    Line next = server.login();
    assertThat(topics(String.join(",", next.confirmSubscribe())))
        .isEqualTo(topics("T.AAPL,T.MSFT,Q.AAPL"));
    assertThat(sink.nextGap().topics()).isEqualTo(topics("T.AAPL"));
    sink.nextStatus(CONNECTED);
    other.untilConnected();
    other.nextStatus(RECONNECTING);
    assertThat(other.nextGap().topics()).isEqualTo(topics("Q.AAPL"));
    late.nextStatus(CONNECTED);
  }

  @Test
  void aGapSpansSeveralFailedAttempts() throws Exception {
    client.subscribe(topics("T.AAPL"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    line.say(trade("AAPL", 1));
    sink.untilConnected();
    sink.nextTrade();
    Instant seen = Instant.now();
    line.drop();
    server.accept().drop();
    Line third = server.login();
    third.heard("subscribe");
    third.say(trade("AAPL", 2));
    third.drop();
    sink.nextStatus(RECONNECTING);
    sink.nextStatus(RECONNECTING);
    sink.nextStatus(RECONNECTING);
    Line fourth = server.login();
    fourth.confirmSubscribe();
    fourth.say(trade("AAPL", 3));
    assertThat(sink.nextGap().from()).isBeforeOrEqualTo(seen);
    sink.nextStatus(CONNECTED);
    assertThat(sink.nextTrade().sequence()).isEqualTo(3);
    assertThat(client.statistics().reconnects()).isEqualTo(1);
  }

  @Test
  void aTopicThatIsNeverConfirmedIsNotWaitedForAgain() throws Exception {
    reopen(config -> config.confirmTimeout(Duration.ofMillis(200)));
    client.subscribe(topics("T.AAPL,Q.AAPL"), sink);
    Line line = server.login();
    line.heard("subscribe");
    line.status("error", "not authorized");
    line.confirm(List.of("T.AAPL"));
    client.awaitConnected(PATIENCE);
    assertThat(sink.untilConnected().detail()).contains("Q.AAPL", "not authorized");
    line.drop();
    sink.nextStatus(RECONNECTING);
    Line next = server.login();
    next.heard("subscribe");
    next.confirm(List.of("T.AAPL"));
    assertThat(sink.nextGap().topics()).as("what was live").isEqualTo(topics("T.AAPL"));
    assertThat(sink.nextStatus(CONNECTED).detail()).doesNotContain("Q.AAPL");
  }

  @Test
  void aTopicConfirmedTooLateHasASecondGap() throws Exception {
    reopen(config -> config.confirmTimeout(Duration.ofMillis(200)));
    client.subscribe(topics("T.AAPL,Q.AAPL"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    sink.untilConnected();
    line.drop();
    sink.nextStatus(RECONNECTING);
    Line next = server.login();
    next.heard("subscribe");
    next.confirm(List.of("T.AAPL"));
    Gap gap = sink.nextGap();
    assertThat(gap.topics()).isEqualTo(topics("T.AAPL,Q.AAPL"));
    assertThat(sink.nextStatus(CONNECTED).detail()).contains("Q.AAPL");

    Instant before = Instant.now();
    next.confirm(List.of("Q.AAPL"));
    Gap second = sink.nextGap();
    assertThat(second.topics()).isEqualTo(topics("Q.AAPL"));
    assertThat(second.from()).isEqualTo(gap.to());
    assertThat(second.to()).isBetween(before, Instant.now());
  }

  @Test
  void aSilentServerIsDeadEvenIfTcpIsNot() throws Exception {
    reopen(config -> config.staleness(Duration.ofMillis(100), Duration.ofMillis(300)));
    client.subscribe(topics("T.AAPL"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    sink.untilConnected();
    line.freeze();
    assertThat(sink.nextStatus(RECONNECTING).detail()).contains("nothing was received for");
    server.login().confirmSubscribe();
    assertThat(sink.nextGap().topics()).isEqualTo(topics("T.AAPL"));
  }

  @Test
  void pongsAloneKeepAQuietConnectionAlive() throws Exception {
    reopen(config -> config.staleness(Duration.ofMillis(50), Duration.ofMillis(1_500)));
    client.subscribe(topics("T.AAPL"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    sink.untilConnected();
    Await.until("pings span more than the silence allowed", () -> line.pings() > 40);
    assertThat(sink.isEmpty()).as("nothing was told").isTrue();
    assertThat(client.status().state()).isEqualTo(CONNECTED);
  }
}
