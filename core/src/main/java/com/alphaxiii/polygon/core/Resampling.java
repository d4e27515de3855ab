package com.alphaxiii.polygon.core;

import java.time.ZoneId;
import java.util.Arrays;

/** Makes longer bars of shorter ones, one column after the other. */
final class Resampling {
  private final Bars bars;

  /** Index of the first row of each window, and behind them the end of all rows. */
  private final int[] first;

  /** Start of each window, Unix ms. */
  private final long[] start;

  private Resampling(Bars bars, int[] first, long[] start) {
    this.bars = bars;
    this.first = first;
    this.start = start;
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
    return Bars.ofColumns(
        bars.ticker(),
        target,
        windows.start,
        windows.opens(),
        windows.highs(),
        windows.lows(),
        windows.closes(),
        windows.volumes(),
        windows.vwaps(),
        windows.transactions());
  }

  private static Resampling of(Bars bars, Timeframe target) {
    ZoneId zone = bars.ticker().market().zone();
    int end = bars.offset + bars.size;
    int[] first = new int[16];
    long[] start = new long[16];
    int count = 0;
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
      long windowStart = target.windowStart(at, zone);
      windowEnd = target.windowEnd(windowStart, zone);
      start[count] = windowStart;
      first[count] = row;
      count++;
    }
    first = Arrays.copyOf(first, count + 1);
    first[count] = end;
    return new Resampling(bars, first, Arrays.copyOf(start, count));
  }

  private double[] opens() {
    double[] opens = new double[start.length];
    for (int i = 0; i < opens.length; i++) {
      opens[i] = bars.open[first[i]];
    }
    return opens;
  }

  private double[] closes() {
    double[] closes = new double[start.length];
    for (int i = 0; i < closes.length; i++) {
      closes[i] = bars.close[first[i + 1] - 1];
    }
    return closes;
  }

  private double[] highs() {
    double[] highs = new double[start.length];
    for (int i = 0; i < highs.length; i++) {
      double highest = bars.high[first[i]];
      for (int row = first[i] + 1; row < first[i + 1]; row++) {
        highest = Math.max(highest, bars.high[row]);
      }
      highs[i] = highest;
    }
    return highs;
  }

  private double[] lows() {
    double[] lows = new double[start.length];
    for (int i = 0; i < lows.length; i++) {
      double lowest = bars.low[first[i]];
      for (int row = first[i] + 1; row < first[i + 1]; row++) {
        lowest = Math.min(lowest, bars.low[row]);
      }
      lows[i] = lowest;
    }
    return lows;
  }

  private double[] volumes() {
    double[] volumes = new double[start.length];
    for (int i = 0; i < volumes.length; i++) {
      double sum = bars.volume[first[i]];
      for (int row = first[i] + 1; row < first[i + 1]; row++) {
        sum += bars.volume[row];
      }
      volumes[i] = sum;
    }
    return volumes;
  }

  private double[] vwaps() {
    double[] vwaps = new double[start.length];
    for (int i = 0; i < vwaps.length; i++) {
      vwaps[i] = vwap(first[i], first[i + 1]);
    }
    return vwaps;
  }

  private double vwap(int from, int to) {
    double turnover = 0;
    double weight = 0;
    double only = Double.NaN;
    for (int row = from; row < to; row++) {
      double size = bars.volume[row];
      if (size > 0) {
        double price = bars.vwap[row];
        // The average of a single row is that row's, to the bit.
        only = weight == 0 ? price : Double.NaN;
        turnover += price * size;
        weight += size;
      }
    }
    return Double.isNaN(only) ? turnover / weight : only;
  }

  private long[] transactions() {
    long[] counts = new long[start.length];
    for (int i = 0; i < counts.length; i++) {
      long sum = 0;
      boolean absent = false;
      for (int row = first[i]; row < first[i + 1]; row++) {
        sum += bars.transactions[row];
        absent |= bars.transactions[row] < 0;
      }
      counts[i] = absent ? -1 : sum;
    }
    return counts;
  }
}
