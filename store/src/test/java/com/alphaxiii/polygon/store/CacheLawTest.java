package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * Whatever is done to a cache in whatever order, answers are those of the plain source: fetches,
 * clears, evictions, compactions, verifications and restarts.
 */
class CacheLawTest {
  private static final TimeRange RECORDED = days("2013-11-01", "2014-04-30");
  private static final List<Ticker> TICKERS = List.of(AAPL, Ticker.of("BCpA"));

  /** Around a change of year, since ticks are evicted by the year too. */
  private static final LocalDate FIRST_TICKS = LocalDate.parse("2013-12-30");

  private static final int TICK_DAYS = 5;
  private static final ListTicks TICKS = new ListTicks();

  static {
    for (Ticker ticker : TICKERS) {
      for (int day = 0; day < TICK_DAYS; day++) {
        TICKS.addTrades(ListTicks.someTrades(ticker, FIRST_TICKS.plusDays(day), 200));
        TICKS.addQuotes(ListTicks.someQuotes(ticker, FIRST_TICKS.plusDays(day), 200));
      }
    }
  }

  private Path root;

  @BeforeTry
  void makeFolder() throws IOException {
    root = Files.createTempDirectory("store");
  }

  @AfterTry
  void removeFolder() throws IOException {
    try (var files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 25)
  void answersAsThePlainSource(@ForAll long seed, @ForAll @IntRange(min = 5, max = 25) int steps)
      throws IOException {
    Random random = new Random(seed);
    Samples.TestClock clock = new Samples.TestClock("2014-03-03T12:00:00Z");
    ListSource upstream = new ListSource(clock);
    for (Ticker ticker : TICKERS) {
      upstream.put(Samples.minutes(ticker, RECORDED, 29)).put(Samples.dailies(ticker, RECORDED));
    }
    BarStore store = open(upstream, clock, random);
    try {
      for (int step = 0; step < steps; step++) {
        Ticker ticker = TICKERS.get(random.nextInt(TICKERS.size()));
        switch (random.nextInt(15)) {
          case 0 -> store.clear(Optional.of(ticker), OptionalInt.empty());
          case 1 -> store.clear(Optional.empty(), OptionalInt.of(random.nextInt(5)));
          case 2 -> compact(clock);
          case 3 ->
              assertThat(CacheFolder.verify(root, random.nextBoolean(), clock).damages()).isEmpty();
          case 4 -> {
            store.close();
            store = open(upstream, clock, random);
          }
          case 5 -> clock.set(clock.instant().plus(Duration.ofHours(random.nextInt(60))));
          case 6, 7, 8 -> askTicks(store, ticker, random);
          default -> ask(store, upstream, request(ticker, random));
        }
      }
      assertThat(CacheFolder.verify(root, false, clock).damages()).isEmpty();
    } finally {
      store.close();
    }
  }

  /** With room for everything, for some, or for nearly nothing. */
  private BarStore open(ListSource upstream, Samples.TestClock clock, Random random) {
    OptionalLong mostBytes =
        switch (random.nextInt(3)) {
          case 0 -> OptionalLong.empty();
          case 1 -> OptionalLong.of(60_000);
          default -> OptionalLong.of(5_000);
        };
    return BarStore.open(root, upstream, new ListReference(), clock, Samples.CALENDAR, mostBytes);
  }

  private void compact(Samples.TestClock clock) {
    try (CacheFolder folder = CacheFolder.open(root, clock)) {
      folder.compact(Samples.CALENDAR);
    }
  }

  private static BarRequest request(Ticker ticker, Random random) {
    String[] timeframes = {"1min", "5min", "1hour", "1day", "1week"};
    TimeRange range =
        TimeRange.of(
            RECORDED.start().plus(Duration.ofHours(random.nextInt(24 * 150))),
            RECORDED.start().plus(Duration.ofHours(24L * 150 + random.nextInt(24 * 40))));
    BarRequest request =
        BarRequest.raw(
            ticker, Timeframe.parse(timeframes[random.nextInt(timeframes.length)]), range);
    return new BarRequest(
        ticker, request.timeframe(), range, request.adjustment(), null, random.nextInt(5) > 0);
  }

  private static void askTicks(BarStore store, Ticker ticker, Random random) {
    LocalDate first = FIRST_TICKS.plusDays(random.nextInt(TICK_DAYS));
    LocalDate last = first.plusDays(random.nextInt(3));
    TickRequest request =
        new TickRequest(
            ticker,
            TimeRange.ofDays(first, last, Market.NEW_YORK),
            random.nextBoolean(),
            random.nextInt(5) > 0);
    TickStore ticks = store.ticks(TICKS);
    if (random.nextBoolean()) {
      assertThat(ticks.trades(request).rest().values()).isEqualTo(TICKS.plainTrades(request));
    } else {
      assertThat(ticks.quotes(request).rest().values()).isEqualTo(TICKS.plainQuotes(request));
    }
  }

  private static void ask(BarStore store, ListSource upstream, BarRequest request) {
    assertThat(store.bars(request).bars()).isEqualTo(upstream.plain(request));
  }
}
