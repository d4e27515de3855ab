package com.alphaxiii.polygon.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Recorded prices that lie beside the repository; tests that need them are skipped without. */
public final class MarketData {
  private MarketData() {}

  /** One line of a daily file, in its own spelling. */
  public record Day(
      LocalDate date, String open, String high, String low, String close, String volume) {}

  /** The folder {@code ../shared/market-data}; aborts the test when there is none. */
  public static Path folder() {
    Path root = Path.of(System.getProperty("polygon.root", "")).toAbsolutePath();
    for (Path up = root; up != null; up = up.getParent()) {
      Path found = up.resolve("../shared/market-data").normalize();
      if (Files.isDirectory(found)) {
        return found;
      }
    }
    String named = System.getenv("POLYGON_MARKET_DATA");
    if (named != null && Files.isDirectory(Path.of(named))) {
      return Path.of(named);
    }
    return Assumptions.abort("no market data at ../shared/market-data of " + root);
  }

  /** Raw days of the regular session, oldest first. */
  public static List<Day> days(String symbol) {
    return lines(folder().resolve("daily/" + symbol + ".csv.gz")).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(f -> new Day(LocalDate.parse(f[0]), f[1], f[2], f[3], f[4], f[5]))
        .toList();
  }

  /** The days of {@link #days} as bars, which start at midnight in New York. */
  public static Bars dayBars(String symbol) {
    BarsBuilder bars = Bars.builder(new Ticker(symbol), Timeframe.DAY_1);
    for (Day day : days(symbol)) {
      bars.add(
          day.date().atStartOfDay(Market.NEW_YORK).toInstant().toEpochMilli(),
          Double.parseDouble(day.open()),
          Double.parseDouble(day.high()),
          Double.parseDouble(day.low()),
          Double.parseDouble(day.close()),
          Double.parseDouble(day.volume()),
          Double.NaN,
          -1);
    }
    return bars.build();
  }

  /** Raw minutes of a day, 04:00 to 20:00. */
  public static Bars minuteBars(String symbol, LocalDate day) {
    Path file =
        folder()
            .resolve(
                "flatfiles/us_stocks_sip/minute_aggs_v1/%d/%02d/%s.csv.gz"
                    .formatted(day.getYear(), day.getMonthValue(), day));
    BarsBuilder bars = Bars.builder(new Ticker(symbol), Timeframe.MINUTE_1);
    for (String line : lines(file)) {
      String[] f = line.split(",", -1);
      if (f[0].equals(symbol)) {
        bars.add(
            Long.parseLong(f[6]) / 1_000_000,
            Double.parseDouble(f[2]),
            Double.parseDouble(f[4]),
            Double.parseDouble(f[5]),
            Double.parseDouble(f[3]),
            Double.parseDouble(f[1]),
            Double.NaN,
            f[7].isEmpty() ? -1 : Long.parseLong(f[7]));
      }
    }
    return bars.build();
  }

  /** Raw hours of the regular session of all days, which begin at whole hours of New York. */
  public static Bars hourBars(String symbol) {
    BarsBuilder bars = Bars.builder(new Ticker(symbol), new Timeframe(1, Timespan.HOUR));
    for (String line : lines(folder().resolve("hourly/" + symbol + ".csv.gz"))) {
      String[] f = line.split(",", -1);
      if (Character.isDigit(f[0].charAt(0))) {
        bars.add(
            LocalDateTime.parse(f[0]).atZone(Market.NEW_YORK).toInstant().toEpochMilli(),
            Double.parseDouble(f[1]),
            Double.parseDouble(f[2]),
            Double.parseDouble(f[3]),
            Double.parseDouble(f[4]),
            Double.parseDouble(f[5]),
            Double.NaN,
            -1);
      }
    }
    return bars.build();
  }

  /** When a stock traded on a day, unordered; conditions are not recorded. */
  public static List<Trade> trades(String symbol, LocalDate day) {
    Path file =
        folder()
            .resolve(
                "flatfiles/us_stocks_sip/trades_v1/%d/%02d/%s.csv.gz"
                    .formatted(day.getYear(), day.getMonthValue(), day));
    List<String> lines = lines(file);
    List<String> names = List.of(lines.getFirst().split(",", -1));
    int price = names.indexOf("price");
    int size = names.indexOf("size");
    int time = names.indexOf("sip_timestamp");
    return lines.stream()
        .filter(line -> line.startsWith(symbol + ","))
        .map(line -> line.split(",", -1))
        .map(
            f ->
                new Trade(
                    new Ticker(symbol),
                    Double.parseDouble(f[price]),
                    Double.parseDouble(f[size]),
                    Conditions.NONE,
                    Long.parseLong(f[time]),
                    0,
                    0,
                    "",
                    0,
                    0,
                    0,
                    0))
        .toList();
  }

  /** Splits of a ticker, oldest first. */
  public static List<Split> splits(String symbol) {
    return lines(folder().resolve("splits.csv")).stream()
        .map(line -> line.split(",", -1))
        .filter(f -> f[0].equals(symbol))
        .map(
            f ->
                new Split(
                    new Ticker(f[0]),
                    LocalDate.parse(f[1]),
                    Double.parseDouble(f[2]),
                    Double.parseDouble(f[3])))
        .toList();
  }

  /** Dividends of a ticker, oldest first. */
  public static List<Dividend> dividends(String symbol) {
    return lines(folder().resolve("dividends.csv")).stream()
        .map(line -> line.split(",", -1))
        .filter(f -> f[0].equals(symbol))
        .map(
            f ->
                new Dividend(
                    new Ticker(f[0]), LocalDate.parse(f[1]), Double.parseDouble(f[2]), "USD"))
        .toList();
  }

  /** All lines of a text file, unpacked when its name ends in gz. */
  public static List<String> lines(Path file) {
    try (var bytes = Files.newInputStream(file);
        var reader =
            new BufferedReader(
                new InputStreamReader(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
                    StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
