package com.alphaxiii.polygon.client;

import static com.alphaxiii.polygon.client.StreamTestCase.open;
import static com.alphaxiii.polygon.client.StreamTestCase.topics;
import static com.alphaxiii.polygon.client.StreamTestCase.tradeEvent;
import static com.alphaxiii.polygon.core.FeedStatus.State.CONNECTED;
import static com.alphaxiii.polygon.core.FeedStatus.State.DOWN;
import static com.alphaxiii.polygon.core.FeedStatus.State.RECONNECTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client before the vendor's double. */
@Timeout(60)
class StreamSimulatorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Recorder sink = new Recorder();
  private Simulator simulator;
  private StreamClient client;

  @BeforeEach
  void start() {
    simulator = Simulator.start(Scenario.builder().port(0).build());
    client = open(simulator.streamUrl(), config -> config);
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void deliversToEachSinkWhatItWants() throws Exception {
    Recorder quotes = new Recorder();
    Recorder everything = new Recorder();
    client.subscribe(topics("T.AAPL,AM.AAPL"), sink);
    client.subscribe(topics("Q.AAPL"), quotes);
    client.subscribe(topics("T.*,Q.*"), everything);
    client.awaitConnected(PATIENCE);
    sink.untilConnected();
    simulator.stream()
        .publish(
            tradeEvent("AAPL", 1),
            "{\"ev\":\"Q\",\"sym\":\"AAPL\",\"bp\":1,\"ap\":2,\"t\":5,\"q\":2}",
            tradeEvent("IBM", 3),
            tradeEvent("AAPL", 4));
    assertThat(sink.nextTrade().sequence()).isEqualTo(1);
    assertThat(sink.nextTrade().sequence()).isEqualTo(4);
    quotes.untilConnected();
    assertThat(quotes.next().toString()).contains("Quote", "AAPL");
    everything.untilConnected();
    for (int i = 0; i < 4; i++) {
      everything.next();
    }
    assertThat(sink.isEmpty() && quotes.isEmpty() && everything.isEmpty()).isTrue();
    assertThat(client.statistics().events()).isEqualTo(4);
  }

  @Test
  void aBadKeyIsTold() {
    try (StreamClient stranger =
        StreamClient.open(
            StreamConfig.of(simulator.streamUrl(), new Secret("bad-key-1234")),
            InstantSource.system(),
            NanoClock.system())) {
      assertThatThrownBy(() -> stranger.awaitConnected(PATIENCE))
          .isInstanceOf(PolygonException.Unauthorized.class);
      assertThat(stranger.status().state()).isEqualTo(DOWN);
    }
  }

  @Test
  void followsTheDemandDownToNothing() throws Exception {
    Subscription one = client.subscribe(topics("T.AAPL,T.IBM"), sink);
    Subscription two = client.subscribe(topics("Q.IBM"), sink);
    client.awaitConnected(PATIENCE);
    assertThat(simulator.stream().symbols()).containsExactly("AAPL", "IBM");
    one.close();
    Await.until("AAPL is given up", () -> simulator.stream().symbols().equals(List.of("IBM")));
    two.close();
    Await.until("all is given up", () -> simulator.stream().symbols().isEmpty());
    assertThat(simulator.stream().connections()).isEqualTo(1);
  }

  @Test
  void comesBackAfterADropWithAllTopicsAndThoseAddedMeanwhile() throws Exception {
    Subscription subscription = client.subscribe(topics("T.AAPL"), sink);
    client.awaitConnected(PATIENCE);
    simulator.stream().publish(tradeEvent("AAPL", 1));
    sink.untilConnected();
    sink.nextTrade();
    for (int round = 0; round < 3; round++) {
      simulator.stream().disconnectAll();
      subscription.add(topics("T.ADDED" + round));
      sink.nextStatus(RECONNECTING);
      sink.nextStatus(CONNECTED);
      client.awaitConnected(PATIENCE);
      simulator.stream().publish(tradeEvent("AAPL", 2), tradeEvent("ADDED" + round, 3));
      assertThat(sink.nextGap().topics()).contains(Topic.parse("T.AAPL"));
      assertThat(sink.nextTrade().sequence()).isEqualTo(2);
      assertThat(sink.nextTrade().sequence()).isEqualTo(3);
    }
    assertThat(client.statistics().reconnects()).isEqualTo(3);
  }

  @Test
  void whatIsSubscribedToWhileTheServerIsAwayIsAskedForLater() throws Exception {
    int port = simulator.streamUrl().getPort();
    simulator.close();
    client.subscribe(topics("T.AAPL"), sink);
    Subscription second = client.subscribe(topics("T.IBM"), new Recorder());
    Await.until("it tries", () -> client.status().state() == RECONNECTING);
    second.close();
    simulator = Simulator.start(Scenario.builder().port(port).build());
    client.awaitConnected(PATIENCE);
    assertThat(simulator.stream().symbols()).containsExactly("AAPL");
  }

  @Test
  void twoProgramsWithOneKeyDoNotThrowEachOtherOut() throws Exception {
    client.subscribe(topics("T.AAPL"), sink);
    client.awaitConnected(PATIENCE);
    sink.untilConnected();
    try (StreamClient other = open(simulator.streamUrl(), config -> config)) {
      Recorder otherSink = new Recorder();
      other.subscribe(topics("T.IBM"), otherSink);
      other.awaitConnected(PATIENCE);
      assertThat(sink.nextStatus(RECONNECTING).detail())
          .contains("max_connections", "another program", "60.0 s");
      otherSink.untilConnected();
      simulator.stream().publish(tradeEvent("IBM", 1));
      assertThat(otherSink.nextTrade().sequence()).isEqualTo(1);
      assertThat(simulator.stream().connections()).isEqualTo(1);
      assertThat(client.status().state()).isEqualTo(RECONNECTING);
    }
  }

  @Test
  void garbageCostsNothingButItself() throws Exception {
    client.subscribe(topics("T.AAPL"), sink);
    client.awaitConnected(PATIENCE);
    sink.untilConnected();
    simulator.stream().sendGarbage();
    simulator.stream().sendFrame("[{\"ev\":\"NEW\",\"x\":{}}]");
    simulator.stream().publish(tradeEvent("AAPL", 1));
    assertThat(sink.nextTrade().sequence()).isEqualTo(1);
    assertThat(client.statistics().malformed()).isEqualTo(1);
    assertThat(client.statistics().reconnects()).isZero();
  }

  @Test
  void aSlowSinkLosesExactlyWhatItIsToldAndHoldsUpNobody() throws Exception {
    int count = 5_000;
    CountDownLatch released = new CountDownLatch(1);
    AtomicLong delivered = new AtomicLong();
    List<BufferedSink.Dropped> told = new CopyOnWriteArrayList<>();
    try (BufferedSink slow =
        BufferedSink.start(
            "slow",
            100,
            event -> {
              if (event instanceof Trade) {
                awaitRelease(released);
                delivered.incrementAndGet();
              }
            },
            told::add,
            InstantSource.system())) {
      client.subscribe(topics("T.AAPL"), slow);
      client.subscribe(topics("T.AAPL"), sink);
      client.awaitConnected(PATIENCE);
      sink.untilConnected();
      List<String> events = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        events.add(tradeEvent("AAPL", i));
      }
      simulator.stream().publish(events);
      for (int i = 0; i < count; i++) {
        assertThat(sink.nextTrade().sequence()).isEqualTo(i);
      }
      released.countDown();
      Await.until("the rest is delivered", () -> delivered.get() + slow.dropped() == count);
      Await.until("it is told", () -> !told.isEmpty());
      assertThat(slow.dropped()).isBetween(count - 110L, count - 100L);
      assertThat(told.stream().mapToLong(BufferedSink.Dropped::count).sum())
          .isEqualTo(slow.dropped());
      assertThat(told).hasSize(1);
      assertThat(client.statistics().dropped()).isEqualTo(slow.dropped());
    }
  }

  @Test
  void anUnknownMarketPathIsRetriedAndNamed() throws Exception {
    try (StreamClient lost =
        open(URI.create(simulator.streamUrl() + "/nowhere"), config -> config)) {
      lost.subscribe(topics("T.AAPL"), sink);
      List<MarketEvent> first = List.of(sink.next(), sink.next());
      assertThat(first.getLast().toString()).contains("HTTP 404");
    }
  }

  private static void awaitRelease(CountDownLatch released) {
    try {
      if (!released.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("not released");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
