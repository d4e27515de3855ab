package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Trade;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a ticker had trades that make bars, by trades or second bars of a stretch of time: whatever
 * it does not tell of within that stretch did not happen.
 */
public final class Activity {
  /**
   * Conditions of stock trades that do not move open and close. Form-T trades, code 12, do make
   * bars outside the regular session.
   */
  private static final Conditions MAKE_NO_BAR =
      Conditions.of(2, 5, 7, 10, 13, 15, 16, 20, 21, 22, 29, 32, 33, 37, 52, 53);

  private final GapEvidence kind;
  private final TimeRange covered;
  private final long[] times;

  private Activity(GapEvidence kind, TimeRange covered, long[] times) {
    this.kind = kind;
    this.covered = covered;
    this.times = times;
  }

  /**
   * By the trades of a stretch, in any order; those that were cancelled or whose conditions make no
   * bar do not count. Conditions are those of stocks; of other markets every trade makes a bar.
   */
  public static Activity ofTrades(TimeRange covered, Iterable<Trade> trades) {
    long[] times = new long[1_024];
    int size = 0;
    for (Trade trade : trades) {
      if (trade.correction() == 0 && makesBar(trade)) {
        if (size == times.length) {
          times = Arrays.copyOf(times, size * 2);
        }
        times[size++] = Math.floorDiv(time(trade), 1_000_000L);
      }
    }
    times = Arrays.copyOf(times, size);
    Arrays.sort(times);
    return new Activity(GapEvidence.TRADES, covered, times);
  }

  /** Where there is no SIP, a trade counts when its exchange stamped it. */
  private static long time(Trade trade) {
    return hasSip(trade) || trade.participantTime() == 0
        ? trade.sipTime()
        : trade.participantTime();
  }

  private static boolean hasSip(Trade trade) {
    Market market = trade.ticker().market();
    return market == Market.STOCKS || market == Market.OPTIONS;
  }

  private static boolean makesBar(Trade trade) {
    if (trade.ticker().market() != Market.STOCKS) {
      // The same numbers mean other things: of crypto, 2 is who bought.
      return true;
    }
    Conditions conditions = trade.conditions();
    for (int i = 0; i < conditions.size(); i++) {
      if (MAKE_NO_BAR.contains(conditions.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** By the second bars of a stretch. */
  public static Activity ofSeconds(TimeRange covered, Bars seconds) {
    long[] times = new long[seconds.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = seconds.start(i);
    }
    return new Activity(GapEvidence.SECONDS, covered, times);
  }

  /** The first of these that tells of a whole window (Unix ms), or null. */
  static @Nullable Activity of(List<Activity> all, long start, long end) {
    for (Activity each : all) {
      if (Millis.of(each.covered.start()) <= start && Millis.of(each.covered.end()) >= end) {
        return each;
      }
    }
    return null;
  }

  GapEvidence kind() {
    return kind;
  }

  /** How many trades or second bars a window holds (Unix ms, half-open). */
  int count(long start, long end) {
    return at(end) - at(start);
  }

  private int at(long time) {
    int found = Arrays.binarySearch(times, time);
    if (found < 0) {
      return -found - 1;
    }
    while (found > 0 && times[found - 1] == time) {
      found--;
    }
    return found;
  }
}
