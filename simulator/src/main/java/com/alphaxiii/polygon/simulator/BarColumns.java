package com.alphaxiii.polygon.simulator;

import java.util.Arrays;

/**
 * Bars as growing columns. Starts are Unix ms; an absent vwap is NaN, an absent transaction count
 * -1.
 */
final class BarColumns {
  static final BarColumns EMPTY = new BarColumns(0);

  long[] start;
  double[] open;
  double[] high;
  double[] low;
  double[] close;
  double[] volume;
  double[] vwap;
  long[] count;
  private int size;

  BarColumns() {
    this(64);
  }

  BarColumns(int capacity) {
    start = new long[capacity];
    open = new double[capacity];
    high = new double[capacity];
    low = new double[capacity];
    close = new double[capacity];
    volume = new double[capacity];
    vwap = new double[capacity];
    count = new long[capacity];
  }

  int size() {
    return size;
  }

  void add(
      long at, double o, double h, double l, double c, double v, double vw, long transactions) {
    if (size == start.length) {
      grow(Math.max(64, size * 2));
    }
    start[size] = at;
    open[size] = o;
    high[size] = h;
    low[size] = l;
    close[size] = c;
    volume[size] = v;
    vwap[size] = vw;
    count[size] = transactions;
    size++;
  }

  void add(BarColumns from, int i) {
    add(
        from.start[i],
        from.open[i],
        from.high[i],
        from.low[i],
        from.close[i],
        from.volume[i],
        from.vwap[i],
        from.count[i]);
  }

  /** Index of the first bar that starts at or after an instant; {@code size()} when none does. */
  int indexOf(long at) {
    int found = Arrays.binarySearch(start, 0, size, at);
    return found >= 0 ? found : -found - 1;
  }

  /** The bars with {@code from <= start < to}, copied. */
  BarColumns between(long from, long to) {
    int first = indexOf(from);
    int end = Math.max(first, indexOf(to));
    if (first == 0 && end == size) {
      return this;
    }
    var part = new BarColumns(end - first);
    for (int i = first; i < end; i++) {
      part.add(this, i);
    }
    return part;
  }

  /** The same bars in no more room than they need. */
  BarColumns trimmed() {
    var all = new BarColumns(size);
    for (int i = 0; i < size; i++) {
      all.add(this, i);
    }
    return all;
  }

  private void grow(int capacity) {
    start = Arrays.copyOf(start, capacity);
    open = Arrays.copyOf(open, capacity);
    high = Arrays.copyOf(high, capacity);
    low = Arrays.copyOf(low, capacity);
    close = Arrays.copyOf(close, capacity);
    volume = Arrays.copyOf(volume, capacity);
    vwap = Arrays.copyOf(vwap, capacity);
    count = Arrays.copyOf(count, capacity);
  }
}
