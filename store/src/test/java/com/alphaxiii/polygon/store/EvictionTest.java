package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvictionTest {
  private static final List<Ticker> TICKERS =
      List.of(Ticker.of("A"), Ticker.of("B"), Ticker.of("C"), Ticker.of("D"));
  private static final TimeRange YEAR_2013 = days("2013-03-01", "2013-05-31");
  private static final TimeRange YEAR_2014 = days("2014-03-01", "2014-05-31");
  private static final TimeRange BOTH = TimeRange.of(YEAR_2013.start(), YEAR_2014.end());

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2014-07-03T16:00:00Z");
  private final ListSource upstream = new ListSource(clock);

  EvictionTest() {
    for (Ticker ticker : TICKERS) {
      upstream.put(
          Bars.concat(
              ticker,
              Timeframe.MINUTE_1,
              List.of(
                  Samples.minutes(ticker, YEAR_2013, 11), Samples.minutes(ticker, YEAR_2014, 11))));
    }
  }

  private BarStore open(OptionalLong mostBytes) {
    return BarStore.open(root, upstream, new ListReference(), clock, Samples.CALENDAR, mostBytes);
  }

  /** Asks, a minute after whatever was before; true when nothing had to be fetched. */
  private boolean ask(BarStore store, Ticker ticker, TimeRange range) {
    clock.set(clock.instant().plus(Duration.ofMinutes(1)));
    BarRequest request = BarRequest.raw(ticker, Timeframe.MINUTE_1, range);
    var answer = store.bars(request);
    assertThat(answer.bars()).isEqualTo(upstream.plain(request));
    return answer.cached();
  }

  private long bytes() throws IOException {
    try (var files = Files.walk(root.resolve("parquet"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** The size of a symbol's year. */
  private long year() throws IOException {
    try (BarStore store = open(OptionalLong.empty())) {
      ask(store, TICKERS.getFirst(), YEAR_2014);
      return bytes();
    }
  }

  @Test
  void whatWasUsedLeastLatelyGoesFirst() throws IOException {
    long most = year() * 33 / 10;
    try (BarStore store = open(OptionalLong.of(most))) {
      for (Ticker ticker : TICKERS.subList(0, 3)) {
        ask(store, ticker, YEAR_2014);
      }
      // Read from memory, which is a use too.
      assertThat(ask(store, TICKERS.get(0), YEAR_2014)).isTrue();
      ask(store, TICKERS.get(3), YEAR_2014);
      assertThat(bytes()).isLessThanOrEqualTo(most);
      assertThat(ask(store, TICKERS.get(0), YEAR_2014)).isTrue();
      assertThat(ask(store, TICKERS.get(2), YEAR_2014)).isTrue();
      assertThat(ask(store, TICKERS.get(3), YEAR_2014)).isTrue();
      assertThat(ask(store, TICKERS.get(1), YEAR_2014)).isFalse();
    }
    assertThat(CacheFolder.verify(root, false, clock).damages()).isEmpty();
  }

  @Test
  void useIsRememberedByTheNextProcess() throws IOException {
    long most = year() * 33 / 10;
    try (BarStore store = open(OptionalLong.empty())) {
      for (Ticker ticker : TICKERS.subList(0, 3)) {
        ask(store, ticker, YEAR_2014);
      }
      ask(store, TICKERS.get(0), YEAR_2014);
    }
    try (BarStore store = open(OptionalLong.of(most))) {
      ask(store, TICKERS.get(3), YEAR_2014);
      assertThat(ask(store, TICKERS.get(0), YEAR_2014)).isTrue();
      assertThat(ask(store, TICKERS.get(1), YEAR_2014)).isFalse();
    }
  }

  @Test
  void aRequestLargerThanTheCacheIsAnsweredAndThenTrimmed() throws IOException {
    long most = year() * 12 / 10;
    try (BarStore store = open(OptionalLong.of(most))) {
      assertThat(ask(store, TICKERS.get(0), BOTH)).isFalse();
      assertThat(bytes()).isLessThanOrEqualTo(most);
      // Of years used at the same time the older goes.
      assertThat(ask(store, TICKERS.get(0), YEAR_2014)).isTrue();
      assertThat(ask(store, TICKERS.get(0), YEAR_2013)).isFalse();
      assertThat(bytes()).isLessThanOrEqualTo(most);
    }
  }

  @Test
  void whatIsReadMeanwhileStays() throws IOException {
    year();
    try (CacheFolder folder = CacheFolder.open(root, clock, OptionalLong.of(1))) {
      SymbolYear read = new SymbolYear("A", "2014", false);
      try (Usage.Pin pin = folder.usage().pin(List.of(read))) {
        folder.eviction().run();
        assertThat(folder.statistics().rows()).isPositive();
      }
      folder.eviction().finish();
      assertThat(folder.statistics().rows()).isZero();
      assertThat(root.resolve("parquet/symbols/A")).doesNotExist();
    }
  }

  private static final LocalDate TICK_DAY = LocalDate.parse("2014-05-06");

  private final ListTicks vendor =
      new ListTicks()
          .addTrades(ListTicks.someTrades(TICKERS.get(0), TICK_DAY, 20_000))
          .addTrades(ListTicks.someTrades(TICKERS.get(1), TICK_DAY, 20_000));

  /** Reads a day of trades, a quarter of an hour after whatever was before. */
  private boolean askTrades(BarStore store, Ticker ticker) {
    clock.set(clock.instant().plus(Duration.ofMinutes(15)));
    int before = vendor.asked().size();
    TickRequest request = TickRequest.ofDay(ticker, TICK_DAY);
    assertThat(store.ticks(vendor).trades(request).rest().values())
        .isEqualTo(vendor.plainTrades(request));
    return vendor.asked().size() == before;
  }

  @Test
  void barsTicksAndKeptAnswersGoInTheOrderOfTheirUse() throws IOException {
    Ticker one = TICKERS.get(0);
    Ticker other = TICKERS.get(1);
    byte[] answer = new byte[40_000];
    new Random(7).nextBytes(answer);
    long most;
    try (BarStore store = open(OptionalLong.empty())) {
      // In order of their last use: an answer, ticks, bars of the same symbol and year, ticks.
      store.documents().get("/v3/reference/tickers/A", Duration.ofDays(1), () -> answer);
      ask(store, one, YEAR_2014);
      askTrades(store, one);
      clock.set(clock.instant().plus(Duration.ofMinutes(15)));
      ask(store, one, YEAR_2014);
      askTrades(store, other);
      most = bytes() + answer.length;
    }
    assertThat(size()).isBetween(most, most + 100);

    // The answer goes before the ticks, and the ticks before the bars of the same year.
    evictTo(most - 10);
    assertThat(size()).isBetween(most - answer.length - 100, most - answer.length + 100);
    long bars = Files.size(root.resolve("parquet/symbols/A/A_1min.parquet/2014-04.parquet"));
    evictTo(most - answer.length - 10);
    assertThat(root.resolve("parquet/symbols/A/A_trades.parquet")).doesNotExist();
    assertThat(root.resolve("parquet/symbols/A/A_1min.parquet")).isNotEmptyDirectory();
    evictTo(size() - bars);
    assertThat(root.resolve("parquet/symbols/A")).doesNotExist();
    try (BarStore store = open(OptionalLong.empty())) {
      assertThat(askTrades(store, other)).isTrue();
      assertThat(askTrades(store, one)).isFalse();
      assertThat(ask(store, one, YEAR_2014)).isFalse();
    }
    assertThat(CacheFolder.verify(root, false, clock).damages()).isEmpty();
  }

  private long size() {
    try (CacheFolder folder = CacheFolder.open(root, clock)) {
      return folder.eviction().bytes();
    }
  }

  private void evictTo(long most) {
    try (CacheFolder folder = CacheFolder.open(root, clock, OptionalLong.of(most))) {
      folder.eviction().run();
    }
  }

  @Test
  void ticksThatAreBeingReadStayForTenMinutes() throws IOException {
    try (BarStore store = open(OptionalLong.of(1_000))) {
      assertThat(askTrades(store, TICKERS.get(0))).isFalse();
      assertThat(root.resolve("parquet/symbols/A/A_trades.parquet")).isNotEmptyDirectory();
      assertThat(askTrades(store, TICKERS.get(1))).isFalse();
      assertThat(root.resolve("parquet/symbols/A")).doesNotExist();
      assertThat(root.resolve("parquet/symbols/B/B_trades.parquet")).isNotEmptyDirectory();
    }
  }

  @Test
  void anImportMakesRoomOfWhatWasThereAndNeverOfWhatItBrought() throws IOException {
    long year = year();
    clock.set(clock.instant().plus(Duration.ofHours(1)));
    TimeRange month = days("2014-03-01", "2014-03-31");
    LocalDate first = LocalDate.parse("2014-03-03");
    long most = year + year / 5;
    try (CacheFolder folder = CacheFolder.open(root, clock, OptionalLong.of(most));
        BarImport target =
            folder.importing(
                "us_stocks_sip/minute_aggs_v1",
                Market.STOCKS,
                Timeframe.MINUTE_1,
                Samples.CALENDAR)) {
      int stored = 0;
      PolygonException.StorageFailure full = null;
      while (full == null) {
        Ticker ticker = Ticker.of("NEW" + stored);
        target.begin(List.of(first), Set.of());
        try {
          target.add(
              Bars.concat(ticker, Timeframe.MINUTE_1, List.of(Samples.minutes(ticker, month, 11))),
              List.of(first));
          assertThat(target.end(List.of())).isTrue();
          stored++;
        } catch (PolygonException.StorageFailure e) {
          full = e;
        }
        assertThat(folder.eviction().bytes()).isLessThanOrEqualTo(most);
      }
      assertThat(full).hasMessageContaining("CACHE_MAX_BYTES").hasMessageContaining("raise");
      // What was read before it made room, and all that it brought is there.
      assertThat(root.resolve("parquet/symbols/A")).doesNotExist();
      assertThat(stored).isGreaterThan(1);
      for (int i = 0; i < stored; i++) {
        assertThat(root.resolve("parquet/symbols/NEW" + i)).isNotEmptyDirectory();
      }
    }
  }

  @Test
  void readingWritesToTheCatalogOnceAMinuteAtMost() throws Exception {
    try (BarStore store = open(OptionalLong.empty())) {
      ask(store, TICKERS.get(0), YEAR_2014);
      ask(store, TICKERS.get(0), YEAR_2014);
      long before = version();
      BarRequest request = BarRequest.raw(TICKERS.get(0), Timeframe.MINUTE_1, YEAR_2014);
      for (int i = 0; i < 200; i++) {
        store.bars(request);
      }
      assertThat(version()).isEqualTo(before);
    }
  }

  /** Counts what is committed to the catalog. */
  private long version() throws IOException {
    return Files.size(root.resolve("cache/polygon_cache.db-wal"));
  }
}
