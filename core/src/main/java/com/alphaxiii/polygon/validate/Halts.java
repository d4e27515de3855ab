package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/** When all US stocks were halted, to the second, and the halts that evidence names. */
final class Halts {
  private static final List<TimeRange> MARKET_WIDE =
      List.of(
          // Level 1 breakers of March 2020
          halt(2020, 3, 9, "09:34:13", "09:49:13"),
          halt(2020, 3, 12, "09:35:44", "09:50:44"),
          halt(2020, 3, 16, "09:30:01", "09:45:01"),
          halt(2020, 3, 18, "12:56:17", "13:11:17"));

  private final long[] starts;
  private final long[] ends;

  private Halts(List<TimeRange> known) {
    starts = known.stream().mapToLong(halt -> Millis.of(halt.start())).toArray();
    ends = known.stream().mapToLong(halt -> Millis.of(halt.end())).toArray();
  }

  private static TimeRange halt(int year, int month, int day, String from, String to) {
    LocalDate date = LocalDate.of(year, month, day);
    return TimeRange.of(at(date, from), at(date, to));
  }

  private static Instant at(LocalDate date, String time) {
    return date.atTime(LocalTime.parse(time)).atZone(Market.NEW_YORK).toInstant();
  }

  static Halts of(Series series, Evidence evidence) {
    List<TimeRange> known = new ArrayList<>(evidence.halts());
    if (series.market == Market.STOCKS || series.market == Market.OPTIONS) {
      known.addAll(MARKET_WIDE);
    }
    return new Halts(known);
  }

  /** Whether trading stood still for a whole window, or for the part of it that matters. */
  boolean cover(long start, long end) {
    for (int i = 0; i < starts.length; i++) {
      // The windows in which it began and ended traded for a part, or not at all.
      if (start < ends[i] && end > starts[i]) {
        return true;
      }
    }
    return false;
  }
}
