package com.alphaxiii.polygon.client;

import static com.alphaxiii.polygon.core.FeedStatus.State.CONNECTED;
import static com.alphaxiii.polygon.core.FeedStatus.State.CONNECTING;
import static com.alphaxiii.polygon.core.FeedStatus.State.DOWN;
import static com.alphaxiii.polygon.core.FeedStatus.State.RECONNECTING;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.client.ScriptedStream.Line;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the client does and tells when a connection is lost. */
class StreamRecoveryTest extends StreamTestCase {
  private static final long T0 = 1_700_000_000_000L;

  @Test
  void aGapLiesBetweenTheVendorsTimesOfTheEventsAroundIt() throws Exception {
    client.subscribe(topics("T.AAPL,Q.AAPL"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    sink.untilConnected();
    line.say("[" + tradeEvent("AAPL", 1, T0) + "," + tradeEvent("AAPL", 7, T0 + 5) + "]");
    line.say(quote(T0 + 3));
    sink.nextTrade();
    Trade last = sink.nextTrade();
    sink.next();
    line.drop();
    assertThat(sink.nextStatus(RECONNECTING).detail()).contains("1006", "trying again");

    Line next = server.login();
    assertThat(topics(String.join(",", next.confirmSubscribe())))
        .isEqualTo(topics("T.AAPL,Q.AAPL"));
    sink.nextStatus(CONNECTED);
    next.say("[" + tradeEvent("AAPL", 9, T0 + 70) + "," + tradeEvent("AAPL", 10, T0 + 71) + "]");
    Gap trades = sink.nextGap();
    assertThat(trades.topics()).isEqualTo(topics("T.AAPL"));
    assertThat(trades.from()).isEqualTo(Instant.ofEpochMilli(T0 + 5));
    assertThat(trades.to()).isEqualTo(Instant.ofEpochMilli(T0 + 70));
    assertThat(trades.last()).containsExactly(Map.entry(Topic.parse("T.AAPL"), last));
    assertThat(sink.nextTrade().sequence()).isEqualTo(9);
    assertThat(sink.nextTrade().sequence()).isEqualTo(10);
    next.say(quote(T0 + 90));
    Gap quotes = sink.nextGap();
    assertThat(quotes.topics()).isEqualTo(topics("Q.AAPL"));
    assertThat(quotes.from()).isEqualTo(Instant.ofEpochMilli(T0 + 3));
    assertThat(quotes.to()).isEqualTo(Instant.ofEpochMilli(T0 + 90));
    assertThat(client.statistics().reconnects()).isEqualTo(1);
  }

  @Test
  void whereTickersComeOutOfOrderAGapIsWiderByTwiceAsMuch() throws Exception {
    client.subscribe(topics("T.*"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    sink.untilConnected();
    line.say("[" + tradeEvent("IBM", 1, T0 + 30) + "," + tradeEvent("AAPL", 1, T0 + 20) + "]");
    // A time that cannot be true moves no bound.
    line.say("[" + tradeEvent("IBM", 2, 2 * T0) + "," + tradeEvent("IBM", 3, 0) + "]");
    for (int i = 0; i < 4; i++) {
      sink.nextTrade();
    }
    line.drop();
    sink.nextStatus(RECONNECTING);
    Line next = server.login();
    next.confirmSubscribe();
    sink.nextStatus(CONNECTED);
    next.say(trade("MSFT", 2, T0 + 100));
    Gap gap = sink.nextGap();
    assertThat(gap.from()).isEqualTo(Instant.ofEpochMilli(T0 + 30 - 20));
    assertThat(gap.to()).isEqualTo(Instant.ofEpochMilli(T0 + 100 + 20));
    assertThat(gap.last()).isEmpty();
  }

  @Test
  void aTimeThatIsHoursAheadMovesNoBoundUnlessAllAre() throws Exception {
    client.subscribe(topics("T.AAPL"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    sink.untilConnected();
    long now = Instant.now().toEpochMilli();
    long hours = Duration.ofHours(5).toMillis();
    line.say(trade("AAPL", 1, now));
    line.say(trade("AAPL", 2, now + hours));
    sink.nextTrade();
    sink.nextTrade();
    line.drop();
    sink.nextStatus(RECONNECTING);
    line = server.login();
    line.confirmSubscribe();
    sink.nextStatus(CONNECTED);
    line.say(trade("AAPL", 3, now + 10));
    assertThat(sink.nextGap().from()).isEqualTo(Instant.ofEpochMilli(now));
    sink.nextTrade();

    // As if this machine's clock were hours behind.
    line.drop();
    sink.nextStatus(RECONNECTING);
    line = server.login();
    line.confirmSubscribe();
    sink.nextStatus(CONNECTED);
    for (int i = 4; i < 8; i++) {
      line.say(trade("AAPL", i, now + hours + i));
    }
    sink.nextGap();
    for (int i = 4; i < 8; i++) {
      sink.nextTrade();
    }
    line.drop();
    sink.nextStatus(RECONNECTING);
    line = server.login();
    line.confirmSubscribe();
    sink.nextStatus(CONNECTED);
    line.say(trade("AAPL", 8, now + hours + 20));
    assertThat(sink.nextGap().from()).isEqualTo(Instant.ofEpochMilli(now + hours + 7));
  }

  @Test
  void whatComesBeforeTheLastConfirmationIsHeldBackAndNotLost() throws Exception {
    client.subscribe(topics("T.AAPL,T.IBM"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    sink.untilConnected();
    line.say(trade("AAPL", 1, Instant.now().toEpochMilli()));
    Trade before = sink.nextTrade();
    line.drop();
    sink.nextStatus(RECONNECTING);
    Line next = server.login();
    next.heard("subscribe");
    next.confirm(List.of("T.AAPL"));
    long held = Instant.now().toEpochMilli();
    next.say(trade("AAPL", 2, held));
    next.say(trade("AAPL", 3, held));
    next.confirm(List.of("T.IBM"));
    sink.nextStatus(CONNECTED);
    Gap gap = sink.nextGap();
    assertThat(gap.topics()).isEqualTo(topics("T.AAPL,T.IBM"));
    assertThat(VendorTimes.nanos(gap.from())).isEqualTo(before.time());
    assertThat(gap.to()).isBetween(Instant.ofEpochMilli(held), Instant.now());
    assertThat(sink.nextTrade().sequence()).isEqualTo(2);
    assertThat(sink.nextTrade().sequence()).isEqualTo(3);
  }

  @Test
  void whereNothingComesTheGapIsToldAllTheSame() throws Exception {
    client.subscribe(topics("T.AAPL"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    sink.untilConnected();
    // The vendor's clock is an hour behind this one.
    long sent = Instant.now().minusSeconds(3_600).toEpochMilli();
    line.say(trade("AAPL", 1, sent));
    sink.nextTrade();
    line.drop();
    sink.nextStatus(RECONNECTING);
    server.login().confirmSubscribe();
    sink.nextStatus(CONNECTED);
    Gap gap = sink.nextGap();
    assertThat(gap.from()).isEqualTo(Instant.ofEpochMilli(sent));
    assertThat(gap.to()).isBetween(gap.from(), Instant.now().minusSeconds(3_600));
  }

  @Test
  void topicsConfirmedBeforeTheFirstOfAllLossesHaveAGapToo() throws Exception {
    client.subscribe(topics("T.AAPL,Q.AAPL"), sink);
    Line line = server.login();
    line.heard("subscribe");
    line.confirm(List.of("T.AAPL"));
    line.say(trade("AAPL", 1, T0));
    sink.nextStatus(CONNECTING);
    sink.nextTrade();
    line.drop();
    sink.nextStatus(RECONNECTING);
    Line next = server.login();
    next.confirmSubscribe();
    sink.nextStatus(CONNECTED);
    next.say(quote(T0 + 50));
    sink.next();
    next.say(trade("AAPL", 2, T0 + 60));
    Gap gap = sink.nextGap();
    assertThat(gap.topics()).isEqualTo(topics("T.AAPL"));
    assertThat(gap.from()).isEqualTo(Instant.ofEpochMilli(T0));
    assertThat(gap.to()).isEqualTo(Instant.ofEpochMilli(T0 + 60));
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
    sink.nextStatus(CONNECTED);
    assertThat(sink.nextGap().topics()).isEqualTo(topics("T.AAPL"));
    other.untilConnected();
    other.nextStatus(RECONNECTING);
    other.nextStatus(CONNECTED);
    assertThat(other.nextGap().topics()).isEqualTo(topics("Q.AAPL"));
    late.nextStatus(CONNECTED);
  }

  @Test
  void aGapSpansSeveralFailedAttempts() throws Exception {
    client.subscribe(topics("T.AAPL"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    line.say(trade("AAPL", 1, T0));
    sink.untilConnected();
    sink.nextTrade();
    line.drop();
    server.accept().drop();
    Line third = server.login();
    third.heard("subscribe");
    third.say(trade("AAPL", 2, T0 + 10));
    third.drop();
    sink.nextStatus(RECONNECTING);
    sink.nextStatus(RECONNECTING);
    sink.nextStatus(RECONNECTING);
    Line fourth = server.login();
    fourth.confirmSubscribe();
    sink.nextStatus(CONNECTED);
    fourth.drop();
    sink.nextStatus(RECONNECTING);
    Line fifth = server.login();
    fifth.confirmSubscribe();
    sink.nextStatus(CONNECTED);
    fifth.say(trade("AAPL", 3, T0 + 20));
    Gap gap = sink.nextGap();
    assertThat(gap.from()).isEqualTo(Instant.ofEpochMilli(T0));
    assertThat(gap.to()).isEqualTo(Instant.ofEpochMilli(T0 + 20));
    assertThat(sink.nextTrade().sequence()).isEqualTo(3);
    assertThat(client.statistics().reconnects()).isEqualTo(2);
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
    assertThat(sink.nextStatus(CONNECTED).detail()).doesNotContain("Q.AAPL");
    assertThat(sink.nextGap().topics()).as("what was live").isEqualTo(topics("T.AAPL"));
  }

  @Test
  void aChannelOfAnotherMarketConfirmedTooLateIsItself() throws Exception {
    reopen(config -> config.confirmTimeout(Duration.ofMillis(200)));
    client.subscribe(topics("T.O:*,FMV.X:BTCUSD"), sink);
    for (int i = 0; i < 2; i++) {
      server.login().heard("subscribe");
    }
    client.awaitConnected(PATIENCE);
    assertThat(client.status().detail()).contains("T.O:*", "FMV.X:BTCUSD");
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
    assertThat(sink.nextStatus(CONNECTED).detail()).contains("Q.AAPL");
    next.say(trade("AAPL", 1, T0));
    assertThat(sink.nextGap().topics()).isEqualTo(topics("T.AAPL"));
    sink.nextTrade();
    Gap first = sink.nextGap();
    assertThat(first.topics()).isEqualTo(topics("Q.AAPL"));

    next.confirm(List.of("Q.AAPL"));
    next.say(quote(T0 + 3_600_000));
    Gap second = sink.nextGap();
    assertThat(second.topics()).isEqualTo(topics("Q.AAPL"));
    assertThat(second.from()).isEqualTo(first.to());
    assertThat(second.to()).isEqualTo(Instant.ofEpochMilli(T0 + 3_600_000));
  }

  @Test
  void nothingFollowsTheEndThatASinkMakes() throws Exception {
    List<MarketEvent> told = new CopyOnWriteArrayList<>();
    AtomicReference<Thread> reader = new AtomicReference<>();
    client.subscribe(
        topics("T.AAPL,T.IBM"),
        event -> {
          reader.set(Thread.currentThread());
          told.add(event);
          if (event instanceof Gap) {
            client.close();
          }
        });
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    line.drop();
    Line next = server.login();
    next.heard("subscribe");
    next.confirm(List.of("T.AAPL"));
    next.say(trade("AAPL", 1, T0));
    next.confirm(List.of("T.IBM"));
    Await.until("the end", () -> reader.get() != null && !reader.get().isAlive());
    assertThat(told.getLast()).isInstanceOf(FeedStatus.class);
    assertThat(((FeedStatus) told.getLast()).state()).isEqualTo(DOWN);
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
    sink.nextStatus(CONNECTED);
    assertThat(sink.nextGap().topics()).isEqualTo(topics("T.AAPL"));
  }

  @Test
  void pongsAloneKeepAQuietConnectionAlive() throws Exception {
    reopen(
        config ->
            config
                .staleness(Duration.ofMillis(50), Duration.ofMillis(1_500))
                .connectTimeout(Duration.ofMillis(1_000)));
    client.subscribe(topics("T.AAPL"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    sink.untilConnected();
    Await.until("pings span more than the silence allowed", () -> line.pings() > 40);
    assertThat(sink.isEmpty()).as("nothing was told").isTrue();
    assertThat(client.status().state()).isEqualTo(CONNECTED);
  }

  private static String quote(long millis) {
    return "[{\"ev\":\"Q\",\"sym\":\"AAPL\",\"bp\":1,\"ap\":2,\"t\":%d,\"q\":2}]".formatted(millis);
  }
}
