package com.alphaxiii.polygon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.alphaxiii.polygon.client.RestClient;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.InclusiveRange;
import com.alphaxiii.polygon.core.LatestPrice;
import com.alphaxiii.polygon.core.LatestPrice.Origin;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Result;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Tier;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.simulator.Fault;
import com.alphaxiii.polygon.simulator.Replay;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import com.alphaxiii.polygon.validate.Quality;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The library over the simulated vendor, at an hour when the market is open. */
class PolygonDataManagerTest {
  private static final Instant NOW = Instant.parse("2024-03-13T14:30:30Z");
  private static final Ticker MSFT = Ticker.of("MSFT");

  // Begins at that hour and goes on at the machine's pace.
  private final InstantSource clock =
      Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), NOW));

  @TempDir Path folder;
  private Simulator simulator;
  private PolygonDataManager manager;

  @BeforeEach
  void open() {
    simulator = Simulator.start(Scenario.builder().clock(clock).live(Replay.model(5)).build());
    manager = PolygonDataManager.open(config(), clock, NanoClock.system());
  }

  private PolygonConfig config() {
    return PolygonConfig.builder()
        .apiKey("key-of-the-test")
        .baseUrl(simulator.baseUrl())
        .streamUrl(simulator.streamUrl())
        .cacheDir(folder.resolve("cache"))
        .build();
  }

  @AfterEach
  void close() {
    manager.close();
    simulator.close();
  }

  @Test
  void answersFromTheCacheTheSecondTime() {
    Bars first = manager.getBars("MSFT", "5min", "2024-02-05", "2024-02-09");
    assertThat(first.size()).isGreaterThan(5 * 78);
    long asked = simulator.requests().total();
    assertThat(manager.getBars("MSFT", "5min", "2024-02-05", "2024-02-09")).isEqualTo(first);
    assertThat(simulator.requests().total()).isEqualTo(asked);
    assertThat(manager.storageStatistics().rows()).isPositive();
    assertThat(manager.validateData(first, "MSFT", Timeframe.parse("5min")).overallQuality())
        .isEqualTo(Quality.EXCELLENT);
  }

  @Test
  void todaysBarsAreCalledUnsettledAndFetchedAgainWithoutCache() {
    BarRequest today =
        BarRequest.raw(
            MSFT,
            Timeframe.MINUTE_1,
            // Its last minutes lie behind, so both answers are the same.
            InclusiveRange.parse("2024-03-12", "2024-03-13T10:15", Market.NEW_YORK));
    BarAnswer first = manager.bars(today);
    assertThat(first.unsettled()).contains(Instant.parse("2024-03-12T04:00:00Z"));
    long asked = simulator.requests().total();
    BarRequest anew =
        new BarRequest(
            today.ticker(), today.timeframe(), today.range(), today.adjustment(), null, false);
    assertThat(manager.bars(anew).bars()).isEqualTo(first.bars());
    assertThat(simulator.requests().total()).isGreaterThan(asked);
  }

  @Test
  void saysInTheLogWhatIsNotPublishedYet() {
    Logger logger = (Logger) LoggerFactory.getLogger(PolygonDataManager.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      String refusal =
          "{\"status\":\"NOT_AUTHORIZED\",\"message\":\"today's data before end of day\"}";
      simulator
          .faults()
          .when(path -> path.contains("/aggs/"), Fault.body(403, "application/json", refusal), 1);
      assertThat(manager.getBars("MSFT", "1min", "2024-03-13", "2024-03-13").isEmpty()).isTrue();
      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains("MSFT 1min bars")
                      .contains("not published yet or could not be read: [2024-03-13T04:00:00Z/"));
    } finally {
      logger.detachAppender(log);
    }
  }

  @Test
  void oneBadSymbolSpoilsNoOther() {
    Map<String, Result<Bars>> results =
        manager.fetchMultipleSymbols(
            List.of("MSFT", "NO SUCH", "NOPE"),
            Timeframe.DAY_1,
            LocalDate.parse("2024-01-02"),
            LocalDate.parse("2024-01-31"));
    assertThat(results.keySet()).containsExactly("MSFT", "NO SUCH", "NOPE");
    assertThat(results.get("MSFT").get().size()).isEqualTo(21);
    assertThat(results.get("NOPE").get().isEmpty()).isTrue();
    assertThatThrownBy(() -> results.get("NO SUCH").get())
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("NO SUCH");
  }

  @Test
  void manySymbolsAreFetchedSomeAtATime() throws Exception {
    List<String> symbols = IntStream.range(0, 60).mapToObj(i -> "S" + i + "X").toList();
    simulator
        .faults()
        .when(path -> path.contains("/aggs/"), Fault.delay(Duration.ofMillis(200)), 60);
    LocalDate day = LocalDate.parse("2024-01-03");
    FutureTask<Map<String, Result<Bars>>> all =
        new FutureTask<>(() -> manager.fetchMultipleSymbols(symbols, Timeframe.DAY_1, day, day));
    Thread.ofVirtual().start(all);
    int most = 0;
    while (!all.isDone()) {
      most = Math.max(most, manager.rateLimitStatus().inFlight());
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(List.copyOf(all.get(30, TimeUnit.SECONDS).keySet())).isEqualTo(symbols);
    assertThat(most).isBetween(2, 16);
  }

  @Test
  void aMarketWithoutTradesHasTheLatestPriceOfItsBars() {
    String bars =
        "{\"status\":\"OK\",\"resultsCount\":1,\"results\":[{\"o\":1.09,\"h\":1.1,\"l\":1.08,\"c\":1.095,\"v\":15,\"t\":%d}]}"
            .formatted(Instant.parse("2024-03-13T14:29:00Z").toEpochMilli());
    simulator
        .faults()
        .when(path -> path.contains("/minute/"), Fault.body(200, "application/json", bars), 1);
    LatestPrice euro = manager.latest(Ticker.of("C:EURUSD"));
    assertThat(euro.origin()).isEqualTo(Origin.MINUTE_BAR);
    assertThat(euro.price()).isEqualTo(1.095);
  }

  @Test
  void theLatestPriceOfACoinIsThatOfItsLastTrade() {
    String last =
        "{\"status\":\"success\",\"symbol\":\"BTC-USD\",\"last\":{\"price\":70001,\"size\":0.5,\"exchange\":1,\"timestamp\":%d}}"
            .formatted(Instant.parse("2024-03-13T14:29:00Z").toEpochMilli());
    simulator
        .faults()
        .when(path -> path.contains("/last/crypto/"), Fault.body(200, "application/json", last), 1);
    LatestPrice bitcoin = manager.latest(Ticker.of("X:BTCUSD"));
    assertThat(bitcoin.origin()).isEqualTo(Origin.TRADE);
    assertThat(bitcoin.price()).isEqualTo(70001);
    assertThat(bitcoin.at()).isEqualTo(Instant.parse("2024-03-13T14:29:00Z"));
  }

  @Test
  void theVendorIsAskedPastTheCacheWithinTheBudget() {
    int used = manager.rateLimitStatus().usedLastMinute();
    try (RestClient vendor = manager.vendor()) {
      assertThat(vendor.reference().status().market()).isNotEmpty();
    }
    assertThat(manager.vendor().reference().details(MSFT)).isPresent();
    assertThat(manager.rateLimitStatus().usedLastMinute()).isEqualTo(used + 2);
  }

  @Test
  void latestPriceFallsBackToWhatThePlanIncludes() {
    assertThat(manager.latest(MSFT).origin()).isEqualTo(Origin.TRADE);
    simulator.faults().when(path -> path.contains("/last/trade/"), Fault.status(403), 2);
    LatestPrice minute = manager.latest(MSFT);
    assertThat(minute.origin()).isEqualTo(Origin.MINUTE_BAR);
    assertThat(minute.at()).isBeforeOrEqualTo(clock.instant());
    simulator.faults().when(path -> path.contains("/minute/"), Fault.status(403), 9);
    // Of another ticker, since minutes of today are remembered for some seconds.
    assertThat(manager.latest(Ticker.of("AAPL")).origin()).isEqualTo(Origin.PREVIOUS_CLOSE);
  }

  @Test
  void anUnknownTickerHasNoLatestPrice() {
    assertThatThrownBy(() -> manager.latest(Ticker.of("NOPE")))
        .isInstanceOf(PolygonException.NotFound.class)
        .hasMessageContaining("NOPE");
  }

  @Test
  void latestPriceComesFromTheStreamWhileItCarriesTheTicker() throws Exception {
    BlockingQueue<Trade> trades = new LinkedBlockingQueue<>();
    assertThat(manager.feed().status().state()).isEqualTo(FeedStatus.State.IDLE);
    try (Subscription subscription =
        manager
            .feed()
            .subscribe(
                Set.of(Topic.of(Channel.TRADES, MSFT)),
                event -> {
                  if (event instanceof Trade trade) {
                    trades.add(trade);
                  }
                })) {
      assertThat(trades.poll(30, TimeUnit.SECONDS)).isNotNull();
      assertThat(manager.latest(MSFT).origin()).isEqualTo(Origin.STREAM);
      subscription.remove(Set.of(Topic.of(Channel.TRADES, MSFT)));
      assertThat(manager.latest(MSFT).origin()).isEqualTo(Origin.TRADE);
    }
  }

  @Test
  void singleCallsShareOneManager() throws Exception {
    Polygon.initialize(config());
    try {
      assertThat(Polygon.getBars("MSFT", "1day", "2024-01-02", "2024-01-31").size()).isEqualTo(21);
      assertThat(Polygon.getLatestPrice("MSFT")).isPositive();
      assertThat(Polygon.validateTicker("MSFT")).isTrue();
      assertThat(Polygon.validateTicker("NOPE")).isFalse();
      assertThat(Polygon.validateTicker("NO SUCH")).isFalse();
      assertThat(Polygon.getRateLimitStatus().tier()).isEqualTo(Tier.ADVANCED);
      assertThat(Polygon.getRateLimitStatus().usedLastMinute()).isPositive();
      assertThat(Polygon.getStorageStatistics().rows()).isPositive();
      Polygon.clearCache();
      assertThat(Polygon.getStorageStatistics().rows()).isZero();
      BlockingQueue<Trade> trades = new LinkedBlockingQueue<>();
      try (PolygonWebSocketClient client = Polygon.streamTrades(List.of("MSFT"), trades::add)) {
        Trade trade = trades.poll(30, TimeUnit.SECONDS);
        assertThat(trade).isNotNull();
        assertThat(trade.symbol()).isEqualTo("MSFT");
        assertThat(client.status().state()).isEqualTo(FeedStatus.State.CONNECTED);
        assertThat(client.dropped()).isZero();
      }
    } finally {
      Polygon.shutdown();
    }
  }

  @Test
  void listenReturnsWhenTheClientIsClosed() throws Exception {
    PolygonWebSocketClient client = new PolygonWebSocketClient(config());
    client.connect();
    Thread listening = Thread.ofVirtual().start(client::listen);
    assertThat(listening.isAlive()).isTrue();
    client.close();
    assertThat(listening.join(Duration.ofSeconds(10))).isTrue();
  }
}
