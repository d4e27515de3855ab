package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.store.BarStore;
import dev.hardwood.Hardwood;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;

/** Reading what is cached: a year, its longer bars, a day of ten years; and adding a day. */
final class ReadBench {
  private static final Ticker TICKER = Ticker.of("AAPL");
  private static final TimeRange TEN_YEARS = days("2014-01-02", "2023-12-29");
  private static final TimeRange YEAR = days("2023-01-03", "2023-12-29");
  private static final TimeRange DAY = days("2019-06-12", "2019-06-12");
  private static final LocalDate FIRST_ADDED = LocalDate.parse("2024-01-02");
  private static final int DAYS_ADDED = 20;
  private static final InstantSource CLOCK = () -> Instant.parse("2024-01-31T17:00:00Z");

  private final Path root;
  private final ModelBars model = new ModelBars().prepare(TICKER, days("2014-01-02", "2024-01-30"));

  ReadBench(Path root) {
    this.root = root;
  }

  private static TimeRange days(String first, String last) {
    return TimeRange.ofDays(LocalDate.parse(first), LocalDate.parse(last), Market.NEW_YORK);
  }

  private BarStore open() {
    return BarStore.open(root, model, model, CLOCK, ModelBars.CALENDAR);
  }

  private static Bars read(BarStore store, String timeframe, TimeRange range) {
    return store.bars(BarRequest.raw(TICKER, Timeframe.parse(timeframe), range)).bars();
  }

  void run() throws Exception {
    Bars year = ModelBars.minutes(TICKER, YEAR);
    int rows = year.size();
    try (BarStore store = open()) {
      if (!read(store, "1min", TEN_YEARS).slice(YEAR).equals(year)) {
        throw new IllegalStateException("the cache holds something else");
      }
    }
    Path folder = root.resolve("parquet/symbols/AAPL/AAPL_1min.parquet");
    List<Path> parts;
    Path yearFolder = Files.createDirectories(root.resolve("year"));
    try (var files = Files.list(folder)) {
      parts = files.filter(f -> f.getFileName().toString().startsWith("2023")).sorted().toList();
    }
    for (Path part : parts) {
      Path link = yearFolder.resolve(part.getFileName());
      Files.deleteIfExists(link);
      Files.createLink(link, part);
    }
    Path raw = Readers.rawFile(year, root);
    CacheBench.say("a year of minutes, %,d rows in %d parts:", rows, parts.size());
    CacheBench.say(
        "threads: mapped arrays 1; hardwood, DuckDB and the cache up to %d each",
        Runtime.getRuntime().availableProcessors());
    double floor = Stopwatch.millis(15, 25, () -> Readers.raw(raw, rows));
    CacheBench.figure("raw arrays, mapped", floor);
    double hardwood;
    try (Hardwood library = Hardwood.create()) {
      hardwood = Stopwatch.millis(15, 25, () -> Readers.hardwood(library, parts, rows));
    }
    CacheBench.figure("hardwood", hardwood);
    double duck;
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      Readers.threads(connection, Runtime.getRuntime().availableProcessors());
      duck = Stopwatch.millis(15, 25, () -> Readers.duck(connection, yearFolder, rows));
    }
    CacheBench.figure("DuckDB", duck);
    double cold = coldRead("1min", YEAR);
    CacheBench.figure("cache, from its files", cold);
    CacheBench.ratio("  of hardwood", cold / hardwood, "at most 1.3");
    CacheBench.ratio("  of DuckDB", cold / duck, "below 1");
    for (String longer : List.of("5min", "1hour")) {
      double[] both = coldReads(longer);
      CacheBench.ratio("  as " + longer, both[1] / both[0], "at most 1.3");
    }
    try (BarStore store = open()) {
      double warm = Stopwatch.millis(200, 200, () -> read(store, "1min", YEAR).size());
      CacheBench.figure("cache, a warm repeat", warm);
      for (String longer : List.of("5min", "1hour")) {
        CacheBench.figure(
            "  as " + longer, Stopwatch.millis(200, 200, () -> read(store, longer, YEAR).size()));
      }
    }
    double all = coldRead("1min", TEN_YEARS);
    double day = coldRead("1min", DAY);
    CacheBench.figure("ten years, from files", all);
    CacheBench.figure("a day of them", day);
    CacheBench.ratio("  all to a day", all / day, "at least 20");
    add();
  }

  private void add() throws Exception {
    try (BarStore store = open()) {
      BarRequest all = BarRequest.raw(TICKER, Timeframe.MINUTE_1, TEN_YEARS);
      BarRequest anew =
          new BarRequest(TICKER, Timeframe.MINUTE_1, all.range(), all.adjustment(), null, false);
      double rewrite = Stopwatch.millis(1, 3, () -> store.bars(anew).bars().size());
      LocalDate[] day = {FIRST_ADDED};
      double added =
          Stopwatch.millis(
              8,
              DAYS_ADDED - 8,
              () -> {
                do {
                  day[0] = day[0].plusDays(1);
                } while (!ModelBars.CALENDAR.isTradingDay(day[0]));
              },
              () -> {
                TimeRange range = TimeRange.ofDays(day[0], day[0], Market.NEW_YORK);
                return store.bars(BarRequest.raw(TICKER, Timeframe.MINUTE_1, range)).bars().size();
              });
      CacheBench.figure("ten years written anew", rewrite);
      CacheBench.figure("a day added to them", added);
      CacheBench.ratio("  all to a day", rewrite / added, "at least 20");
    }
  }

  /**
   * Minutes and longer bars by turns, so that what else the machine does falls on both: medians.
   */
  private double[] coldReads(String longer) throws Exception {
    double[][] took = new double[2][25];
    for (int i = -15; i < took[0].length; i++) {
      for (int which = 0; which < took.length; which++) {
        String timeframe = which == 0 ? "1min" : longer;
        try (BarStore store = open()) {
          double millis = Stopwatch.millis(0, 1, () -> read(store, timeframe, YEAR).size());
          took[which][Math.max(i, 0)] = millis;
        }
      }
    }
    return new double[] {Stopwatch.median(took[0]), Stopwatch.median(took[1])};
  }

  /** With a store opened for each reading, since one that stays open remembers. */
  private double coldRead(String timeframe, TimeRange range) throws Exception {
    BarStore[] store = {open()};
    int rounds = range.equals(TEN_YEARS) ? 7 : 25;
    double took =
        Stopwatch.millis(
            range.equals(TEN_YEARS) ? 3 : 15,
            rounds,
            () -> {
              store[0].close();
              store[0] = open();
            },
            () -> read(store[0], timeframe, range).size());
    store[0].close();
    return took;
  }
}
