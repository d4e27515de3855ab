package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;

/**
 * Columns as somebody else made them, in any order and with any content: what {@link Bars} would
 * refuse can be checked too. The arrays are shared and not written.
 *
 * @param start window starts, Unix ms
 * @param vwap NaN where absent
 * @param transactions -1 where absent
 */
@SuppressWarnings("ArrayRecordComponent")
public record BarColumns(
    Ticker ticker,
    Timeframe timeframe,
    long[] start,
    double[] open,
    double[] high,
    double[] low,
    double[] close,
    double[] volume,
    double[] vwap,
    long[] transactions) {

  /** Columns of different lengths are {@link IllegalArgumentException}. */
  public BarColumns {
    int size = start.length;
    if (open.length != size
        || high.length != size
        || low.length != size
        || close.length != size
        || volume.length != size
        || vwap.length != size
        || transactions.length != size) {
      throw new IllegalArgumentException("columns of different lengths");
    }
  }

  /** A copy of the columns of bars. */
  public static BarColumns of(Bars bars) {
    BarColumns columns = ofSize(bars.ticker(), bars.timeframe(), bars.size());
    bars.copyTo(
        columns.start,
        columns.open,
        columns.high,
        columns.low,
        columns.close,
        columns.volume,
        columns.vwap,
        columns.transactions);
    return columns;
  }

  static BarColumns ofSize(Ticker ticker, Timeframe timeframe, int size) {
    return new BarColumns(
        ticker,
        timeframe,
        new long[size],
        new double[size],
        new double[size],
        new double[size],
        new double[size],
        new double[size],
        new double[size],
        new long[size]);
  }

  /** How many rows. */
  public int size() {
    return start.length;
  }

  /** The rows of these indexes, in that order. */
  BarColumns rows(int[] index, int count) {
    BarColumns rows = ofSize(ticker, timeframe, count);
    for (int i = 0; i < count; i++) {
      int from = index[i];
      rows.start[i] = start[from];
      rows.open[i] = open[from];
      rows.high[i] = high[from];
      rows.low[i] = low[from];
      rows.close[i] = close[from];
      rows.volume[i] = volume[from];
      rows.vwap[i] = vwap[from];
      rows.transactions[i] = transactions[from];
    }
    return rows;
  }

  /** By start, then by all other columns, so that any order of the same rows sorts alike. */
  int compare(int a, int b) {
    int order = Long.compare(start[a], start[b]);
    for (double[] column : new double[][] {open, high, low, close, volume, vwap}) {
      if (order != 0) {
        return order;
      }
      order = Double.compare(column[a], column[b]);
    }
    return order != 0 ? order : Long.compare(transactions[a], transactions[b]);
  }
}
