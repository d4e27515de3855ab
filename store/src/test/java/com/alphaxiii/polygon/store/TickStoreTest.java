package com.alphaxiii.polygon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.Cleared;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.StorageStatistics;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Trade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TickStoreTest {
  private static final Ticker SPY = Ticker.of("SPY");
  private static final Ticker COIN = Ticker.of("X:BTCUSD");
  private static final LocalDate TUESDAY = LocalDate.parse("2013-10-08");

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2013-10-11T16:00:00Z");
  private final ListTicks vendor =
      new ListTicks()
          .addTrades(ListTicks.someTrades(SPY, TUESDAY.minusDays(1), 3_000))
          .addTrades(ListTicks.someTrades(SPY, TUESDAY, 5_000))
          .addTrades(ListTicks.someTrades(SPY, LocalDate.parse("2013-10-11"), 2_000))
          .addQuotes(ListTicks.someQuotes(SPY, TUESDAY, 4_000));

  private BarStore open() {
    return BarStore.open(
        root,
        request -> {
          throw new AssertionError("asked for bars " + request);
        },
        new ListReference(),
        clock,
        Samples.CALENDAR);
  }

  private static TickRequest days(String first, String last, boolean newestFirst) {
    return new TickRequest(SPY, Samples.days(first, last), newestFirst);
  }

  private static TickRequest tuesday() {
    return TickRequest.ofDay(SPY, TUESDAY);
  }

  private Path file(String kind) {
    return root.resolve("parquet/symbols/SPY/SPY_%s.parquet/2013-10-08.parquet".formatted(kind));
  }

  private List<Path> partials() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("parquet/.tmp"))) {
      return files.toList();
    }
  }

  @Test
  void aFinishedDayIsFetchedOnce() throws IOException {
    try (BarStore store = open()) {
      TickStore ticks = store.ticks(vendor);
      assertThat(ticks.trades(tuesday()).rest().values()).isEqualTo(vendor.plainTrades(tuesday()));
      assertThat(ticks.quotes(tuesday()).rest().values()).isEqualTo(vendor.plainQuotes(tuesday()));
      assertThat(vendor.asked()).hasSize(2);
      assertThat(ticks.trades(tuesday()).rest().values()).isEqualTo(vendor.plainTrades(tuesday()));
    }
    try (BarStore store = open()) {
      TickRequest backwards = new TickRequest(SPY, tuesday().range(), true);
      assertThat(store.ticks(vendor).quotes(backwards).rest().values())
          .isEqualTo(vendor.plainQuotes(backwards));
      assertThat(vendor.asked()).hasSize(2);
      assertThat(partials()).isEmpty();
      StorageStatistics.Ticks stored = store.statistics().ticks();
      assertThat(stored.symbols()).isOne();
      assertThat(stored.days()).isEqualTo(2);
      assertThat(stored.rows()).isEqualTo(9_000);
      assertThat(stored.bytes()).isEqualTo(Files.size(file("trades")) + Files.size(file("quotes")));
    }
  }

  @Test
  void aPieceOfADayStoresTheDay() {
    TickRequest all = tuesday();
    List<Trade> trades = vendor.plainTrades(all);
    TimeRange piece =
        TimeRange.of(
            ListTicks.instant(trades.get(1_000).sipTime()),
            ListTicks.instant(trades.get(2_000).sipTime()));
    try (BarStore store = open()) {
      TickStore ticks = store.ticks(vendor);
      TickRequest some = TickRequest.of(SPY, piece);
      assertThat(ticks.trades(some).rest().values()).isEqualTo(vendor.plainTrades(some));
      assertThat(ticks.trades(all).rest().values()).isEqualTo(trades);
      assertThat(vendor.asked()).containsExactly(all);
    }
  }

  @Test
  void aRangeOfDaysJoinsFilesAndWhatMayStillChange() {
    try (BarStore store = open()) {
      TickStore ticks = store.ticks(vendor);
      for (boolean newestFirst : List.of(false, true)) {
        TickRequest week = days("2013-10-05", "2013-10-12", newestFirst);
        assertThat(ticks.trades(week).rest().values()).isEqualTo(vendor.plainTrades(week));
      }
      // Six settled days once, two of them not empty, and the rest of each answer.
      assertThat(vendor.asked()).hasSize(8);
      assertThat(store.statistics().ticks().days()).isEqualTo(2);
    }
  }

  @Test
  void todayIsAskedForEachTime() {
    TickRequest today = days("2013-10-11", "2013-10-11", false);
    try (BarStore store = open()) {
      TickStore ticks = store.ticks(vendor);
      assertThat(ticks.trades(today).rest().values()).hasSize(2_000);
      assertThat(ticks.trades(today).rest().values()).hasSize(2_000);
      assertThat(vendor.asked()).hasSize(2);
      clock.set("2013-10-12T14:59:00Z");
      ticks.trades(today).rest();
      clock.set("2013-10-12T15:00:00Z");
      ticks.trades(today).rest();
      assertThat(ticks.trades(today).rest().values()).hasSize(2_000);
      assertThat(vendor.asked()).hasSize(4);
    }
  }

  @Test
  void aDownloadThatFailsLeavesNothing() throws IOException {
    try (BarStore store = open()) {
      TickStore ticks = store.ticks(vendor);
      vendor.breakAfter(4_321);
      Cursor<Trade> cursor = ticks.trades(tuesday());
      assertThatThrownBy(cursor::hasNext).isInstanceOf(PolygonException.Unavailable.class);
      assertThat(file("trades")).doesNotExist();
      assertThat(partials()).isEmpty();
      assertThat(store.statistics().ticks().rows()).isZero();
      vendor.breakAfter(-1);
      assertThat(cursor.rest().values()).isEqualTo(vendor.plainTrades(tuesday()));
    }
  }

  @Test
  void emptyDaysAreRemembered() {
    TickRequest monday = TickRequest.ofDay(Ticker.of("IBM"), TUESDAY.minusDays(1));
    try (BarStore store = open()) {
      TickStore ticks = store.ticks(vendor);
      assertThat(ticks.trades(monday).hasNext()).isFalse();
      assertThat(ticks.trades(monday).hasNext()).isFalse();
      assertThat(vendor.asked()).hasSize(1);
      clock.set("2013-11-20T16:00:00Z");
      assertThat(ticks.trades(monday).hasNext()).isFalse();
      assertThat(vendor.asked()).as("a month later").hasSize(2);
    }
  }

  @Test
  void emptyYearsCostAFewRequests() {
    try (BarStore store = open()) {
      TickStore ticks = store.ticks(vendor);
      TickRequest ages = days("1993-01-29", "2013-10-10", false);
      assertThat(ticks.trades(ages).rest().values()).isEqualTo(vendor.plainTrades(ages));
      assertThat(vendor.asked()).hasSizeLessThan(15);
      int asked = vendor.asked().size();
      TickRequest back = days("1993-01-29", "2013-10-10", true);
      assertThat(ticks.trades(back).rest().values()).isEqualTo(vendor.plainTrades(back));
      assertThat(vendor.asked()).hasSize(asked);
      TickRequest other =
          new TickRequest(Ticker.of("IBM"), Samples.days("1990-01-01", "2013-10-10"), true);
      assertThat(ticks.trades(other).hasNext()).isFalse();
      assertThat(vendor.asked()).hasSizeLessThan(asked + 10);
    }
  }

  @Test
  void aDamagedOrLostFileIsFetchedAgain() throws IOException {
    try (BarStore store = open()) {
      TickStore ticks = store.ticks(vendor);
      ticks.trades(tuesday()).rest();
      byte[] bytes = Files.readAllBytes(file("trades"));
      bytes[100] ^= 4;
      Files.write(file("trades"), bytes);
      assertThat(ticks.trades(tuesday()).rest().values()).isEqualTo(vendor.plainTrades(tuesday()));
      assertThat(vendor.asked()).hasSize(2);
      Files.delete(file("trades"));
      assertThat(ticks.trades(tuesday()).rest().values()).isEqualTo(vendor.plainTrades(tuesday()));
      assertThat(vendor.asked()).hasSize(3);
      assertThat(ticks.trades(tuesday()).rest().values()).isEqualTo(vendor.plainTrades(tuesday()));
      assertThat(vendor.asked()).hasSize(3);
    }
  }

  @Test
  void aReaderOutlivesTheClearingOfItsFile() {
    LocalDate wednesday = TUESDAY.plusDays(1);
    vendor.addTrades(ListTicks.someTrades(SPY, wednesday, 150_000));
    TickRequest request = TickRequest.ofDay(SPY, wednesday);
    try (BarStore store = open()) {
      TickStore ticks = store.ticks(vendor);
      Cursor<Trade> cursor = ticks.trades(request);
      List<Trade> read = new ArrayList<>(cursor.take(10).values());
      store.clear(Optional.of(SPY), OptionalInt.empty());
      read.addAll(cursor.rest().values());
      assertThat(read).isEqualTo(vendor.plainTrades(request));
      Cursor<Trade> another = ticks.trades(request);
      another.next();
      store.clear(Optional.empty(), OptionalInt.empty());
      vendor.addTrades(ListTicks.someTrades(SPY, wednesday, 1));
      assertThatThrownBy(another::rest)
          .isInstanceOf(PolygonException.StorageFailure.class)
          .hasMessageContaining("trades of SPY 2013-10-09");
    }
  }

  @Test
  void clearingTakesTicksToo() throws IOException {
    try (BarStore store = open()) {
      TickStore ticks = store.ticks(vendor);
      ticks.trades(tuesday()).rest();
      long bytes = Files.size(file("trades"));
      assertThat(store.clear(Optional.of(SPY), OptionalInt.of(1))).isEqualTo(new Cleared(0, 0, 0));
      assertThat(store.clear(Optional.of(SPY), OptionalInt.empty()))
          .isEqualTo(new Cleared(1, 1, bytes));
      assertThat(root.resolve("parquet/symbols/SPY")).doesNotExist();
      assertThat(store.statistics().ticks()).isEqualTo(new StorageStatistics.Ticks(0, 0, 0, 0));
    }
  }

  @Test
  void aDayWithUnreadableTicksIsNotStoredAndToldEachTime() {
    vendor.reject(1);
    try (BarStore store = open()) {
      TickStore ticks = store.ticks(vendor);
      for (int i = 0; i < 2; i++) {
        Cursor<Trade> cursor = ticks.trades(tuesday());
        assertThat(cursor.rest().values()).hasSize(5_000);
        assertThat(cursor.rejectedCount()).isOne();
        assertThat(cursor.rejected()).hasSize(1);
      }
      assertThat(file("trades")).doesNotExist();
      vendor.reject(0);
      assertThat(ticks.trades(tuesday()).rest().complete()).isTrue();
      assertThat(file("trades")).exists();
    }
  }

  @Test
  void aDiskThatFailsCostsRequestsNotAnswers() throws IOException {
    try (BarStore store = open()) {
      TickStore ticks = store.ticks(vendor);
      Path temporary = root.resolve("parquet/.tmp");
      Files.delete(temporary);
      Files.writeString(temporary, "no folder");
      for (int i = 1; i <= 2; i++) {
        assertThat(ticks.trades(tuesday()).rest().values())
            .isEqualTo(vendor.plainTrades(tuesday()));
        assertThat(vendor.asked()).hasSize(i);
      }
      Files.delete(temporary);
      Files.createDirectory(temporary);
      assertThat(ticks.trades(tuesday()).rest().values()).hasSize(5_000);
      assertThat(ticks.trades(tuesday()).rest().values()).hasSize(5_000);
      assertThat(vendor.asked()).hasSize(3);
    }
  }

  @Test
  void withoutCacheTheVendorIsAskedForJustTheRange() {
    TickRequest request = new TickRequest(SPY, tuesday().range(), false, false);
    try (BarStore store = open()) {
      assertThat(store.ticks(vendor).trades(request).rest().values()).hasSize(5_000);
      assertThat(vendor.asked()).containsExactly(request);
      assertThat(file("trades")).doesNotExist();
    }
  }

  @Test
  void manyWhoAskAtOnceShareOneFetch() throws Exception {
    try (BarStore store = open();
        BarStore other = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Trade>>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        TickStore ticks = (i % 2 == 0 ? store : other).ticks(vendor);
        answers.add(threads.submit(() -> ticks.trades(tuesday()).rest().values()));
      }
      TickStore shared = store.ticks(vendor);
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(() -> shared.trades(tuesday()).rest().values()));
      }
      for (Future<List<Trade>> answer : answers) {
        assertThat(got(answer)).isEqualTo(vendor.plainTrades(tuesday()));
      }
      assertThat(vendor.asked()).hasSize(1);
    }
  }

  private static <T> T got(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  @Test
  void aCoinsDayIsThatOfUtc() {
    LocalDate saturday = LocalDate.parse("2013-10-05");
    List<Trade> trades = ListTicks.someTrades(COIN, saturday, 500);
    vendor.addTrades(trades);
    try (BarStore store = open()) {
      TickRequest day = TickRequest.ofDay(COIN, saturday);
      assertThat(store.ticks(vendor).trades(day).rest().values())
          .isEqualTo(vendor.plainTrades(day))
          .hasSizeGreaterThan(400);
      assertThat(root.resolve("parquet/symbols/X~0BTCUSD/X~0BTCUSD_trades.parquet"))
          .isDirectoryContaining("glob:**2013-10-05.parquet");
    }
  }

  @Test
  void anotherReaderSeesTheFolderAsOneTable() throws SQLException {
    try (BarStore store = open()) {
      TickStore ticks = store.ticks(vendor);
      TickRequest days = days("2013-10-07", "2013-10-08", false);
      List<Trade> trades = ticks.trades(days).rest().values();
      List<Quote> quotes = ticks.quotes(days).rest().values();
      assertThat(DuckTicks.trades(root.resolve("parquet/symbols/SPY/SPY_trades.parquet"), SPY))
          .isEqualTo(trades);
      assertThat(DuckTicks.quotes(root.resolve("parquet/symbols/SPY/SPY_quotes.parquet"), SPY))
          .isEqualTo(quotes);
    }
    assertThat(types("trades"))
        .containsExactly(
            "sip_timestamp TIMESTAMPTZ_NS",
            "price DOUBLE",
            "size DOUBLE",
            "exchange INTEGER",
            "conditions INTEGER[]",
            "sequence_number BIGINT",
            "id VARCHAR",
            "participant_timestamp TIMESTAMPTZ_NS",
            "tape INTEGER",
            "trf_id INTEGER",
            "trf_timestamp TIMESTAMPTZ_NS",
            "correction INTEGER");
  }

  private List<String> types(String kind) throws SQLException {
    List<String> types = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("DESCRIBE SELECT * FROM '%s'".formatted(file(kind)))) {
      while (rows.next()) {
        types.add(rows.getString(1) + " " + rows.getString(2));
      }
    }
    return types;
  }
}
