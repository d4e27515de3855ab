package com.alphaxiii.polygon.core;

import java.time.ZoneId;
import java.util.Arrays;

/**
 * Makes longer bars of shorter ones. Windows are short, so that loops over the rows of one would
 * mostly begin and end: each pass is a single loop over all rows.
 */
final class Resampling {
  private final Bars bars;

  /** Index of the first row of each window, and behind them the end of all rows. */
  private final int[] first;

  /** Start of each window, Unix ms. */
  private final long[] start;

  private final double[] open;
  private final double[] high;
  private final double[] low;
  private final double[] close;
  private final double[] volume;
  private final double[] vwap;
  private final long[] transactions;

  private Resampling(Bars bars, int[] first, long[] start) {
    this.bars = bars;
    this.first = first;
    this.start = start;
    this.open = new double[start.length];
    this.high = new double[start.length];
    this.low = new double[start.length];
    this.close = new double[start.length];
    this.volume = new double[start.length];
    this.vwap = new double[start.length];
    this.transactions = new long[start.length];
  }

  static Bars resample(Bars bars, Timeframe target) {
    if (!bars.timeframe().divides(target)) {
      throw new PolygonException.InvalidRequest(
          "timeframe",
          target.toString(),
          "%s bars of %s cannot be made of %s bars: their windows do not fit"
              .formatted(target, bars.ticker(), bars.timeframe()));
    }
    Resampling windows = of(bars, target);
    windows.fillEnds();
    windows.fillExtremes();
    windows.fillVolumes();
    windows.fillTransactions();
    return Bars.ofColumns(
        bars.ticker(),
        target,
        windows.start,
        windows.open,
        windows.high,
        windows.low,
        windows.close,
        windows.volume,
        windows.vwap,
        windows.transactions);
  }

  private static Resampling of(Bars bars, Timeframe target) {
    ZoneId zone = bars.ticker().market().zone();
    long step = target.regularMillis();
    int end = bars.offset + bars.size;
    int[] first = new int[16];
    long[] start = new long[16];
    int count = 0;
    long windowStart;
    long windowEnd = Long.MIN_VALUE;
    for (int row = bars.offset; row < end; row++) {
      long at = bars.start[row];
      if (at < windowEnd) {
        continue;
      }
      if (count == start.length) {
        start = Arrays.copyOf(start, count * 2);
        first = Arrays.copyOf(first, count * 2);
      }
      if (count > 0 && at - windowEnd < step) {
        windowStart = windowEnd;
        windowEnd += step;
      } else {
        windowStart = target.windowStart(at, zone);
        windowEnd = target.windowEnd(windowStart, zone);
      }
      start[count] = windowStart;
      first[count] = row;
      count++;
    }
    first = Arrays.copyOf(first, count + 1);
    first[count] = end;
    return new Resampling(bars, first, Arrays.copyOf(start, count));
  }

  private void fillEnds() {
    for (int i = 0; i < start.length; i++) {
      open[i] = bars.open[first[i]];
      close[i] = bars.close[first[i + 1] - 1];
    }
  }

  private void fillExtremes() {
    double[] highs = bars.high;
    double[] lows = bars.low;
    double highest = 0;
    double lowest = 0;
    int window = -1;
    int next = first[0];
    int end = first[start.length];
    for (int row = next; row < end; row++) {
      if (row == next) {
        next = first[++window + 1];
        highest = highs[row];
        lowest = lows[row];
      } else {
        highest = Math.max(highest, highs[row]);
        lowest = Math.min(lowest, lows[row]);
      }
      high[window] = highest;
      low[window] = lowest;
    }
  }

  private void fillVolumes() {
    double[] volumes = bars.volume;
    double[] vwaps = bars.vwap;
    double sum = 0;
    double turnover = 0;
    double weight = 0;
    double price = Double.NaN;
    int weighed = 0;
    int window = -1;
    int next = first[0];
    int end = first[start.length];
    for (int row = next; row < end; row++) {
      double size = volumes[row];
      if (row == next) {
        next = first[++window + 1];
        sum = size;
        turnover = 0;
        weight = 0;
        weighed = 0;
      } else {
        sum += size;
      }
      if (size > 0) {
        price = vwaps[row];
        turnover += price * size;
        weight += size;
        weighed++;
      }
      if (row + 1 == next) {
        volume[window] = sum;
        // The average of a single row is that row's, to the bit.
        vwap[window] = weighed == 1 ? price : turnover / weight;
      }
    }
  }

  private void fillTransactions() {
    long[] counts = bars.transactions;
    long sum = 0;
    long least = 0;
    int window = -1;
    int next = first[0];
    int end = first[start.length];
    for (int row = next; row < end; row++) {
      if (row == next) {
        next = first[++window + 1];
        sum = 0;
        least = 0;
      }
      sum += counts[row];
      least = Math.min(least, counts[row]);
      transactions[window] = least < 0 ? -1 : sum;
    }
  }
}
