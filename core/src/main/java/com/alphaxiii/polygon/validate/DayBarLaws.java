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

  /** What the bars of a regular session make together, and which rows decide it. */
  private static final class Session {
    private int first = -1;
    private int last = -1;
    private int high = -1;
    private int low = -1;
    private double regular;
    private double all;

    private Session(Series series, SeriesDay day) {
      for (int i = day.from(); i < day.to(); i++) {
        double volume = series.volume[i] > 0 ? series.volume[i] : 0;
        all += volume;
        if (i >= day.regularFrom() && i < day.regularTo() && series.priced[i]) {
          regular += volume;
          first = first < 0 ? i : first;
          last = i;
          high = high < 0 || series.high[i] > series.high[high] ? i : high;
          low = low < 0 || series.low[i] < series.low[low] ? i : low;
        }
      }
    }
  }

  private static void compare(Series series, SeriesDay day, Bars days, int row, Findings findings) {
    Session session = new Session(series, day);
    if (session.first < 0) {
      return;
    }
    String[] names = {"open", "high", "low", "close"};
    int[] rows = {session.first, session.high, session.low, session.last};
    double[] here = {
      series.open[session.first],
      series.high[session.high],
      series.low[session.low],
      series.close[session.last]
    };
    double[] there = {days.open(row), days.high(row), days.low(row), days.close(row)};
    int differing = 0;
    for (int k = 0; k < here.length; k++) {
      differing += differs(here[k], there[k]) ? 1 : 0;
    }
    for (int k = 0; k < here.length; k++) {
      if (differs(here[k], there[k])) {
        String evidence =
            "the bars of %s of %s have %s %s in the regular session, the day bar %s"
                .formatted(series.ticker, day.date(), names[k], here[k], there[k]);
        // One bar decides a price, unless nothing fits.
        boolean all = differing == here.length;
        findings.rows(
            Law.PRICE_DIFFERS_FROM_DAY,
            all ? day.from() : rows[k],
            all ? day.to() : rows[k] + 1,
            evidence);
      }
    }
    double told = days.volume(row);
    if (told < session.regular / VOLUME_TOLERANCE || told > session.all * VOLUME_TOLERANCE) {
      findings.between(
          Law.VOLUME_DIFFERS_FROM_DAY,
          series.start[day.from()],
          series.end(day.to() - 1),
          "the bars of %s have volume %s (%s in the regular session), the day bar %s"
              .formatted(
                  day.date(),
                  Robust.text(session.all),
                  Robust.text(session.regular),
                  Robust.text(told)));
    }
  }

  private static boolean differs(double here, double there) {
    return Math.abs(here - there) > PRICE_TOLERANCE * there;
  }
}
