package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Split;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Leaps of prices overnight against the tables of splits and dividends. */
final class SplitLaws implements Check {
  private static final double[] RATIOS = {
    1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 80, 100
  };

  /** Distance of a leap from a ratio, as a logarithm: the move of an ordinary night. */
  private static final double NEAR = 0.05;

  /** A leap within this of a split's ratio is the split, whatever else happened that night. */
  private static final double SAME = 0.35;

  /** A crash moves more money than a split, which changes the number of shares alone. */
  private static final double MOST_MONEY = 2.5;

  private static final double LARGE_DIVIDEND = 0.04;
  private static final double LEAST_DROP = 0.25;
  private static final int DAYS_AROUND = 10;

  @Override
  public void look(Series series, Evidence evidence, Findings findings) {
    if (series.market != Market.STOCKS || !(series.isIntraday() || series.isDaily())) {
      return;
    }
    DayLevels levels = series.levels();
    for (int d = 1; d < series.days.size(); d++) {
      double leap = levels.last[d - 1] / levels.first[d];
      if (!(leap > 0) || Double.isInfinite(leap)) {
        continue;
      }
      LocalDate before = series.days.get(d - 1).date();
      SeriesDay day = series.days.get(d);
      Split split = between(evidence.splits(), before, day.date());
      if (split != null && split.to() != split.from()) {
        known(day, split, leap, evidence.adjustmentAt(split.executionDate()), findings);
      } else if (split == null) {
        unknown(series, evidence, levels, d, leap, findings);
      }
      if (split == null) {
        dividend(levels, d, before, day, evidence, findings);
      }
    }
  }

  private static @Nullable Split between(
      @Nullable List<Split> splits, LocalDate before, LocalDate day) {
    if (splits == null) {
      return null;
    }
    Split found = null;
    for (Split split : splits) {
      if (split.executionDate().isAfter(before) && !split.executionDate().isAfter(day)) {
        found = split;
      }
    }
    return found;
  }

  private static void known(
      SeriesDay day, Split split, double leap, Adjustment adjustment, Findings findings) {
    double ratio = split.to() / split.from();
    double expected = Math.log(ratio);
    if (Math.abs(expected) < SAME) {
      return;
    }
    double toRatio = Math.abs(Math.log(leap) - expected);
    double toNone = Math.abs(Math.log(leap));
    boolean seen = toRatio < toNone;
    if (adjustment == Adjustment.NONE && !seen) {
      findings.rows(
          Law.SPLIT_IS_NOT_SEEN,
          day.from(),
          day.from() + 1,
          String.format(
              Locale.ROOT,
              "a split of %s for %s on %s, but prices went from 1 to %.3f",
              split.to(),
              split.from(),
              split.executionDate(),
              1 / leap));
    } else if (adjustment != Adjustment.NONE && seen) {
      findings.rows(
          Law.SPLIT_IS_NOT_APPLIED,
          day.from(),
          day.from() + 1,
          String.format(
              Locale.ROOT,
              "adjusted prices went from 1 to %.3f at the split of %s for %s on %s",
              1 / leap,
              split.to(),
              split.from(),
              split.executionDate()));
    }
  }

  private static void unknown(
      Series series, Evidence evidence, DayLevels levels, int d, double leap, Findings findings) {
    double nearest = nearest(leap);
    if (nearest == 0
        || levels.money[d] > MOST_MONEY * usualMoney(levels, d)
        || returns(levels, d)) {
      return;
    }
    SeriesDay day = series.days.get(d);
    String ratio = nearest > 1 ? "%s for 1".formatted(text(nearest)) : "1 for " + text(1 / nearest);
    findings.rows(
        Law.SPLIT_IS_MISSING,
        evidence.splits() == null ? Severity.WARNING : Severity.ERROR,
        day.from(),
        day.from() + 1,
        "%s: from %s to %s overnight, as by a split of %s; %s"
            .formatted(
                day.date(),
                levels.last[d - 1],
                levels.first[d],
                ratio,
                evidence.splits() == null ? "the splits are not known" : "the table has none"));
  }

  private static String text(double ratio) {
    return ratio == Math.rint(ratio) ? String.valueOf((long) ratio) : String.valueOf(ratio);
  }

  private static double nearest(double leap) {
    double found = 0;
    double distance = NEAR;
    for (double ratio : RATIOS) {
      double forward = Math.abs(Math.log(leap / ratio));
      double reverse = Math.abs(Math.log(leap * ratio));
      if (Math.min(forward, reverse) < distance) {
        distance = Math.min(forward, reverse);
        found = forward < reverse ? ratio : 1 / ratio;
      }
    }
    return found;
  }

  /** Whether the day after is back where the day before was: then the day is wrong, no split. */
  private static boolean returns(DayLevels levels, int d) {
    return d + 1 < levels.first.length
        && Math.abs(Math.log(levels.first[d + 1] / levels.last[d - 1])) < SAME / 2;
  }

  private static double usualMoney(DayLevels levels, int d) {
    double[] around = new double[2 * DAYS_AROUND];
    int size = 0;
    for (int k = Math.max(0, d - DAYS_AROUND);
        k <= Math.min(levels.money.length - 1, d + DAYS_AROUND) && size < around.length;
        k++) {
      if (k != d) {
        around[size++] = levels.money[k];
      }
    }
    return Robust.median(around, size);
  }

  private static void dividend(
      DayLevels levels,
      int d,
      LocalDate before,
      SeriesDay day,
      Evidence evidence,
      Findings findings) {
    for (Dividend dividend : evidence.dividends()) {
      if (!dividend.exDate().isAfter(before)
          || dividend.exDate().isAfter(day.date())
          || evidence.adjustmentAt(dividend.exDate()) == Adjustment.TOTAL) {
        continue;
      }
      double price = levels.last[d - 1];
      double drop = price - levels.first[d];
      if (dividend.cash() > LARGE_DIVIDEND * price
          && dividend.cash() < price
          && drop < LEAST_DROP * dividend.cash()) {
        findings.rows(
            Law.DIVIDEND_IS_NOT_SEEN,
            day.from(),
            day.from() + 1,
            "%s %s a share were paid on %s, but prices went from %s to %s"
                .formatted(
                    dividend.cash(),
                    dividend.currency(),
                    dividend.exDate(),
                    price,
                    levels.first[d]));
      }
    }
  }
}
