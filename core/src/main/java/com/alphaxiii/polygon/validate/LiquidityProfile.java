package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Market;

/**
 * How likely a ticker does not trade in so many windows in a row, judged by how regularly and how
 * much it trades around them. Counts of trades of active windows are about lognormal, so it is
 * looked how far below them a single trade lies.
 */
final class LiquidityProfile {
  private static final int NEIGHBOURS = 30;
  private static final int FEWEST_NEIGHBOURS = 10;

  /** Deviations of the normal distribution between its median and its lowest tenth. */
  private static final double DEVIATIONS_TO_TENTH = 1.2816;

  private static final double LEAST_SPREAD = 0.4;

  /** The smallest lot that makes a bar. */
  private static final double ROUND_LOT = 100;

  /** Below this share of windows with bars, silence is usual. */
  private static final double ALWAYS = 0.95;

  private final Series series;
  private final double seriesWindows;
  private final double seriesBars;
  private final double[] counts = new double[2 * NEIGHBOURS];

  LiquidityProfile(Series series, double windows) {
    this.series = series;
    this.seriesWindows = windows;
    this.seriesBars = series.days.stream().mapToInt(SeriesDay::regularSize).sum();
  }

  /**
   * From above, how likely that a run of windows of a day is empty by itself.
   *
   * @param before the last row before the run; may lie before the day's regular rows
   * @param length how many windows
   * @param dayWindows how many windows the regular session of the day has
   */
  double chance(SeriesDay day, int before, int length, int dayWindows) {
    double dayShare = (double) day.regularSize() / Math.max(1, dayWindows - length);
    double absent = 1 - (seriesBars + 1) / Math.max(seriesBars + 2, seriesWindows - length + 2);
    // Quiet stretches come in clusters, so each window weighs half.
    double byPresence = Math.pow(absent, (length + 1) / 2.0);
    if (dayShare < ALWAYS) {
      double dayAbsent = Math.min(1, 1 - dayShare);
      return length < NEIGHBOURS ? 1 : Math.max(byPresence, Math.pow(dayAbsent, length / 3.0));
    }
    double bySize = Math.pow(lone(day, before), (length + 1) / 2.0);
    return Math.min(byPresence, bySize);
  }

  /** How likely a single window has not one trade. */
  private double lone(SeriesDay day, int before) {
    int from = Math.max(day.regularFrom(), before - NEIGHBOURS + 1);
    int to = Math.min(day.regularTo(), before + NEIGHBOURS + 1);
    int size = 0;
    boolean trades = true;
    for (int i = from; i < to; i++) {
      trades &= series.transactions[i] >= 0;
    }
    if (!trades && series.market != Market.STOCKS) {
      return 1;
    }
    for (int i = from; i < to; i++) {
      double count = trades ? series.transactions[i] : series.volume[i];
      if (count > 0 && count < Double.POSITIVE_INFINITY) {
        counts[size++] = count;
      }
    }
    if (size < FEWEST_NEIGHBOURS) {
      return 1;
    }
    double median = Math.log(Robust.median(counts, size));
    double tenth = Math.log(Robust.quantile(counts, size, 0.1));
    double spread = Math.max(LEAST_SPREAD, (median - tenth) / DEVIATIONS_TO_TENTH);
    double single = trades ? 0 : Math.log(ROUND_LOT);
    return Robust.lowerTail((median - single) / spread);
  }
}
