package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;

/**
 * Shorter bars against the day bar of the same ticker, which follows other rules: its open and
 * close are those of the regular session's auctions, its high and low of trades that count at the
 * end of the day, its volume that of all hours. So both agree about, and not exactly.
 */
final class DayBarLaws implements Check {
  private static final double PRICE_TOLERANCE = 0.005;

  /** Late and corrected prints count in the one and not in the other. */
  private static final double VOLUME_TOLERANCE = 1.35;

  @Override
  public void look(Series series, Evidence evidence, Findings findings) {
    Bars days = evidence.days();
    if (days == null || !series.isIntraday() || series.market != Market.STOCKS) {
      return;
    }
    for (SeriesDay day : series.days) {
      int row = days.indexAtOrAfter(day.plan().midnight());
      boolean found = row < days.size() && days.start(row) < day.plan().nextMidnight();
      if (found && day.regularSize() > 0) {
        compare(series, day, days, row, findings);
      }
    }
  }

  private static void compare(Series series, SeriesDay day, Bars days, int row, Findings findings) {
    double high = 0;
    double low = Double.POSITIVE_INFINITY;
    double regular = 0;
    double all = 0;
    int first = -1;
    int last = -1;
    for (int i = day.from(); i < day.to(); i++) {
      double volume = series.volume[i] > 0 ? series.volume[i] : 0;
      all += volume;
      if (i >= day.regularFrom() && i < day.regularTo() && series.priced[i]) {
        regular += volume;
        high = Math.max(high, series.high[i]);
        low = Math.min(low, series.low[i]);
        first = first < 0 ? i : first;
        last = i;
      }
    }
    if (first < 0) {
      return;
    }
    price(series, day, "open", series.open[first], days.open(row), findings);
    price(series, day, "high", high, days.high(row), findings);
    price(series, day, "low", low, days.low(row), findings);
    price(series, day, "close", series.close[last], days.close(row), findings);
    double told = days.volume(row);
    if (told < regular / VOLUME_TOLERANCE || told > all * VOLUME_TOLERANCE) {
      findings.rows(
          Law.VOLUME_DIFFERS_FROM_DAY,
          day.from(),
          day.to(),
          "the bars of %s have volume %s (%s in the regular session), the day bar %s"
              .formatted(day.date(), all, regular, told));
    }
  }

  private static void price(
      Series series, SeriesDay day, String what, double here, double there, Findings findings) {
    if (Math.abs(here - there) > PRICE_TOLERANCE * there) {
      findings.rows(
          Law.PRICE_DIFFERS_FROM_DAY,
          day.from(),
          day.to(),
          "the bars of %s of %s have %s %s in the regular session, the day bar %s"
              .formatted(series.ticker, day.date(), what, here, there));
    }
  }
}
