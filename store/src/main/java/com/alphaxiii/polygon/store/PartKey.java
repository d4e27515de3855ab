package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * One file of a series: a New York month of minute or second bars, {@code 2014-06}, or all day
 * bars, {@code all}.
 *
 * @param name the file's name without its ending
 */
record PartKey(Series series, String name) {
  static final String WHOLE = "all";

  /** Before this nothing can have been recorded; also keeps months four digits of year long. */
  static final Instant EARLIEST =
      LocalDate.of(1900, 1, 1).atStartOfDay(Market.NEW_YORK).toInstant();

  private static final Instant LATEST =
      LocalDate.of(9999, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();

  /** The parts that hold a range, in order of time. */
  static List<PartKey> of(Series series, TimeRange range) {
    if (range.isEmpty()) {
      return List.of();
    }
    if (!series.isIntraday()) {
      return List.of(new PartKey(series, WHOLE));
    }
    List<PartKey> parts = new ArrayList<>();
    YearMonth last = month(range.end().minusMillis(1));
    for (YearMonth month = month(range.start());
        !month.isAfter(last);
        month = month.plusMonths(1)) {
      parts.add(new PartKey(series, month.toString()));
    }
    return parts;
  }

  private static YearMonth month(Instant instant) {
    return YearMonth.from(instant.atZone(Market.NEW_YORK));
  }

  /** The starts of bars that belong here. */
  TimeRange range() {
    if (!series.isIntraday()) {
      return TimeRange.of(EARLIEST, LATEST);
    }
    YearMonth month = YearMonth.parse(name);
    return TimeRange.of(start(month), start(month.plusMonths(1)));
  }

  /** Midnight in New York that begins a month. */
  static Instant start(YearMonth month) {
    return month.atDay(1).atStartOfDay(Market.NEW_YORK).toInstant();
  }

  @Override
  public String toString() {
    return series + " " + name;
  }
}
