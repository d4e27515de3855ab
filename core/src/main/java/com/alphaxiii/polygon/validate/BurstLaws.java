package com.alphaxiii.polygon.validate;

import java.util.Locale;

/**
 * Windows and days with many times their usual volume. The usual volume of a window is the median
 * of the same minutes of all days, since every session has its shape, but not less than the median
 * of its own day.
 */
final class BurstLaws implements Check {
  private static final double BURST = 40;

  /** A window whose volume is this share of its day's is no matter of a busy minute. */
  private static final double LEAST_SHARE = 0.1;

  /** Auctions of the open and the close are real, and vary. */
  private static final long AUCTION_MILLIS = 2 * 60_000L;

  private static final long SLOT_MILLIS = 15 * 60_000L;
  private static final int DAYS_AROUND = 10;
  private static final int FEWEST_DAYS = 2;
  private static final double SCALE = 12;

  @Override
  public void look(Series series, Evidence evidence, Findings findings) {
    if (series.hasGrid()) {
      windows(series, findings);
    }
    if (series.isIntraday() || series.isDaily()) {
      days(series, findings);
    }
  }

  private static void windows(Series series, Findings findings) {
    double[] slots = slots(series);
    double[] volumes = new double[0];
    for (SeriesDay day : series.days) {
      if (day.regularSize() == 0) {
        continue;
      }
      if (volumes.length < day.regularSize()) {
        volumes = new double[day.regularSize()];
      }
      double total = 0;
      int size = 0;
      for (int i = day.regularFrom(); i < day.regularTo(); i++) {
        if (isCount(series.volume[i])) {
          volumes[size++] = series.volume[i];
          total += series.volume[i];
        }
      }
      double median = Robust.median(volumes, size);
      for (int i = day.regularFrom(); i < day.regularTo(); i++) {
        double volume = series.volume[i];
        if (!isCount(volume)
            || volume < BURST * median
            || volume < LEAST_SHARE * total
            || isAuction(series, day, i)) {
          continue;
        }
        double usual = Math.max(median, slots[slot(series, day, i)]);
        if (volume > BURST * usual) {
          findings.row(
              Law.VOLUME_BURSTS,
              i,
              String.format(
                  Locale.ROOT,
                  "volume %s is %.0f times the usual %s of this time of day",
                  Robust.text(volume),
                  volume / usual,
                  Robust.text(usual)));
        }
      }
    }
  }

  private static boolean isAuction(Series series, SeriesDay day, int row) {
    return series.start[row] < day.plan().open() + AUCTION_MILLIS
        || series.end(row) > day.plan().close() - AUCTION_MILLIS;
  }

  private static boolean isCount(double volume) {
    return volume >= 0 && volume < Double.POSITIVE_INFINITY;
  }

  private static int slot(Series series, SeriesDay day, int row) {
    return (int) Math.max(0, (series.start[row] - day.plan().open()) / SLOT_MILLIS);
  }

  /** Median volume of a window by quarter hours since the open, over all days. */
  private static double[] slots(Series series) {
    int slots = 0;
    for (SeriesDay day : series.days) {
      if (day.regularSize() > 0) {
        slots = Math.max(slots, slot(series, day, day.regularTo() - 1) + 1);
      }
    }
    int[] counts = new int[slots];
    for (SeriesDay day : series.days) {
      for (int i = day.regularFrom(); i < day.regularTo(); i++) {
        counts[slot(series, day, i)]++;
      }
    }
    double[][] volumes = new double[slots][];
    for (int k = 0; k < slots; k++) {
      volumes[k] = new double[counts[k]];
      counts[k] = 0;
    }
    for (SeriesDay day : series.days) {
      for (int i = day.regularFrom(); i < day.regularTo(); i++) {
        int slot = slot(series, day, i);
        if (isCount(series.volume[i])) {
          volumes[slot][counts[slot]++] = series.volume[i];
        }
      }
    }
    double[] medians = new double[slots];
    for (int k = 0; k < slots; k++) {
      medians[k] = Robust.median(volumes[k], counts[k]);
    }
    return medians;
  }

  private static void days(Series series, Findings findings) {
    int count = series.days.size();
    double[] totals = new double[count];
    for (int d = 0; d < count; d++) {
      SeriesDay day = series.days.get(d);
      for (int i = day.from(); i < day.to(); i++) {
        totals[d] += isCount(series.volume[i]) ? series.volume[i] : 0;
      }
    }
    double[] around = new double[2 * DAYS_AROUND];
    for (int d = 0; d < count; d++) {
      int size = 0;
      double least = Double.POSITIVE_INFINITY;
      double most = 0;
      for (int k = Math.max(0, d - DAYS_AROUND); k <= Math.min(count - 1, d + DAYS_AROUND); k++) {
        if (k != d && totals[k] > 0) {
          around[size++] = totals[k];
          least = Math.min(least, totals[k]);
          most = Math.max(most, totals[k]);
        }
      }
      if (size < FEWEST_DAYS || !(totals[d] > 0)) {
        continue;
      }
      double usual = Robust.median(around, size);
      // A day between the wildest of its neighbours is none of its own kind.
      boolean tooMuch = totals[d] > SCALE * usual && totals[d] > 2 * most;
      boolean tooLittle = totals[d] < usual / SCALE && totals[d] < least / 2;
      if (tooMuch || tooLittle) {
        SeriesDay day = series.days.get(d);
        findings.rows(
            Law.VOLUME_IS_SCALED,
            day.from(),
            day.to(),
            "the volume of %s is %s, the median of the days around %s"
                .formatted(day.date(), Robust.text(totals[d]), Robust.text(usual)));
      }
    }
  }
}
