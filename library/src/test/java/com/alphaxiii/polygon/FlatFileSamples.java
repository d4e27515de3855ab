package com.alphaxiii.polygon;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Flat files written by tests. */
final class FlatFileSamples {
  static final String HEADER = "ticker,volume,open,close,high,low,window_start,transactions";

  private FlatFileSamples() {}

  static Path path(Path root, String type, LocalDate day) {
    return root.resolve(
        "us_stocks_sip/%s/%04d/%02d/%s.csv.gz"
            .formatted(type, day.getYear(), day.getMonthValue(), day));
  }

  static Path minutes(Path root, LocalDate day, List<String> rows) throws IOException {
    return write(path(root, "minute_aggs_v1", day), HEADER + "\n" + String.join("\n", rows) + "\n");
  }

  static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, gzip(text));
  }

  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** Start of a minute of a New York day, Unix ms. */
  static long minute(LocalDate day, int minute) {
    return day.atStartOfDay(Market.NEW_YORK).plusMinutes(minute).toInstant().toEpochMilli();
  }

  /** A row whose numbers follow from what it is about. */
  static String row(String symbol, LocalDate day, int minute, int version) {
    double open = price(symbol, day, minute, version);
    return "%s,%d,%s,%s,%s,%s,%d000000,%d"
        .formatted(
            symbol,
            100 + minute,
            open,
            open + 0.25,
            open + 0.5,
            open - 0.5,
            minute(day, minute),
            3 + minute % 5);
  }

  /** What is to be stored of it. */
  static void expect(BarsBuilder bars, String symbol, LocalDate day, int minute, int version) {
    double open = price(symbol, day, minute, version);
    bars.add(
        minute(day, minute),
        open,
        open + 0.5,
        open - 0.5,
        open + 0.25,
        100 + minute,
        Double.NaN,
        3 + minute % 5);
  }

  private static double price(String symbol, LocalDate day, int minute, int version) {
    return 10 + Math.floorMod(symbol.hashCode(), 90) + day.getDayOfMonth() + minute / 4.0 + version;
  }

  static BarsBuilder builder(String symbol) {
    return Bars.builder(Ticker.of(symbol), Timeframe.MINUTE_1);
  }

  /** The rows of a flat file for bars, in the vendor's order of columns. */
  static List<String> rows(Bars bars) {
    return bars.rows().stream()
        .map(
            bar ->
                "%s,%s,%s,%s,%s,%s,%d000000,%s"
                    .formatted(
                        bars.ticker(),
                        bar.volume(),
                        bar.open(),
                        bar.close(),
                        bar.high(),
                        bar.low(),
                        bar.start().toEpochMilli(),
                        bar.transactions().isPresent()
                            ? String.valueOf(bar.transactions().getAsLong())
                            : ""))
        .toList();
  }
}
