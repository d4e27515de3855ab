package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of one request's missing history to ask for at once. The vendor counts 50,000 base bars
 * to a page, and further pages come one after the other, while separate requests may run side by
 * side. So stretches are cut where parts end, each to fit a page as far as is known:
 *
 * <ul>
 *   <li>At first a single stretch that is sure to fit: two months of minutes of stocks, which have
 *       960 a day at most, one month of markets that never close; and a month of seconds.
 *   <li>Then stretches that fit by the densest answer so far. Where bars are so thin that this
 *       would be more than four times the stretch before, growth goes step by step, one request at
 *       a time: long quiet times cost few requests, and what is dense after all is soon noticed.
 * </ul>
 *
 * <p>Safe for use by many threads.
 */
final class Strides {
  /** Bars of a page, less a tenth, as no month is like the other. */
  private static final double PAGE_BARS = 45_000;

  private static final int GROWTH = 4;
  private static final int MOST_MONTHS = 192;
  private static final double MONTH_DAYS = 30.4;

  private final Series series;
  private final int least;
  private int months;

  /** Bars a month of the densest answer; below zero before the first. */
  private double densest = -1;

  Strides(Series series) {
    this.series = series;
    this.least =
        series.base().equals(Timeframe.MINUTE_1) && series.ticker().market() == Market.STOCKS
            ? 2
            : 1;
    this.months = least;
  }

  /** Tells what came for a stretch. */
  synchronized void learn(TimeRange stretch, int bars) {
    double days = Duration.between(stretch.start(), stretch.end()).toHours() / 24.0;
    densest = Math.max(densest, bars * MONTH_DAYS / Math.max(1, days));
  }

  /** What to ask for next, side by side, of all that is missing: at least one stretch. */
  synchronized List<TimeRange> next(List<TimeRange> missing) {
    if (!series.isIntraday()) {
      return missing;
    }
    boolean known = false;
    if (densest >= 0) {
      double fitting = Math.max(least, Math.floor(PAGE_BARS / Math.max(densest, 1)));
      int bold = Math.min(MOST_MONTHS, months * GROWTH);
      known = fitting <= bold;
      months = known ? (int) fitting : bold;
    }
    List<TimeRange> stretches = new ArrayList<>();
    for (TimeRange range : missing) {
      for (Instant from = range.start(); from.isBefore(range.end()); ) {
        YearMonth month = YearMonth.from(from.atZone(Market.NEW_YORK));
        Instant to = Coverage.earliest(range.end(), PartKey.start(month.plusMonths(months)));
        stretches.add(TimeRange.of(from, to));
        from = to;
      }
    }
    return known ? stretches : stretches.subList(0, 1);
  }
}
