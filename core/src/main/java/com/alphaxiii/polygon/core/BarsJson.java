package com.alphaxiii.polygon.core;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Bars as JSON. */
final class BarsJson {
  private BarsJson() {}

  static void write(Bars bars, Appendable out, ZoneId zone) throws IOException {
    DateTimeFormatter time = DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(zone);
    StringBuilder row = new StringBuilder(200);
    out.append('[');
    for (int i = 0; i < bars.size(); i++) {
      row.setLength(0);
      row.append(i == 0 ? "" : ",").append("{\"timestamp\":\"");
      time.formatTo(Instant.ofEpochMilli(bars.start(i)), row);
      BarsCsv.append(row.append("\",\"open\":"), bars.open(i));
      BarsCsv.append(row.append(",\"high\":"), bars.high(i));
      BarsCsv.append(row.append(",\"low\":"), bars.low(i));
      BarsCsv.append(row.append(",\"close\":"), bars.close(i));
      BarsCsv.append(row.append(",\"volume\":"), bars.volume(i));
      row.append(",\"vwap\":");
      if (Double.isNaN(bars.vwap(i))) {
        row.append("null");
      } else {
        BarsCsv.append(row, bars.vwap(i));
      }
      row.append(",\"transactions\":");
      if (bars.transactions(i) < 0) {
        row.append("null");
      } else {
        row.append(bars.transactions(i));
      }
      out.append(row.append('}'));
    }
    out.append("]\n");
  }
}
