package com.alphaxiii.polygon.client;

import static com.alphaxiii.polygon.core.FeedStatus.State.CONNECTED;
import static com.alphaxiii.polygon.core.FeedStatus.State.DOWN;
import static com.alphaxiii.polygon.core.FeedStatus.State.RECONNECTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.client.ScriptedStream.Line;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the client asks for, and whom it gives what comes. */
class StreamDemandTest extends StreamTestCase {
  @Test
  void sendsOnlyWhatChanges() throws Exception {
    Subscription first = client.subscribe(topics("T.AAPL,T.MSFT"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    Subscription second = client.subscribe(topics("T.MSFT,Q.IBM"), new Recorder());
    assertThat(line.confirmSubscribe()).containsExactly("Q.IBM");
    first.remove(topics("T.MSFT,T.AAPL"));
    assertThat(line.heard("unsubscribe")).isEqualTo("T.AAPL");
    first.add(topics("AM.IBM"));
    assertThat(line.confirmSubscribe()).containsExactly("AM.IBM");
    assertThat(first.topics()).isEqualTo(topics("AM.IBM"));
    second.close();
    assertThat(topics(line.heard("unsubscribe"))).isEqualTo(topics("T.MSFT,Q.IBM"));
  }

  @Test
  void aWholeChannelStandsForItsTickersAndEventsComeOnce() throws Exception {
    Subscription both = client.subscribe(topics("T.AAPL,T.*"), sink);
    Recorder other = new Recorder();
    client.subscribe(topics("T.AAPL"), other);
    Line line = server.login();
    assertThat(line.confirmSubscribe()).containsExactly("T.*");
    client.awaitConnected(PATIENCE);
    line.say("[" + tradeEvent("AAPL", 1) + "," + tradeEvent("IBM", 2) + "]");
    sink.untilConnected();
    assertThat(sink.nextTrade().sequence()).isEqualTo(1);
    assertThat(sink.nextTrade().sequence()).isEqualTo(2);
    both.remove(topics("T.*"));
    assertThat(line.confirmSubscribe()).containsExactly("T.AAPL");
    assertThat(line.heard("unsubscribe")).isEqualTo("T.*");
    line.say("[" + tradeEvent("IBM", 3) + "," + tradeEvent("AAPL", 4) + "]");
    assertThat(sink.nextTrade().sequence()).isEqualTo(4);
    assertThat(sink.isEmpty()).isTrue();
    other.untilConnected();
    assertThat(other.nextTrade().sequence()).isEqualTo(1);
    assertThat(other.nextTrade().sequence()).isEqualTo(4);
  }

  @Test
  void tickersAreGivenUpOnlyWhenTheirWholeChannelIsConfirmed() throws Exception {
    client.subscribe(topics("T.AAPL"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    client.subscribe(topics("T.*"), new Recorder());
    assertThat(line.heard("subscribe")).isEqualTo("T.*");
    line.say(trade("AAPL", 1));
    sink.untilConnected();
    assertThat(sink.nextTrade().sequence()).isEqualTo(1);
    assertThat(line.heardNothing()).isTrue();
    line.confirm(List.of("T.*"));
    assertThat(line.heard("unsubscribe")).isEqualTo("T.AAPL");
    line.drop();
    assertThat(server.login().confirmSubscribe()).containsExactly("T.*");
  }

  @Test
  void tickersAreAskedForThemselvesWhenTheirWholeChannelIsNotConfirmed() throws Exception {
    reopen(config -> config.confirmTimeout(Duration.ofMillis(100)));
    client.subscribe(topics("Q.O:AAPL230616C00150000,Q.O:*"), sink);
    Line line = server.login();
    assertThat(line.heard("subscribe")).isEqualTo("Q.*");
    assertThat(line.confirmSubscribe()).containsExactly("Q.O:AAPL230616C00150000");
    client.awaitConnected(PATIENCE);
    line.drop();
    assertThat(topics(server.login().heard("subscribe").replace("Q.*", "Q.O:*")))
        .isEqualTo(topics("Q.O:AAPL230616C00150000,Q.O:*"));
  }

  @Test
  void splitsThousandsOfTopicsIntoSmallFrames() throws Exception {
    Set<Topic> wanted =
        IntStream.range(0, 12_000)
            .mapToObj(i -> Topic.parse("T.SYB" + i))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    client.subscribe(wanted, sink);
    Line line = server.login();
    Set<Topic> told = new HashSet<>();
    int frames = 0;
    while (told.size() < wanted.size()) {
      List<String> topics = line.confirmSubscribe();
      topics.forEach(topic -> told.add(Topic.parse(topic)));
      frames++;
    }
    assertThat(told).isEqualTo(wanted);
    assertThat(frames).isGreaterThan(1);
    client.awaitConnected(PATIENCE);
  }

  @Test
  void eachMarketHasAConnectionAndAllHaveOneThread() throws Exception {
    Set<Thread> threads = Collections.newSetFromMap(new ConcurrentHashMap<>());
    Subscription subscription =
        client.subscribe(
            topics("T.AAPL,T.X:BTCUSD"),
            event -> {
              threads.add(Thread.currentThread());
              sink.accept(event);
            });
    Map<String, Line> lines = new HashMap<>();
    for (int i = 0; i < 2; i++) {
      Line line = server.login();
      lines.put(line.path(), line);
    }
    assertThat(lines.get("/stocks").confirmSubscribe()).containsExactly("T.AAPL");
    assertThat(lines.get("/crypto").confirmSubscribe()).containsExactly("XT.BTC-USD");
    client.awaitConnected(PATIENCE);
    assertThat(threads).hasSize(1);
    FeedStatus together = client.status();
    assertThat(together.state()).isEqualTo(CONNECTED);
    assertThat(together.market()).isEmpty();
    assertThat(together.detail()).contains("stocks: connected", "crypto: connected");

    lines.get("/crypto").drop();
    FeedStatus status = (FeedStatus) sink.next();
    while (status.state() != RECONNECTING) {
      status = (FeedStatus) sink.next();
    }
    assertThat(status.market()).contains(Market.CRYPTO);
    assertThat(client.status(Market.STOCKS).orElseThrow().state()).isEqualTo(CONNECTED);
    assertThat(client.status(Market.OPTIONS)).isEmpty();
    assertThat(server.login().confirmSubscribe()).containsExactly("XT.BTC-USD");
    assertThat(sink.nextStatus(CONNECTED).market()).contains(Market.CRYPTO);
    assertThat(sink.nextGap().topics()).isEqualTo(topics("T.X:BTCUSD"));
    subscription.remove(topics("T.AAPL"));
    assertThat(lines.get("/stocks").heard("unsubscribe")).isEqualTo("T.AAPL");
  }

  @Test
  void joinsFragmentsAndSurvivesGarbage() throws Exception {
    client.subscribe(topics("T.AAPL"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    sink.untilConnected();
    line.say("[{\"ev\":\"T\",\"sym\":\"AAP not json");
    line.say("");
    line.say(
        "["
            + tradeEvent("AAPL", 1)
            + ",{\"ev\":\"T\",\"sym\":\"AAPL\",\"p\":tru},"
            + tradeEvent("AAPL", 2)
            + "]");
    String many =
        IntStream.range(3, 30_003)
            .mapToObj(i -> tradeEvent("AAPL", i))
            .collect(Collectors.joining(",", "[", "]"));
    line.sayInFragments(many);
    line.say(trade("AAPL", 30_003));
    for (int sequence = 1; sequence <= 30_003; sequence++) {
      assertThat(sink.nextTrade().sequence()).isEqualTo(sequence);
    }
    StreamStatistics statistics = client.statistics();
    assertThat(statistics.malformed()).isEqualTo(3);
    assertThat(statistics.events()).isEqualTo(30_003);
  }

  @Test
  void aSinkThatThrowsHurtsNobody() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    client.subscribe(
        topics("T.AAPL"),
        event -> {
          calls.incrementAndGet();
          throw new AssertionError("a faulty sink");
        });
    client.subscribe(topics("T.AAPL"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    line.say(trade("AAPL", 1));
    line.say(trade("AAPL", 2));
    sink.untilConnected();
    sink.nextTrade();
    sink.nextTrade();
    assertThat(client.statistics().sinkFailures()).isEqualTo(calls.get()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aClosedSubscriptionHearsNothingMore() throws Exception {
    AtomicReference<Subscription> self = new AtomicReference<>();
    AtomicInteger trades = new AtomicInteger();
    self.set(
        client.subscribe(
            topics("T.AAPL"),
            event -> {
              if (event instanceof Trade) {
                trades.incrementAndGet();
                self.get().close();
              }
            }));
    client.subscribe(topics("T.AAPL"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    line.say("[" + tradeEvent("AAPL", 1) + "," + tradeEvent("AAPL", 2) + "]");
    sink.untilConnected();
    sink.nextTrade();
    sink.nextTrade();
    assertThat(trades).hasValue(1);
    assertThat(self.get().topics()).isEmpty();
    assertThatThrownBy(() -> self.get().add(topics("T.IBM")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSinkMayNotWaitForTheStream() throws Exception {
    AtomicReference<Throwable> refusal = new AtomicReference<>();
    client.subscribe(
        topics("T.AAPL"),
        event -> {
          try {
            client.awaitConnected(PATIENCE);
          } catch (IllegalStateException | InterruptedException e) {
            refusal.compareAndSet(null, e);
          }
        });
    server.accept();
    Await.until("it was refused", () -> refusal.get() instanceof IllegalStateException);
  }

  @Test
  void closingEndsEverythingAndMayBeDoneByASink() throws Exception {
    Set<Thread> before = streamThreads();
    StreamClient closing = open(config -> config);
    Recorder closingSink = new Recorder();
    closing.subscribe(topics("T.AAPL"), closingSink);
    closing.subscribe(
        topics("T.AAPL"),
        event -> {
          if (event instanceof Trade) {
            closing.close();
          }
        });
    Line line = server.login();
    line.confirmSubscribe();
    closing.awaitConnected(PATIENCE);
    line.say(trade("AAPL", 1));
    closingSink.untilConnected();
    closingSink.nextTrade();
    closingSink.nextStatus(DOWN);
    Await.until("no thread of it is left", () -> before.containsAll(streamThreads()));
    Await.until("the server sees the end", line::isClosed);
    closing.close();
    assertThat(closing.status().state()).isEqualTo(DOWN);
    assertThatThrownBy(() -> closing.subscribe(topics("T.AAPL"), sink))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingFromOutsideReturnsWhenTheThreadsAreGone() throws Exception {
    Set<Thread> before = streamThreads();
    StreamClient closing = open(config -> config);
    closing.subscribe(topics("T.AAPL"), sink);
    server.login().confirmSubscribe();
    closing.awaitConnected(PATIENCE);
    closing.close();
    sink.untilConnected();
    sink.nextStatus(DOWN);
    Await.until("no thread of it is left", () -> before.containsAll(streamThreads()));
  }

  private static Set<Thread> streamThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("vert"))
        .collect(
            Collectors.toCollection(
                () -> Collections.newSetFromMap(new java.util.IdentityHashMap<>())));
  }
}
