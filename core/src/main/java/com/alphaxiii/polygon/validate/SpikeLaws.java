package com.alphaxiii.polygon.validate;

import java.util.Locale;

/**
 * Prices that leave the range of the bars before and after and come back, prices that leap within a
 * session and stay, and windows with many times their usual volume. Distances are measured in
 * median ranges of the bars around, so that a wild ticker may move more than a calm one.
 */
final class SpikeLaws implements Check {
  private static final int SIDE = 3;
  private static final int NEIGHBOURS = 10;

  /** How far beyond the bars around a spike reaches, in their median ranges. */
  private static final double SPIKE_RANGES = 6;

  private static final double DAY_SPIKE_RANGES = 4;

  /** And as a part of the price, at least. */
  private static final double LEAST_SPIKE = 0.004;

  private static final double LEAST_THIN_SPIKE = 0.03;
  private static final double LEAST_DAY_SPIKE = 0.15;

  private static final double LEAP_RANGES = 25;
  private static final double LEAST_LEAP = 0.03;

  @Override
  public void look(Series series, Evidence evidence, Findings findings) {
    if (!series.isIntraday() && !series.isDaily()) {
      return;
    }
    double[] ranges = new double[2 * NEIGHBOURS + 1];
    for (SeriesDay day : series.days) {
      for (int i = day.from(); i < day.to(); i++) {
        boolean regular = i >= day.regularFrom() && i < day.regularTo();
        spike(series, i, regular, ranges, findings);
        if (regular && series.isIntraday() && i > day.regularFrom()) {
          leap(series, i, ranges, findings);
        }
      }
    }
  }

  private static void spike(Series s, int i, boolean regular, double[] ranges, Findings findings) {
    if (i == 0 || i == s.size - 1 || !s.priced[i] || !s.priced[i - 1] || !s.priced[i + 1]) {
      return;
    }
    double least =
        (s.isDaily() ? LEAST_DAY_SPIKE : regular ? LEAST_SPIKE : LEAST_THIN_SPIKE) * s.close[i];
    // Most bars end here: it costs two comparisons of neighbours.
    if (s.high[i] - Math.max(s.high[i - 1], s.high[i + 1]) < least
        && Math.min(s.low[i - 1], s.low[i + 1]) - s.low[i] < least) {
      return;
    }
    double top = 0;
    double bottom = Double.POSITIVE_INFINITY;
    for (int k = Math.max(0, i - SIDE); k <= Math.min(s.size - 1, i + SIDE); k++) {
      if (k != i && s.priced[k]) {
        top = Math.max(top, s.high[k]);
        bottom = Math.min(bottom, s.low[k]);
      }
    }
    double above = s.high[i] - top;
    double below = bottom - s.low[i];
    double bound =
        Math.max(
            least, (s.isDaily() ? DAY_SPIKE_RANGES : SPIKE_RANGES) * medianRange(s, i, ranges));
    if (Math.max(above, below) > bound) {
      findings.row(
          Law.PRICE_SPIKES,
          i,
          above > below
              ? String.format(
                  Locale.ROOT,
                  "high %s lies %.1f %% above the bars around, up to %s",
                  s.high[i],
                  100 * above / top,
                  top)
              : String.format(
                  Locale.ROOT,
                  "low %s lies %.1f %% below the bars around, down to %s",
                  s.low[i],
                  100 * below / bottom,
                  bottom));
    }
  }

  private static void leap(Series s, int i, double[] ranges, Findings findings) {
    if (!s.priced[i] || !s.priced[i - 1] || s.start[i] - s.start[i - 1] > s.windowMillis()) {
      return;
    }
    double leap = Math.abs(s.open[i] - s.close[i - 1]);
    if (leap > LEAST_LEAP * s.close[i - 1] && leap > LEAP_RANGES * medianRange(s, i, ranges)) {
      findings.row(
          Law.PRICE_LEAPS,
          i,
          String.format(
              Locale.ROOT,
              "open %s after close %s, %.0f times the usual range of a bar",
              s.open[i],
              s.close[i - 1],
              leap / medianRange(s, i, ranges)));
    }
  }

  /** The median range of the bars around a row, without itself; a ten thousandth at least. */
  private static double medianRange(Series s, int i, double[] ranges) {
    int size = 0;
    for (int k = Math.max(0, i - NEIGHBOURS); k <= Math.min(s.size - 1, i + NEIGHBOURS); k++) {
      if (k != i && s.priced[k]) {
        ranges[size++] = s.high[k] - s.low[k];
      }
    }
    return Math.max(Robust.median(ranges, size), 1e-4 * s.close[i]);
  }
}
