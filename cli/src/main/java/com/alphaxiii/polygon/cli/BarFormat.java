package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.Bars;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How bars are written for people and programs. */
enum BarFormat {
  TABLE {
    @Override
    void write(Bars bars, ZoneId zone, OutputStream out) throws IOException {
      text(out, text -> table(bars, zone, text));
    }

    private void table(Bars bars, ZoneId zone, Appendable out) throws IOException {
      DateTimeFormatter time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
      out.append(
          ROW.formatted(
              "start (" + zone + ")", "open", "high", "low", "close", "volume", "vwap", "trades"));
      for (int i = 0; i < bars.size(); i++) {
        out.append(
            ROW.formatted(
                time.format(Instant.ofEpochMilli(bars.start(i))),
                shown(bars.open(i)),
                shown(bars.high(i)),
                shown(bars.low(i)),
                shown(bars.close(i)),
                shown(bars.volume(i)),
                Double.isNaN(bars.vwap(i)) ? "" : shown(bars.vwap(i)),
                bars.transactions(i) < 0 ? "" : Long.toString(bars.transactions(i))));
      }
    }
  },
  CSV {
    @Override
    void write(Bars bars, ZoneId zone, OutputStream out) throws IOException {
      text(out, text -> bars.writeCsv(text, zone));
    }
  },
  JSON {
    @Override
    void write(Bars bars, ZoneId zone, OutputStream out) throws IOException {
      text(out, text -> bars.writeJson(text, zone));
    }
  },
  PARQUET {
    @Override
    void write(Bars bars, ZoneId zone, OutputStream out) throws IOException {
      bars.writeParquet(out, zone);
    }
  },
  ARROW {
    @Override
    void write(Bars bars, ZoneId zone, OutputStream out) throws IOException {
      bars.writeArrowFile(out, zone);
    }
  };

  private static final String ROW = "%-32s %12s %12s %12s %12s %14s %12s %8s%n";

  /** Writes all of them; does not close {@code out}. */
  abstract void write(Bars bars, ZoneId zone, OutputStream out) throws IOException;

  @FunctionalInterface
  private interface Text {
    void writeTo(Appendable out) throws IOException;
  }

  private static void text(OutputStream out, Text text) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    text.writeTo(writer);
    writer.flush();
  }

  /** The one that the end of a file's name asks for; empty when it asks for none. */
  static Optional<BarFormat> ofFile(String name) {
    String end = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
    return Stream.of(CSV, JSON, PARQUET, ARROW)
        .filter(format -> name.contains(".") && format.name().equals(end))
        .findFirst();
  }

  /** For eyes: four decimals, six below 1; files and pipes get every digit. */
  private static String shown(double value) {
    int decimals = Math.abs(value) < 1 ? 6 : 4;
    return number(new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue());
  }

  /** The shortest plain decimal that reads back as the same double: never {@code 7.09E7}. */
  static String number(double value) {
    String plain = new BigDecimal(Double.toString(value)).toPlainString();
    return plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain;
  }
}
