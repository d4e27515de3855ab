package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Timespan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that laws look at: ascending, unique, at plausible times, cut into days. The arrays are
 * read only.
 */
@SuppressWarnings("MutablePublicArray")
final class Series {
  final Ticker ticker;
  final Timeframe timeframe;
  final Market market;
  final ZoneId zone;
  final int size;
  final long[] start;
  final double[] open;
  final double[] high;
  final double[] low;
  final double[] close;
  final double[] volume;
  final double[] vwap;
  final long[] transactions;
  final List<SeriesDay> days;

  /** Whether the prices of a row are finite and positive; other rows are left out of statistics. */
  final boolean[] priced;

  private @Nullable DayLevels levels;

  Series(BarColumns rows) {
    ticker = rows.ticker();
    timeframe = rows.timeframe();
    market = ticker.market();
    zone = market.zone();
    size = rows.size();
    start = rows.start();
    open = rows.open();
    high = rows.high();
    low = rows.low();
    close = rows.close();
    volume = rows.volume();
    vwap = rows.vwap();
    transactions = rows.transactions();
    priced = new boolean[size];
    for (int i = 0; i < size; i++) {
      priced[i] = isPrice(open[i]) && isPrice(high[i]) && isPrice(low[i]) && isPrice(close[i]);
    }
    days = cut();
  }

  /** At which prices the days lie, reckoned when first asked for. */
  DayLevels levels() {
    DayLevels known = levels;
    if (known == null) {
      known = new DayLevels(this);
      levels = known;
    }
    return known;
  }

  static boolean isPrice(double number) {
    return number > 0 && number < Double.POSITIVE_INFINITY;
  }

  /** True for seconds to hours, whose windows lie within a day. */
  boolean isIntraday() {
    return timeframe.timespan().isIntraday();
  }

  /** True for bars of one day. */
  boolean isDaily() {
    return timeframe.equals(Timeframe.DAY_1);
  }

  /** Length of an intraday window, ms. */
  long windowMillis() {
    return timeframe.multiplier() * timeframe.timespan().millis();
  }

  /** Whether windows lie on a grid within the hour, so that it is known which there are. */
  boolean hasGrid() {
    return isIntraday() && timeframe.base().isPresent() && windowMillis() <= Timespan.HOUR.millis();
  }

  /** End of the window of a row, Unix ms. */
  long end(int row) {
    return timeframe.windowEnd(start[row], zone);
  }

  private List<SeriesDay> cut() {
    List<SeriesDay> cut = new ArrayList<>();
    int from = 0;
    while (from < size) {
      LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(start[from]), zone);
      SessionPlan plan = SessionPlan.of(market, date);
      int to = firstAtOrAfter(plan.nextMidnight(), from);
      int regularFrom = from;
      int regularTo = to;
      if (isIntraday()) {
        regularFrom = firstAtOrAfter(plan.open() - windowMillis() + 1, from);
        regularFrom = Math.min(regularFrom, to);
        regularTo = Math.max(regularFrom, Math.min(to, firstAtOrAfter(plan.close(), from)));
        if (plan.open() == plan.close()) {
          regularTo = regularFrom;
        }
      }
      cut.add(new SeriesDay(date, plan, from, to, regularFrom, regularTo));
      from = to;
    }
    return List.copyOf(cut);
  }

  int firstAtOrAfter(long time, int from) {
    int found = Arrays.binarySearch(start, from, size, time);
    return found < 0 ? -found - 1 : found;
  }
}
