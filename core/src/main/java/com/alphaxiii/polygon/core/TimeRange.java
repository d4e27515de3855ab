package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A half-open stretch of time.
 *
 * @param start first instant within
 * @param end first instant after; not before {@code start}
 */
public record TimeRange(Instant start, Instant end) {
  public TimeRange {
    if (end.isBefore(start)) {
      throw new PolygonException.InvalidRequest(
          "end", end.toString(), "the range ends (%s) before it starts (%s)".formatted(end, start));
    }
  }

  /** The range from {@code start} to just before {@code end}. */
  public static TimeRange of(Instant start, Instant end) {
    return new TimeRange(start, end);
  }

  /** Whole days of a zone, both ends included; {@code last} must not lie before {@code first}. */
  public static TimeRange ofDays(LocalDate first, LocalDate last, ZoneId zone) {
    if (last.isBefore(first)) {
      throw new PolygonException.InvalidRequest(
          "end",
          last.toString(),
          "the range ends (%s) before it starts (%s)".formatted(last, first));
    }
    return new TimeRange(
        first.atStartOfDay(zone).toInstant(), last.plusDays(1).atStartOfDay(zone).toInstant());
  }

  public boolean isEmpty() {
    return start.equals(end);
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }

  /** True when {@code other} lies wholly within this range. */
  public boolean encloses(TimeRange other) {
    return !other.start.isBefore(start) && !other.end.isAfter(end);
  }

  /** What both have in common; empty (at this range's start) when they do not meet. */
  public TimeRange intersect(TimeRange other) {
    Instant from = start.isAfter(other.start) ? start : other.start;
    Instant to = end.isBefore(other.end) ? end : other.end;
    return to.isAfter(from) ? new TimeRange(from, to) : new TimeRange(start, start);
  }

  /** The parts of this range that none of the others covers, in order; the others may overlap. */
  public List<TimeRange> minus(List<TimeRange> others) {
    List<TimeRange> rest = new ArrayList<>();
    Instant from = start;
    for (TimeRange other : union(others)) {
      if (!other.end.isAfter(from)) {
        continue;
      }
      if (!other.start.isBefore(end)) {
        break;
      }
      if (other.start.isAfter(from)) {
        rest.add(new TimeRange(from, other.start));
      }
      from = other.end;
    }
    if (from.isBefore(end)) {
      rest.add(new TimeRange(from, end));
    }
    return rest;
  }

  /**
   * The same set of instants as the fewest ranges, in order: overlapping and touching ones joined.
   */
  public static List<TimeRange> union(List<TimeRange> ranges) {
    List<TimeRange> joined = new ArrayList<>();
    for (TimeRange range :
        ranges.stream()
            .filter(r -> !r.isEmpty())
            .sorted(Comparator.comparing(TimeRange::start))
            .toList()) {
      int last = joined.size() - 1;
      if (last >= 0 && !range.start.isAfter(joined.get(last).end)) {
        TimeRange before = joined.get(last);
        Instant to = before.end.isAfter(range.end) ? before.end : range.end;
        joined.set(last, new TimeRange(before.start, to));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  /** Round trip of {@link #parse}: {@code 2024-01-02T05:00:00Z/2024-01-03T05:00:00Z}. */
  @Override
  public String toString() {
    return start + "/" + end;
  }

  /** Reads what {@link #toString} writes. */
  public static TimeRange parse(String text) {
    int slash = text.indexOf('/');
    if (slash >= 0) {
      try {
        return new TimeRange(
            Instant.parse(text.substring(0, slash)), Instant.parse(text.substring(slash + 1)));
      } catch (DateTimeParseException e) {
        // Told below, as for a missing slash.
      }
    }
    throw new PolygonException.InvalidRequest(
        "range",
        text,
        "'%s' is not a range: write two instants with a slash, such as 2024-01-02T05:00:00Z/2024-01-03T05:00:00Z"
            .formatted(text));
  }
}
