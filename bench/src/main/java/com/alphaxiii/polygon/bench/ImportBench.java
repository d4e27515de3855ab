package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.FlatFiles;
import com.alphaxiii.polygon.ImportReport;
import com.alphaxiii.polygon.ImportRequest;
import com.alphaxiii.polygon.client.FlatFileFolder;
import com.alphaxiii.polygon.core.Market;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A day's minutes of a whole market, as a flat file, into the cache: 10,000 tickers and nearly two
 * million rows. DuckDB makes a Parquet file, and one for each ticker, of the same CSV beside it.
 */
public final class ImportBench {
  private static final InstantSource CLOCK = () -> Instant.parse("2024-03-01T17:00:00Z");
  private static final LocalDate MONDAY = LocalDate.parse("2024-01-22");
  private static final int TICKERS = 10_000;
  private static final int MINUTES = 960;
  private static final int FIRST_MINUTE = 240;

  private ImportBench() {}

  /** Runs it in a folder that must be empty, by default a temporary one. */
  public static void main(String[] args) throws Exception {
    Path root =
        args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("polygon-import-bench");
    Path files = root.resolve("files");
    long rows = write(files, MONDAY, 1);
    say("a file of %,d tickers, %,d rows", TICKERS, rows);
    importing("first day of a month", root, files, rows);
    write(files, MONDAY.plusDays(1), 2);
    importing("second day, into the same parts", root, files, rows);
    Path week = root.resolve("week");
    long all = 0;
    for (int day = 0; day < 5; day++) {
      all += write(week, MONDAY.plusDays(day), day + 1);
    }
    importing("five days at once, into an empty cache", root.resolve("other"), week, all);
    duckDb(root, rows);
  }

  private static void importing(String name, Path root, Path files, long rows) {
    long begun = System.nanoTime();
    ImportReport report =
        FlatFiles.importInto(
            root.resolve("cache"),
            FlatFileFolder.open(files),
            ImportRequest.all(),
            CLOCK,
            progress -> {});
    figure(name, System.nanoTime() - begun, report.rows());
    if (report.count(ImportReport.Status.FAILED) > 0 || report.rows() == 0) {
      throw new IllegalStateException("it went wrong: " + report.outcomes());
    }
  }

  private static void duckDb(Path root, long rows) throws Exception {
    Path csv = root.resolve("files/us_stocks_sip/minute_aggs_v1/2024/01/" + MONDAY + ".csv.gz");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      String from = "(SELECT * FROM read_csv('%s'))".formatted(csv);
      long begun = System.nanoTime();
      statement.execute(
          "COPY %s TO '%s' (FORMAT parquet, COMPRESSION zstd)"
              .formatted(from, root.resolve("duck.parquet")));
      figure("DuckDB, one Parquet file of it all", System.nanoTime() - begun, rows);
      begun = System.nanoTime();
      statement.execute(
          "COPY %s TO '%s' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (ticker))"
              .formatted(from, root.resolve("duck")));
      figure("DuckDB, a file for each ticker", System.nanoTime() - begun, rows);
    }
  }

  private static void figure(String name, long nanos, long rows) {
    double seconds = nanos / 1e9;
    say("%-40s %7.1f s  %,10.0f rows/s", name, seconds, rows / seconds);
  }

  private static void say(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }

  /** Few tickers trade all day and most of them seldom, as it is. */
  private static long write(Path root, LocalDate day, int seed) throws IOException {
    Path file =
        root.resolve(
            "us_stocks_sip/minute_aggs_v1/%04d/%02d/%s.csv.gz"
                .formatted(day.getYear(), day.getMonthValue(), day));
    Files.createDirectories(file.getParent());
    Random random = new Random(seed);
    long midnight = day.atStartOfDay(Market.NEW_YORK).toInstant().toEpochMilli();
    long rows = 0;
    StringBuilder text =
        new StringBuilder("ticker,volume,open,close,high,low,window_start,transactions\n");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(file)) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      for (int ticker = 0; ticker < TICKERS; ticker++) {
        double share = Math.pow(random.nextDouble(), 4);
        int cents = 500 + random.nextInt(30_000);
        for (int minute = 0; minute < MINUTES; minute++) {
          if (random.nextDouble() < share) {
            cents = Math.max(100, cents + random.nextInt(11) - 5);
            row(text, ticker, cents, midnight + (FIRST_MINUTE + minute) * 60_000L, random);
            rows++;
          }
        }
        out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        text.setLength(0);
      }
    }
    return rows;
  }

  private static void row(StringBuilder text, int ticker, int cents, long start, Random random) {
    text.append('T');
    for (int digit = 1_000; digit > 0; digit /= 10) {
      text.append((char) ('A' + ticker / digit % 10));
    }
    text.append(',').append(100 + random.nextInt(20_000));
    for (int part : new int[] {cents, cents + 2, cents + 4, cents - 3}) {
      text.append(',').append(part / 100).append('.').append(part % 100 / 10).append(part % 10);
    }
    text.append(',').append(start).append("000000,").append(1 + random.nextInt(200)).append('\n');
  }
}
