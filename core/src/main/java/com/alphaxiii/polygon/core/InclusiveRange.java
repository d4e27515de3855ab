package com.alphaxiii.polygon.core;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * A range as people write it, both ends included: dates mean whole days of the exchange ({@code
 * 2024-01-31}), times mean instants ({@code 2024-01-26T14:30:00Z}; without an offset, exchange
 * time).
 */
public final class InclusiveRange {
  private InclusiveRange() {}

  /**
   * Reads two ends.
   *
   * @param zone the exchange's zone, which days and times without an offset are in
   * @throws PolygonException.InvalidRequest naming {@code start_date} or {@code end_date}
   */
  public static TimeRange parse(String start, String end, ZoneId zone) {
    Instant first = start(start, zone);
    Instant after = end(end, zone);
    if (!after.isAfter(first)) {
      throw new PolygonException.InvalidRequest(
          "end_date", end, "the range ends (%s) before it starts (%s)".formatted(end, start));
    }
    return TimeRange.of(first, after);
  }

  /** The first instant of a range that starts so. */
  public static Instant start(String text, ZoneId zone) {
    return bound("start_date", text, zone, false);
  }

  /**
   * The first instant after a range that ends so: midnight after a date, a millisecond after a
   * time.
   */
  public static Instant end(String text, ZoneId zone) {
    return bound("end_date", text, zone, true);
  }

  private static Instant bound(String field, String text, ZoneId zone, boolean end) {
    String trimmed = text.strip();
    try {
      if (trimmed.indexOf('T') < 0 && trimmed.indexOf(' ') < 0) {
        LocalDate day = LocalDate.parse(trimmed);
        return (end ? day.plusDays(1) : day).atStartOfDay(zone).toInstant();
      }
      Instant at = instant(trimmed.replace(' ', 'T'), zone);
      return end ? at.plusMillis(1) : at;
    } catch (DateTimeException e) {
      throw new PolygonException.InvalidRequest(
          field,
          text,
          "'%s' is neither a date such as 2024-01-31 nor a time such as 2024-01-31T14:30:00Z"
              .formatted(text));
    }
  }

  private static Instant instant(String text, ZoneId zone) {
    boolean offset = text.endsWith("Z") || text.indexOf('+') > 0 || text.lastIndexOf('-') > 9;
    return offset
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).atZone(zone).toInstant();
  }
}
