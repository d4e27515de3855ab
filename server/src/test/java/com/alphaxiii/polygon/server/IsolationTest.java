package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What some clients do costs others nothing. {@code -Dstorm.minutes=5} lets the storm last so long,
 * else it takes some seconds; {@code -Dstorm.seed} begins another one.
 */
class IsolationTest {
  private static final int OBSERVERS = 5;
  private static final int CLIENTS = 200;
  private static final int STALLED = 100;
  private static final int TICKERS = 50;
  private static final int TRADES_A_MILLISECOND = 4;
  private static final double MINUTES =
      Double.parseDouble(System.getProperty("storm.minutes", "0.06"));
  private static final long SEED = Long.getLong("storm.seed", 20131008);

  private final Observer.Timetable timetable = new Observer.Timetable();
  private final List<Observer> observers = new ArrayList<>();
  private TestServer server;
  private long published;

  /** The first 50 are published, the others never. */
  static String symbol(int i) {
    return "S" + (char) ('A' + i / 10) + (char) ('A' + i % 10);
  }

  @BeforeEach
  void start() {
    server = TestServer.start(config -> config.withMaxWebSocketConnections(1_000));
    String symbols =
        IntStream.range(0, TICKERS)
            .mapToObj(i -> '"' + symbol(i) + '"')
            .collect(Collectors.joining(",", "[", "]"));
    for (int i = 0; i < OBSERVERS; i++) {
      observers.add(
          new Observer(
              server.server.port(), "observer" + i, i == 0 ? "[\"*\"]" : symbols, timetable));
    }
    Await.until("subscribed upstream", this::isWantedByObserversAlone);
  }

  private boolean isWantedByObserversAlone() {
    return server.feed.topics().size() == TICKERS + 1
        && server.feed.topics().contains(Topic.parse("T.*"));
  }

  @AfterEach
  void stop() {
    observers.forEach(Observer::close);
    server.close();
  }

  /** Publishes at an even pace, and quotes that no observer wants. */
  private void publish(Duration length) {
    long start = System.nanoTime();
    long first = published;
    while (System.nanoTime() - start < length.toNanos()) {
      long due = first + TRADES_A_MILLISECOND * (System.nanoTime() - start) / 1_000_000;
      for (; published < due; published++) {
        String symbol = symbol((int) (published * 7 % TICKERS));
        timetable.published(published);
        server.feed.emit(Events.trade(symbol, 185, published));
        server.feed.emit(Events.quote(symbol));
      }
      LockSupport.parkNanos(200_000);
    }
  }

  @Test
  void aStormOfOthersChangesNothingForFiveObservers() throws InterruptedException {
    StormClient.Deeds deeds = new StormClient.Deeds();
    long mostStall = MINUTES < 1 ? 200_000_000L : 5_000_000_000L;
    List<StormClient> storm =
        IntStream.range(0, CLIENTS)
            .mapToObj(i -> new StormClient(server.server.port(), i, SEED, mostStall, deeds))
            .toList();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    List<? extends java.util.concurrent.Future<?>> ends =
        storm.stream().map(threads::submit).toList();
    publish(Duration.ofMillis((long) (MINUTES * 60_000)));
    // While the storm goes on.
    observers.forEach(observer -> observer.await(published));
    storm.forEach(StormClient::stop);
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(ends).allMatch(end -> end.state() == java.util.concurrent.Future.State.SUCCESS);

    assertThat(observers).extracting(Observer::digest).containsOnly(observers.getFirst().digest());
    assertThat(deeds.visits.sum()).isGreaterThan(CLIENTS);
    System.out.printf(
        "%d trades to each of %d; %s; ages %s%n", published, OBSERVERS, deeds, told());
    Await.until("nothing of the storm is left", this::isWantedByObserversAlone);
    Await.until(
        "only observers are connected",
        () -> TestServer.json(server.get("/health")).at("/websocket/clients").asInt() == OBSERVERS);
  }

  private String told() {
    return observers.stream()
        .map(Observer::ages)
        .map(
            ages ->
                "%.2f/%.2f/%.1f ms"
                    .formatted(
                        ages.percentile(0.5) / 1e6,
                        ages.percentile(0.99) / 1e6,
                        ages.longest() / 1e6))
        .collect(Collectors.joining(", "));
  }

  /** Half of the trades were so old at most when the observers read them, ns. */
  private long medianAge() {
    observers.forEach(Observer::ages);
    publish(Duration.ofMillis(500));
    observers.forEach(observer -> observer.await(published));
    return observers.stream().mapToLong(each -> each.ages().percentile(0.5)).max().orElseThrow();
  }

  /** As fast as observers read. */
  private void burst() {
    for (long end = published + 1_000; published < end; published++) {
      timetable.published(published);
      server.feed.emit(Events.trade(symbol(0), 185, published));
    }
    observers.forEach(observer -> observer.await(published));
  }

  private double dropped() {
    return server
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("polygon_hub_dropped_total{policy=\"drop_oldest\"}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  @Test
  void clientsThatStopReadingCostOthersLessThanAMillisecond() {
    medianAge();
    // The least of several, since other programs of this machine only make it longer.
    long without = IntStream.range(0, 3).mapToLong(i -> medianAge()).min().orElseThrow();
    List<RawClient> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < STALLED; i++) {
        RawClient client = new RawClient(server.server.port(), "stalled" + i);
        client.send("{\"action\":\"subscribe\",\"symbols\":[\"*\"],\"channels\":[\"T\",\"Q\"]}");
        client.next("\"subscribed\"");
        stalled.add(client);
      }
      Await.until(
          "all of them are slow",
          () -> {
            burst();
            return dropped() > STALLED * 1_000;
          });
      long with = IntStream.range(0, 3).mapToLong(i -> medianAge()).min().orElseThrow();
      System.out.printf("ages %.2f ms, with stalled clients %.2f ms%n", without / 1e6, with / 1e6);
      assertThat(with - without).isLessThan(1_000_000);
    } finally {
      stalled.forEach(RawClient::close);
    }
  }
}
