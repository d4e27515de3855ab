package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.TickRequest;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What answers a question for ticks, in whatever form; written once, as the ticks come.
 *
 * @param any whether there is a first tick
 */
record TicksReply<T>(TicksQuery query, Cursor<T> ticks, boolean any, TickRow<T> row) {
  /** Bytes collected before they are handed on. */
  private static final int BLOCK = 64 * 1024;

  private static final int LONGEST_ROW = 1024;

  /** A JSON document; what is only known at the end stands at its end. */
  void json(OutputStream out) throws IOException {
    JsonBytes json = new JsonBytes(BLOCK + LONGEST_ROW);
    TickRequest request = query.request();
    json.raw('{').text("symbol").raw(':').text(request.ticker().symbol());
    TickRow.name(json, "start").text(query.startText());
    TickRow.name(json, "end").text(query.endText());
    TickRow.name(json, "timezone").text(query.zone().getId());
    TickRow.name(json, "data").raw('[');
    IsoTime time = new IsoTime(query.zone());
    long count = 0;
    while (count < query.limit() && ticks.hasNext()) {
      if (count++ > 0) {
        json.raw(',');
      }
      json.raw('{');
      row.json(ticks.next(), json, time);
      json.raw('}');
      drain(json, out);
    }
    json.raw(']');
    TickRow.whole(json, "count", count);
    TickRow.name(json, "limited").raw(JsonBytes.ascii(Boolean.toString(count == query.limit())));
    TickRow.whole(json, "rejected", ticks.rejectedCount());
    TickRow.name(json, "explanation");
    if (any) {
      json.raw(JsonBytes.ascii("null"));
    } else {
      json.text(
          "Nothing of %s from %s to %s: either there is no such symbol, or nothing happened then"
              .formatted(request.ticker(), query.startText(), query.endText()));
    }
    json.raw('}').drainTo(out);
  }

  /** A JSON object a line, with the members that the rows of the whole document have. */
  void ndjson(OutputStream out) throws IOException {
    JsonBytes lines = new JsonBytes(BLOCK + LONGEST_ROW);
    IsoTime time = new IsoTime(query.zone());
    for (long count = 0; count < query.limit() && ticks.hasNext(); count++) {
      lines.raw('{');
      row.json(ticks.next(), lines, time);
      lines.raw('}').raw('\n');
      drain(lines, out);
    }
    lines.drainTo(out);
  }

  /** Comma-separated values with a line of names; what is absent is empty. */
  void csv(OutputStream out) throws IOException {
    JsonBytes lines = new JsonBytes(BLOCK + LONGEST_ROW);
    lines.raw(JsonBytes.ascii(row.header())).raw('\n');
    IsoTime time = new IsoTime(query.zone());
    for (long count = 0; count < query.limit() && ticks.hasNext(); count++) {
      row.csv(ticks.next(), lines, time);
      lines.raw('\n');
      drain(lines, out);
    }
    lines.drainTo(out);
  }

  /** Columns, a batch of rows in memory at a time. */
  TickTable<T> table() {
    return new TickTable<>(query, ticks, row);
  }

  private static void drain(JsonBytes bytes, OutputStream out) throws IOException {
    if (bytes.size() >= BLOCK) {
      bytes.drainTo(out);
    }
  }
}
