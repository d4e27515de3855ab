package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.columnar.BatchBuilder;
import com.alphaxiii.polygon.columnar.Column;
import com.alphaxiii.polygon.core.Conditions;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;

/** How one kind of tick is written, with the vendor's names; what was not sent is absent. */
interface TickRow<T> {
  /** The columns of a table, whose times are exact to the nanosecond. */
  List<Column> columns(ZoneId zone);

  /** A row of the table. */
  void cells(T tick, BatchBuilder out);

  /** The names of the columns, with commas. */
  String header();

  /** The members of a JSON object, without its braces. */
  void json(T tick, JsonBytes out, IsoTime time);

  /** Comma-separated values in the header's order. */
  void csv(T tick, JsonBytes out, IsoTime time);

  /** The exact time twice: for people in a zone, and in Unix ns. */
  static void times(JsonBytes out, IsoTime time, long nanos) {
    out.text("timestamp").raw(':').raw('"');
    time.writeNanos(out, nanos);
    out.raw('"');
    whole(out, "sip_timestamp", nanos);
  }

  /** A time in Unix ns; absent when it was not sent. */
  static void timeCell(BatchBuilder out, long nanos) {
    if (nanos == 0) {
      out.absent();
    } else {
      out.whole(nanos);
    }
  }

  static IntStream codes(Conditions conditions) {
    return IntStream.range(0, conditions.size()).map(conditions::get);
  }

  static void whole(JsonBytes out, String name, long value) {
    name(out, name).integer(value);
  }

  static void real(JsonBytes out, String name, double value) {
    name(out, name).number(value);
  }

  /** A time in Unix ns; null when it was not sent. */
  static void time(JsonBytes out, String name, long nanos) {
    name(out, name);
    if (nanos == 0) {
      out.raw(JsonBytes.ascii("null"));
    } else {
      out.integer(nanos);
    }
  }

  static void codes(JsonBytes out, String name, Conditions conditions) {
    name(out, name).raw('[');
    for (int i = 0; i < conditions.size(); i++) {
      if (i > 0) {
        out.raw(',');
      }
      out.integer(conditions.get(i));
    }
    out.raw(']');
  }

  static JsonBytes name(JsonBytes out, String name) {
    return out.raw(',').text(name).raw(':');
  }

  /** A time in Unix ns and its comma; nothing before the comma when it was not sent. */
  static void csvTime(JsonBytes out, long nanos) {
    if (nanos != 0) {
      out.integer(nanos);
    }
    out.raw(',');
  }

  static void csvReal(JsonBytes out, double value) {
    if (Double.isFinite(value)) {
      out.number(value);
    }
    out.raw(',');
  }

  static void csvWhole(JsonBytes out, long value) {
    out.integer(value).raw(',');
  }

  /** Codes with commas, in quotes where there are several; as in the vendor's flat files. */
  static void csvCodes(JsonBytes out, Conditions conditions) {
    boolean several = conditions.size() > 1;
    if (several) {
      out.raw('"');
    }
    for (int i = 0; i < conditions.size(); i++) {
      if (i > 0) {
        out.raw(',');
      }
      out.integer(conditions.get(i));
    }
    if (several) {
      out.raw('"');
    }
    out.raw(',');
  }

  static void csvText(JsonBytes out, String value) {
    boolean plain = value.chars().allMatch(c -> c > ' ' && c != '"' && c != ',');
    String cell = plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    out.raw(cell.getBytes(StandardCharsets.UTF_8)).raw(',');
  }
}
