package com.alphaxiii.polygon.core;

import com.alphaxiii.polygon.columnar.Cells;
import com.alphaxiii.polygon.columnar.Column;
import com.alphaxiii.polygon.columnar.Column.Type;
import com.alphaxiii.polygon.columnar.Table;
import com.alphaxiii.polygon.columnar.Validity;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Bars as a table: {@code timestamp} (start of the window, ms), {@code open}, {@code high}, {@code
 * low}, {@code close}, {@code volume}, and {@code vwap} and {@code transactions}, which may be
 * absent.
 */
public final class BarTable implements Table {
  private static final int BATCH_ROWS = 65_536;

  private final Bars bars;
  private final ZoneId zone;
  private final boolean descending;

  private BarTable(Bars bars, ZoneId zone, boolean descending) {
    this.bars = bars;
    this.zone = zone;
    this.descending = descending;
  }

  /** The bars in order of time. */
  public static BarTable ascending(Bars bars, ZoneId zone) {
    return new BarTable(bars, zone, false);
  }

  /** The bars from the last to the first. */
  public static BarTable descending(Bars bars, ZoneId zone) {
    return new BarTable(bars, zone, true);
  }

  @Override
  public List<Column> columns() {
    return List.of(
        Column.time("timestamp", Type.MILLIS, false, zone),
        Column.required("open", Type.FLOAT64),
        Column.required("high", Type.FLOAT64),
        Column.required("low", Type.FLOAT64),
        Column.required("close", Type.FLOAT64),
        Column.required("volume", Type.FLOAT64),
        Column.optional("vwap", Type.FLOAT64),
        Column.optional("transactions", Type.INT64));
  }

  @Override
  public Iterator<Batch> batches() {
    int size = bars.size();
    return IntStream.iterate(0, from -> from < size, from -> from + BATCH_ROWS)
        .mapToObj(from -> batch(from, Math.min(size, from + BATCH_ROWS)))
        .iterator();
  }

  private Batch batch(int from, int to) {
    Bars rows =
        descending ? bars.slice(bars.size() - to, bars.size() - from) : bars.slice(from, to);
    int first = descending ? rows.offset + rows.size - 1 : rows.offset;
    int step = descending ? -1 : 1;
    return new Batch(
        rows.size,
        List.of(
            longs(rows.start, rows, Validity.ALL),
            doubles(rows.open, rows, Validity.ALL),
            doubles(rows.high, rows, Validity.ALL),
            doubles(rows.low, rows, Validity.ALL),
            doubles(rows.close, rows, Validity.ALL),
            doubles(rows.volume, rows, Validity.ALL),
            doubles(
                rows.vwap,
                rows,
                Validity.of(rows.size, row -> !Double.isNaN(rows.vwap[first + step * row]))),
            longs(
                rows.transactions,
                rows,
                Validity.of(rows.size, row -> rows.transactions[first + step * row] >= 0))));
  }

  private Cells longs(long[] column, Bars rows, Validity valid) {
    if (!descending) {
      return new Cells.Longs(column, rows.offset, valid);
    }
    long[] turned = new long[rows.size];
    for (int i = 0; i < rows.size; i++) {
      turned[i] = column[rows.offset + rows.size - 1 - i];
    }
    return new Cells.Longs(turned, 0, valid);
  }

  private Cells doubles(double[] column, Bars rows, Validity valid) {
    if (!descending) {
      return new Cells.Doubles(column, rows.offset, valid);
    }
    double[] turned = new double[rows.size];
    for (int i = 0; i < rows.size; i++) {
      turned[i] = column[rows.offset + rows.size - 1 - i];
    }
    return new Cells.Doubles(turned, 0, valid);
  }
}
