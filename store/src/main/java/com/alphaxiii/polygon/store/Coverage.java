package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to ask the vendor for.
 *
 * <ul>
 *   <li>Bars that may still change are never stored; {@link Tails} remembers them for seconds.
 *   <li>Second and minute bars are asked for in whole New York days, since one request brings a day
 *       as easily as a minute.
 *   <li>Stocks have no bars on days on which the market stays closed all day. Such days are cut
 *       from both ends of what is missing, and asked for only between trading days, where a gap
 *       would cost a request. The calendar is believed from 2001 on, where it knows the special
 *       days.
 * </ul>
 *
 * <p>{@link Strides} cuts what is long.
 */
final class Coverage {
  private static final LocalDate CALENDAR_KNOWN = LocalDate.of(2001, 1, 1);

  private final MarketCalendar calendar;

  Coverage(MarketCalendar calendar) {
    this.calendar = calendar;
  }

  /** The end of the last window of a series that no longer changes. */
  Instant settled(Series series, Instant now) {
    long until = calendar.settledUntil(now).toEpochMilli();
    return Instant.ofEpochMilli(series.base().windowStart(until, series.zone()));
  }

  /** The part of a range that can be stored, in whole days. */
  TimeRange storable(Series series, TimeRange range, Instant settled) {
    Instant start = latest(range.start(), PartKey.EARLIEST);
    Instant end = earliest(range.end(), settled);
    if (!start.isBefore(end)) {
      return TimeRange.of(start, start);
    }
    if (!series.isIntraday()) {
      return TimeRange.of(start, end);
    }
    TimeRange days = TimeRange.ofDays(day(start), day(end.minusMillis(1)), Market.NEW_YORK);
    return TimeRange.of(days.start(), earliest(days.end(), settled));
  }

  /** What is missing and may hold bars, in order. */
  List<TimeRange> toFetch(Series series, TimeRange wanted, List<TimeRange> covered) {
    List<TimeRange> missing = wanted.minus(covered);
    if (series.ticker().market() != Market.STOCKS) {
      return missing;
    }
    List<TimeRange> open = new ArrayList<>();
    for (TimeRange range : missing) {
      withoutClosedEnds(range).ifPresent(open::add);
    }
    return open;
  }

  private Optional<TimeRange> withoutClosedEnds(TimeRange range) {
    LocalDate first = day(range.start());
    LocalDate last = day(range.end().minusMillis(1));
    while (!first.isAfter(last) && isClosed(first)) {
      first = first.plusDays(1);
    }
    while (first.isBefore(last) && isClosed(last)) {
      last = last.minusDays(1);
    }
    if (first.isAfter(last)) {
      return Optional.empty();
    }
    return Optional.of(TimeRange.ofDays(first, last, Market.NEW_YORK).intersect(range));
  }

  private boolean isClosed(LocalDate day) {
    return !day.isBefore(CALENDAR_KNOWN) && !calendar.isTradingDay(day);
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, Market.NEW_YORK);
  }

  static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
