package com.alphaxiii.polygon.core;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Bars as comma-separated text. */
final class BarsCsv {
  private static final String HEADER = "timestamp,open,high,low,close,volume,vwap,transactions\n";

  /** Whole numbers below this are printed exactly as a long. */
  private static final double LARGEST_WHOLE = 1L << 53;

  private BarsCsv() {}

  static void write(Bars bars, Appendable out, ZoneId zone) throws IOException {
    DateTimeFormatter time = DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(zone);
    out.append(HEADER);
    StringBuilder line = new StringBuilder(120);
    for (int i = 0; i < bars.size(); i++) {
      line.setLength(0);
      time.formatTo(Instant.ofEpochMilli(bars.start(i)), line);
      append(line.append(','), bars.open(i));
      append(line.append(','), bars.high(i));
      append(line.append(','), bars.low(i));
      append(line.append(','), bars.close(i));
      append(line.append(','), bars.volume(i));
      append(line.append(','), bars.vwap(i));
      line.append(',');
      if (bars.transactions(i) >= 0) {
        line.append(bars.transactions(i));
      }
      out.append(line.append('\n'));
    }
  }

  /**
   * Without an exponent, in the fewest digits that read back as the same number; NaN is nothing.
   */
  static void append(StringBuilder line, double number) {
    if (Double.isNaN(number)) {
      return;
    }
    if (number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE) {
      line.append((long) number);
      return;
    }
    String shortest = Double.toString(number);
    boolean exponent = shortest.indexOf('E') >= 0;
    line.append(
        exponent ? new BigDecimal(shortest).stripTrailingZeros().toPlainString() : shortest);
  }
}
