package com.alphaxiii.polygon.core;

import java.util.Arrays;

/**
 * Collects the columns of {@link Bars}; rows must come in order of time, which {@link #build}
 * checks.
 */
public final class BarsBuilder {
  private static final int FIRST_CAPACITY = 64;

  /** Room of less than this part of all is left as it is. */
  private static final int WORTH_TRIMMING = 8;

  private final Ticker ticker;
  private final Timeframe timeframe;
  private int size;
  private long[] start = new long[FIRST_CAPACITY];
  private double[] open = new double[FIRST_CAPACITY];
  private double[] high = new double[FIRST_CAPACITY];
  private double[] low = new double[FIRST_CAPACITY];
  private double[] close = new double[FIRST_CAPACITY];
  private double[] volume = new double[FIRST_CAPACITY];
  private double[] vwap = new double[FIRST_CAPACITY];
  private long[] transactions = new long[FIRST_CAPACITY];

  BarsBuilder(Ticker ticker, Timeframe timeframe) {
    this.ticker = ticker;
    this.timeframe = timeframe;
  }

  public int size() {
    return size;
  }

  /** Makes room for so many rows in all. */
  public void reserve(int rows) {
    if (rows > start.length) {
      grow(rows);
    }
  }

  /**
   * Adds a row.
   *
   * @param startMillis start of the window, Unix ms
   * @param averaged vwap, NaN when absent
   * @param counted transactions, -1 when absent
   */
  public BarsBuilder add(
      long startMillis,
      double opened,
      double highest,
      double lowest,
      double closed,
      double traded,
      double averaged,
      long counted) {
    if (size == start.length) {
      grow(Math.max(FIRST_CAPACITY, size * 2));
    }
    start[size] = startMillis;
    open[size] = opened;
    high[size] = highest;
    low[size] = lowest;
    close[size] = closed;
    volume[size] = traded;
    vwap[size] = averaged;
    transactions[size] = counted;
    size++;
    return this;
  }

  /** Adds all rows of others. */
  public BarsBuilder addAll(Bars bars) {
    bars.copyInto(this);
    return this;
  }

  /**
   * Adds the first rows of columns, which are copied: as {@link #add} for each.
   *
   * @param count how many rows of each
   */
  public BarsBuilder addColumns(
      long[] starts,
      double[] opens,
      double[] highs,
      double[] lows,
      double[] closes,
      double[] volumes,
      double[] vwaps,
      long[] counts,
      int count) {
    addColumns(starts, opens, highs, lows, closes, volumes, vwaps, counts, 0, count);
    return this;
  }

  void addColumns(
      long[] starts,
      double[] opens,
      double[] highs,
      double[] lows,
      double[] closes,
      double[] volumes,
      double[] vwaps,
      long[] counts,
      int from,
      int count) {
    if (size + count > start.length) {
      grow(Math.max(size + count, size * 2));
    }
    System.arraycopy(starts, from, start, size, count);
    System.arraycopy(opens, from, open, size, count);
    System.arraycopy(highs, from, high, size, count);
    System.arraycopy(lows, from, low, size, count);
    System.arraycopy(closes, from, close, size, count);
    System.arraycopy(volumes, from, volume, size, count);
    System.arraycopy(vwaps, from, vwap, size, count);
    System.arraycopy(counts, from, transactions, size, count);
    size += count;
  }

  private void grow(int capacity) {
    start = Arrays.copyOf(start, capacity);
    open = Arrays.copyOf(open, capacity);
    high = Arrays.copyOf(high, capacity);
    low = Arrays.copyOf(low, capacity);
    close = Arrays.copyOf(close, capacity);
    volume = Arrays.copyOf(volume, capacity);
    vwap = Arrays.copyOf(vwap, capacity);
    transactions = Arrays.copyOf(transactions, capacity);
  }

  /**
   * The bars so far; throws {@link PolygonException.BadData} when two rows are not in order.
   * Nothing is copied when the room is nearly used up.
   */
  public Bars build() {
    if (size < start.length - start.length / WORTH_TRIMMING) {
      grow(size);
    }
    // Shared from here on: what is added later lies behind the rows of these bars.
    return new Bars(
        ticker, timeframe, start, open, high, low, close, volume, vwap, transactions, size);
  }
}
