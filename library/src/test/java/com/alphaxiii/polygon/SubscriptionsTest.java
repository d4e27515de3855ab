package com.alphaxiii.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.LatestPrice.Origin;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of subscriptions that are given up; the stream carries what the test publishes. */
@Timeout(60)
class SubscriptionsTest {
  private static final Ticker MSFT = Ticker.of("MSFT");
  private static final Set<Topic> TRADES = Set.of(Topic.of(Channel.TRADES, MSFT));

  @TempDir Path folder;
  private final Simulator simulator = Simulator.start(Scenario.builder().build());

  @AfterEach
  void close() {
    simulator.close();
  }

  private PolygonConfig config() {
    return PolygonConfig.builder()
        .apiKey("key-of-the-test")
        .baseUrl(simulator.baseUrl())
        .streamUrl(simulator.streamUrl())
        .cacheDir(folder.resolve("cache"))
        .build();
  }

  private PolygonDataManager manager() {
    return PolygonDataManager.open(config(), InstantSource.system(), NanoClock.system());
  }

  private static String trade(int price) {
    return "{\"ev\":\"T\",\"sym\":\"MSFT\",\"x\":4,\"i\":\"%d\",\"z\":3,\"p\":%d,\"s\":100,\"t\":1710340230000,\"q\":%d}"
        .formatted(price, price, price);
  }

  @Test
  void closingAgainDoesNothing() {
    try (PolygonDataManager manager = manager()) {
      Subscription subscription = manager.feed().subscribe(TRADES, event -> {});
      subscription.close();
      subscription.close();
      assertThat(subscription.topics()).isEmpty();
    }
  }

  @Test
  void aTradeOfAnEarlierSubscriptionIsNotTheLatest() throws Exception {
    try (PolygonDataManager manager = manager()) {
      CountDownLatch two = new CountDownLatch(2);
      AtomicReference<Subscription> first = new AtomicReference<>();
      first.set(
          manager
              .feed()
              .subscribe(
                  TRADES,
                  event -> {
                    if (event instanceof Trade) {
                      if (two.getCount() == 2) {
                        // The other trade of the same frame still comes.
                        first.get().remove(TRADES);
                      }
                      two.countDown();
                    }
                  }));
      awaitTopic();
      simulator.stream().publish(trade(7), trade(8));
      assertThat(two.await(20, TimeUnit.SECONDS)).isTrue();

      try (Subscription again = manager.feed().subscribe(TRADES, event -> {})) {
        assertThat(again.topics()).isEqualTo(TRADES);
        assertThat(manager.latest(MSFT).origin()).isEqualTo(Origin.TRADE);
      }
    }
  }

  @Test
  void aClosedSubscriptionEndsItsCallbackAndDisturbsNoOther() throws Exception {
    BlockingQueue<Integer> first = new LinkedBlockingQueue<>();
    BlockingQueue<Integer> second = new LinkedBlockingQueue<>();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (PolygonWebSocketClient client = new PolygonWebSocketClient(config())) {
      client.connect();
      Subscription closed =
          client.subscribe(
              List.of("MSFT"),
              Set.of(Channel.TRADES),
              event -> {
                if (event instanceof Trade trade) {
                  first.add((int) trade.price());
                  entered.countDown();
                  await(release);
                }
              });
      client.subscribe(
          List.of("MSFT"),
          Set.of(Channel.TRADES),
          event -> {
            if (event instanceof Trade trade) {
              second.add((int) trade.price());
            }
          });
      awaitTopic();
      simulator.stream().publish(trade(1), trade(2), trade(3));
      await(entered);
      assertThat(second.poll(20, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(second.poll(20, TimeUnit.SECONDS)).isEqualTo(2);
      assertThat(second.poll(20, TimeUnit.SECONDS)).isEqualTo(3);
      closed.close();
      release.countDown();
      simulator.stream().publish(trade(4));
      assertThat(second.poll(20, TimeUnit.SECONDS)).isEqualTo(4);
      assertThat(first).containsExactly(1);
      client.unsubscribe(List.of("MSFT"), Set.of(Channel.TRADES));
    }
  }

  @Test
  void oneClientStreamsSeveralMarkets() throws Exception {
    BlockingQueue<Trade> trades = new LinkedBlockingQueue<>();
    try (PolygonWebSocketClient client = new PolygonWebSocketClient(config())) {
      client.subscribe(
          List.of("MSFT", "X:BTCUSD"),
          Set.of(Channel.TRADES),
          event -> {
            if (event instanceof Trade trade) {
              trades.add(trade);
            }
          });
      client.connect();
      assertThat(simulator.stream().topics()).containsExactly("crypto/XT.BTCUSD", "stocks/T.MSFT");
      simulator.stream()
          .publish(
              "{\"ev\":\"XT\",\"pair\":\"BTC-USD\",\"p\":9,\"s\":1,\"t\":1710340230000,\"x\":1}");
      assertThat(next(trades)).isEqualTo(Ticker.of("X:BTCUSD"));
      simulator.stream().publish(trade(5));
      assertThat(next(trades)).isEqualTo(MSFT);
      assertThat(client.status(Market.CRYPTO).orElseThrow().state())
          .isEqualTo(FeedStatus.State.CONNECTED);
      assertThat(client.status(Market.FOREX)).isEmpty();
    }
  }

  private static Ticker next(BlockingQueue<Trade> trades) throws InterruptedException {
    Trade trade = trades.poll(20, TimeUnit.SECONDS);
    assertThat(trade).isNotNull();
    return trade.ticker();
  }

  private void awaitTopic() {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!simulator.stream().symbols().contains("MSFT")) {
      assertThat(System.nanoTime()).as("MSFT is not subscribed to").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
