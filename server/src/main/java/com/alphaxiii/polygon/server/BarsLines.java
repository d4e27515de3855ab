package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Bars;
import java.io.IOException;
import java.io.OutputStream;

/** Writes bars a line each, column by column straight into bytes. */
final class BarsLines {
  /** Bytes collected before they are handed on. */
  private static final int BLOCK = 64 * 1024;

  private static final int LONGEST_LINE = 512;

  private static final byte[] HEADER =
      JsonBytes.ascii("timestamp,open,high,low,close,volume,vwap,transactions\n");

  private BarsLines() {}

  @FunctionalInterface
  private interface Line {
    void write(JsonBytes line, IsoTime time, Bars bars, int i);
  }

  /** A JSON object a line, with the members that the rows of the whole document have. */
  static void ndjson(OutputStream out, BarsReply reply) throws IOException {
    lines(out, reply, new JsonBytes(BLOCK + LONGEST_LINE), BarsJson::row);
  }

  /** Comma-separated values with a line of names; what is absent is empty. */
  static void csv(OutputStream out, BarsReply reply) throws IOException {
    lines(out, reply, new JsonBytes(BLOCK + LONGEST_LINE).raw(HEADER), BarsLines::values);
  }

  private static void lines(OutputStream out, BarsReply reply, JsonBytes block, Line line)
      throws IOException {
    IsoTime time = new IsoTime(reply.query().zone());
    Bars bars = reply.bars();
    int size = bars.size();
    for (int i = 0; i < size; i++) {
      line.write(block, time, bars, reply.query().descending() ? size - 1 - i : i);
      block.raw('\n');
      if (block.size() >= BLOCK) {
        block.drainTo(out);
      }
    }
    block.drainTo(out);
  }

  private static void values(JsonBytes line, IsoTime time, Bars bars, int i) {
    time.write(line, bars.start(i));
    value(line, bars.open(i));
    value(line, bars.high(i));
    value(line, bars.low(i));
    value(line, bars.close(i));
    value(line, bars.volume(i));
    value(line, bars.vwap(i));
    line.raw(',');
    if (bars.transactions(i) >= 0) {
      line.integer(bars.transactions(i));
    }
  }

  private static void value(JsonBytes line, double number) {
    line.raw(',');
    if (Double.isFinite(number)) {
      line.number(number);
    }
  }
}
