package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Market;

/**
 * How likely a ticker does not trade on so many days in a row, judged by on how many days it trades
 * and how much on the days around. Options, warrants and thin stocks do not trade every day.
 */
final class DayProfile {
  /** Fewer days than these say little about how often a ticker trades. */
  static final int FEWEST_DAYS = 5;

  private static final int NEIGHBOURS = 10;
  private static final double DEVIATIONS_TO_TENTH = 1.2816;

  /** Days differ more than windows do: quiet ones have a third of the usual. */
  private static final double LEAST_SPREAD = 1;

  private static final double ROUND_LOT = 100;

  /** Below this share of days with bars, silence is usual. */
  private static final double ALWAYS = 0.95;

  /** Below this share, busy days say nothing about the others. */
  private static final double OFTEN = 0.5;

  private final Series series;
  private final int dueDays;

  /**
   * @param dueDays trading days that are looked at, with bars or without
   */
  DayProfile(Series series, int dueDays) {
    this.series = series;
    this.dueDays = dueDays;
  }

  /** Whether there are days enough to tell how often the ticker trades. */
  boolean isKnown() {
    return series.days.size() >= FEWEST_DAYS;
  }

  /**
   * From above, how likely that a run of days is empty by itself.
   *
   * @param next the first day of the series after the run; may be one after the last
   * @param length how many trading days
   */
  double chance(int next, int length) {
    if (series.market == Market.INDICES) {
      // Reckoned on every trading day, whoever trades.
      return 0;
    }
    int present = series.days.size();
    if (present == 0) {
      return 1;
    }
    double share = Math.min(1, (double) present / Math.max(1, dueDays - length));
    double absent = 1 - (present + 1.0) / Math.max(present + 2.0, dueDays - length + 2.0);
    // Quiet stretches come in clusters, so each day weighs half, and of thin tickers a third.
    double byPresence = Math.pow(absent, (length + 1) / 2.0);
    if (share < ALWAYS) {
      byPresence = Math.max(byPresence, Math.pow(1 - share, length / 3.0));
    }
    return share < OFTEN
        ? byPresence
        : Math.min(byPresence, Math.pow(lone(next), (length + 1) / 2.0));
  }

  /** How likely a single day has not one trade. */
  private double lone(int next) {
    int from = Math.max(0, next - NEIGHBOURS);
    int to = Math.min(series.days.size(), next + NEIGHBOURS);
    boolean trades = true;
    for (int d = from; d < to; d++) {
      trades &= transactions(series.days.get(d)) > 0;
    }
    if (!trades && series.market != Market.STOCKS) {
      return 1;
    }
    double[] counts = new double[2 * NEIGHBOURS];
    int size = 0;
    for (int d = from; d < to; d++) {
      SeriesDay day = series.days.get(d);
      double count = trades ? transactions(day) : volume(day) / ROUND_LOT;
      if (count >= 1 && count < Double.POSITIVE_INFINITY) {
        counts[size++] = Math.log(count);
      }
    }
    if (size == 0) {
      return 1;
    }
    double median = Robust.median(counts, size);
    double tenth = Robust.quantile(counts, size, 0.1);
    double spread = Math.max(LEAST_SPREAD, (median - tenth) / DEVIATIONS_TO_TENTH);
    return Robust.lowerTail(median / spread);
  }

  /** How many trades a day has; 0 where a bar does not tell. */
  private double transactions(SeriesDay day) {
    double sum = 0;
    for (int i = day.from(); i < day.to(); i++) {
      if (series.transactions[i] < 0) {
        return 0;
      }
      sum += series.transactions[i];
    }
    return sum;
  }

  private double volume(SeriesDay day) {
    double sum = 0;
    for (int i = day.from(); i < day.to(); i++) {
      sum += series.volume[i] > 0 ? series.volume[i] : 0;
    }
    return sum;
  }
}
