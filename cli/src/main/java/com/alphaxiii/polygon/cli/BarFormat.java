package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.Bars;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** How bars are written for people and programs. */
enum BarFormat {
  TABLE {
    @Override
    void write(Bars bars, ZoneId zone, Appendable out) throws IOException {
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
    void write(Bars bars, ZoneId zone, Appendable out) throws IOException {
      bars.writeCsv(out, zone);
    }
  },
  JSON {
    @Override
    void write(Bars bars, ZoneId zone, Appendable out) throws IOException {
      StringWriter text = new StringWriter();
      try (JsonGenerator json =
          JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), text)) {
        json.writeStartArray();
        for (int i = 0; i < bars.size(); i++) {
          writeRow(json, bars, i, zone);
        }
        json.writeEndArray();
      }
      out.append(text.getBuffer()).append('\n');
    }
  };

  private static final String ROW = "%-32s %12s %12s %12s %12s %14s %12s %8s%n";

  abstract void write(Bars bars, ZoneId zone, Appendable out) throws IOException;

  private static void writeRow(JsonGenerator json, Bars bars, int i, ZoneId zone) {
    json.writeStartObject();
    json.writeStringProperty(
        "timestamp",
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
            Instant.ofEpochMilli(bars.start(i)).atZone(zone)));
    json.writeName("open").writeNumber(new BigDecimal(number(bars.open(i))));
    json.writeName("high").writeNumber(new BigDecimal(number(bars.high(i))));
    json.writeName("low").writeNumber(new BigDecimal(number(bars.low(i))));
    json.writeName("close").writeNumber(new BigDecimal(number(bars.close(i))));
    json.writeName("volume").writeNumber(new BigDecimal(number(bars.volume(i))));
    json.writeName("vwap");
    if (Double.isNaN(bars.vwap(i))) {
      json.writeNull();
    } else {
      json.writeNumber(new BigDecimal(number(bars.vwap(i))));
    }
    json.writeName("transactions");
    if (bars.transactions(i) < 0) {
      json.writeNull();
    } else {
      json.writeNumber(bars.transactions(i));
    }
    json.writeEndObject();
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
