package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
  private static final TimeRange SPRING = days("2014-03-01", "2014-06-30");

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2014-03-20T16:00:00Z");
  private final ListSource upstream =
      new ListSource(clock).put(walk()).put(Samples.dailies(AAPL, SPRING));

  /** Prices that go up and down a cent at a time, as real ones repeat themselves. */
  private static Bars walk() {
    Random random = new Random(7);
    BarsBuilder walk = Bars.builder(AAPL, Timeframe.MINUTE_1);
    Bars minutes = Samples.minutes(AAPL, SPRING, 1);
    int cents = 10_000;
    for (int i = 0; i < minutes.size(); i++) {
      cents += random.nextInt(3) - 1;
      double price = cents / 100.0;
      walk.add(minutes.start(i), price, price, price, price, 100 * random.nextInt(9), price, 3);
    }
    return walk.build();
  }

  private BarStore open() {
    return BarStore.open(root, upstream, new ListReference(), clock, Samples.CALENDAR);
  }

  private Bars ask(BarStore store, Timeframe base) {
    return store.bars(BarRequest.raw(AAPL, base, SPRING)).bars();
  }

  /** Every month is written while it is open, and never again. */
  private void writeMonths() {
    for (String now : List.of("2014-03-31", "2014-04-30", "2014-05-31", "2014-06-30")) {
      clock.set(now + "T16:00:00Z");
      try (BarStore store = open()) {
        store.bars(
            BarRequest.raw(
                AAPL,
                Timeframe.MINUTE_1,
                TimeRange.of(clock.instant().minusSeconds(20 * 86_400), clock.instant())));
        ask(store, Timeframe.DAY_1);
      }
    }
    clock.set("2014-08-01T16:00:00Z");
  }

  @Test
  void fullMonthsBecomeSmallerAndKeepTheirRows() {
    writeMonths();
    upstream.clear();
    long before;
    try (CacheFolder folder = CacheFolder.open(root, clock)) {
      before = folder.statistics().bytes();
      Compacted compacted = folder.compact(Samples.CALENDAR);
      assertThat(compacted.parts()).isEqualTo(4);
      assertThat(compacted.after()).isLessThan(compacted.before());
      assertThat(folder.statistics().bytes())
          .isEqualTo(before - compacted.before() + compacted.after());
      assertThat(folder.compact(Samples.CALENDAR).parts()).isZero();
    }
    assertThat(CacheFolder.verify(root, false, clock).damages()).isEmpty();
    try (BarStore store = open()) {
      TimeRange stored = days("2014-03-12", "2014-03-28");
      assertThat(store.bars(BarRequest.raw(AAPL, Timeframe.MINUTE_1, stored)).cached()).isTrue();
      assertThat(upstream.requests()).isEmpty();
      assertThat(ask(store, Timeframe.MINUTE_1))
          .isEqualTo(upstream.plain(BarRequest.raw(AAPL, Timeframe.MINUTE_1, SPRING)));
    }
  }

  @Test
  void ageAndEmptinessAreNotTouched() {
    writeMonths();
    try (CacheFolder folder = CacheFolder.open(root, clock)) {
      List<Long> before = written(folder);
      folder.compact(Samples.CALENDAR);
      assertThat(written(folder)).isEqualTo(before);
    }
  }

  private static List<Long> written(CacheFolder folder) {
    return folder.database().read(PartTable::all).stream()
        .map(found -> found.trusted().orElseThrow().writtenAt())
        .toList();
  }

  @Test
  @Timeout(60)
  void whoReadsMeanwhileSeesEveryRow() throws Exception {
    writeMonths();
    String folder = root.resolve("parquet/symbols/AAPL/AAPL_1min.parquet") + "/*.parquet";
    long rows = count(folder);
    Bars expected;
    try (BarStore store = open()) {
      expected = ask(store, Timeframe.DAY_1);
    }
    AtomicBoolean stop = new AtomicBoolean();
    try (var threads = Executors.newCachedThreadPool()) {
      List<Future<Integer>> readers = new ArrayList<>();
      readers.add(threads.submit(until(stop, () -> assertCount(folder, rows))));
      readers.add(
          threads.submit(
              until(
                  stop,
                  () -> {
                    try (BarStore store = open()) {
                      assertThat(ask(store, Timeframe.DAY_1)).isEqualTo(expected);
                      TimeRange may = days("2014-05-15", "2014-05-30");
                      BarRequest request = BarRequest.raw(AAPL, Timeframe.MINUTE_1, may);
                      assertThat(store.bars(request).bars()).isEqualTo(upstream.plain(request));
                    }
                  })));
      for (int round = 0; round < 3; round++) {
        try (CacheFolder cache = CacheFolder.open(root, clock)) {
          assertThat(cache.compact(Samples.CALENDAR).parts()).isEqualTo(4);
        }
        loosen();
      }
      stop.set(true);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    }
  }

  /** As if files had been written while their months were open. */
  private void loosen() throws Exception {
    try (CacheFolder cache = CacheFolder.open(root, clock)) {
      for (PartTable.Found found : cache.database().read(PartTable::all)) {
        PartRow row = found.trusted().orElseThrow();
        Bars bars = cache.parts().whole(row.part()).bars();
        Path file = Path.of(root.toString(), "loose.parquet");
        Fingerprint look =
            PartWriter.write(
                file, bars, PartWriter.OPEN_LEVEL, PartProof.of(row.key(), row.covered(), bars));
        cache.catalog().announce(Map.of(row.key(), look));
        Files.move(file, cache.layout().file(row.key()), StandardCopyOption.ATOMIC_MOVE);
        cache.catalog().rewritten(row.key(), look, PartWriter.OPEN_LEVEL);
      }
    }
  }

  private interface Reading {
    void run() throws Exception;
  }

  private static Callable<Integer> until(AtomicBoolean stop, Reading reading) {
    return () -> {
      int times = 0;
      do {
        reading.run();
        times++;
      } while (!stop.get());
      return times;
    };
  }

  /** Opens files twice, and says so when one was replaced in between: then it is asked again. */
  private static void assertCount(String files, long rows) throws SQLException {
    SQLException failure = null;
    for (int attempt = 0; attempt < 20; attempt++) {
      try {
        assertThat(count(files)).isEqualTo(rows);
        return;
      } catch (SQLException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private static long count(String files) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT count(close) FROM read_parquet('" + files + "')")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
