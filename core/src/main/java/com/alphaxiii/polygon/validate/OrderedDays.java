package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The days of a range, kept within the years that bars can be of. */
final class OrderedDays {
  private static final LocalDate EARLIEST = LocalDate.of(1971, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(2100, 1, 1);

  private OrderedDays() {}

  static LocalDate first(TimeRange range, ZoneId zone) {
    return within(range.start(), zone);
  }

  /** The day of the last instant of the range. */
  static LocalDate last(TimeRange range, ZoneId zone) {
    return range.isEmpty()
        ? within(range.start(), zone).minusDays(1)
        : within(range.end().minusNanos(1), zone);
  }

  private static LocalDate within(Instant at, ZoneId zone) {
    if (at.isBefore(EARLIEST.atStartOfDay(zone).toInstant())) {
      return EARLIEST;
    }
    return at.isAfter(LATEST.atStartOfDay(zone).toInstant())
        ? LATEST
        : LocalDate.ofInstant(at, zone);
  }
}
