package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.Closeable;
import java.io.IOException;

/**
 * Row after row of a flat file with bars. Rows must belong to the file's day and have numbers where
 * numbers belong; an error names the file and the line.
 */
final class FlatRows implements Closeable {
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final long MINUTE_MILLIS = 60_000;

  private final FlatFile file;
  private final FlatLines lines;
  private final TimeRange day;
  private final boolean daily;
  private final int ticker;
  private final int open;
  private final int high;
  private final int low;
  private final int close;
  private final int volume;
  private final int windowStart;
  private final int transactions;

  private byte[] symbolBytes = new byte[0];
  private String symbol = "";
  private boolean otherSymbol;
  private long start;
  private double opened;
  private double highest;
  private double lowest;
  private double closed;
  private double traded;
  private long counted;

  private FlatRows(FlatFile file, FlatLines lines) {
    this.file = file;
    this.lines = lines;
    this.day = TimeRange.ofDays(file.day(), file.day(), file.dataset().market().zone());
    this.daily = file.dataset().timeframe().equals(Timeframe.DAY_1);
    this.ticker = lines.column("ticker");
    this.open = lines.column("open");
    this.high = lines.column("high");
    this.low = lines.column("low");
    this.close = lines.column("close");
    this.volume = lines.column("volume");
    this.windowStart = lines.column("window_start");
    this.transactions = lines.columnOrNone("transactions");
  }

  /**
   * Begins to read.
   *
   * @throws PolygonException.BadData when it is no such file
   */
  static FlatRows open(FlatFileStore.Local local) {
    FlatLines lines = FlatLines.open(local);
    try {
      return new FlatRows(local.file(), lines);
    } catch (RuntimeException e) {
      try {
        lines.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** Moves to the next row; false when there is none. */
  boolean next() {
    if (!lines.next()) {
      return false;
    }
    if (lines.isEmpty(ticker)) {
      throw lines.bad("there is no ticker");
    }
    otherSymbol = !lines.is(ticker, symbolBytes);
    if (otherSymbol) {
      symbolBytes = lines.bytes(ticker);
      symbol = lines.text(ticker);
    }
    opened = lines.number(open);
    highest = lines.number(high);
    lowest = lines.number(low);
    closed = lines.number(close);
    traded = lines.number(volume);
    counted = lines.countOrNone(transactions);
    start = start(lines.whole(windowStart));
    return true;
  }

  private long start(long nanos) {
    long millis = nanos / NANOS_PER_MILLI;
    boolean begins =
        daily
            ? millis == day.start().toEpochMilli()
            : millis % MINUTE_MILLIS == 0
                && millis >= day.start().toEpochMilli()
                && millis < day.end().toEpochMilli();
    if (nanos % NANOS_PER_MILLI != 0 || !begins) {
      throw lines.bad(
          "window_start %d begins no %s of %s"
              .formatted(nanos, daily ? "day bar" : "minute", file.day()));
    }
    return millis;
  }

  /** As spelled in the file. */
  String symbol() {
    return symbol;
  }

  /** Whether the row before had another ticker, or there was none. */
  boolean otherSymbol() {
    return otherSymbol;
  }

  /** Start of the window, Unix ms. */
  long start() {
    return start;
  }

  double opened() {
    return opened;
  }

  double highest() {
    return highest;
  }

  double lowest() {
    return lowest;
  }

  double closed() {
    return closed;
  }

  double traded() {
    return traded;
  }

  /** -1 when absent. */
  long counted() {
    return counted;
  }

  /** The error for two rows of one window. */
  PolygonException.BadData twice() {
    return lines.bad("%s has this window twice".formatted(symbol));
  }

  /** The error for a file that was sorted when it was checked. */
  PolygonException.BadData outOfOrder() {
    return lines.bad(
        "%s is out of order, which it was not when the file was checked: it was changed meanwhile"
            .formatted(symbol));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
