package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Timespan;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * The windows of one request: consecutive groups of {@code multiplier} units, the first of which
 * begins where the request's start falls, snapped down to its unit. Units follow the wall clock of
 * the market's zone, so windows of hours stay at the same time of day over a clock change. Clocks
 * change by whole hours, so windows that an hour holds a whole number of are at the same instants
 * whatever the clock says.
 */
final class Windows {
  private static final long HOUR = Timespan.HOUR.millis();

  private final Timespan timespan;
  private final int multiplier;
  private final ZoneId zone;
  private final LocalDateTime origin;
  private final long start;

  /** Length of the windows that no change of the clock moves, in ms; 0 for others. */
  private final long steady;

  Windows(Timespan timespan, int multiplier, ZoneId zone, long from) {
    this.timespan = timespan;
    this.multiplier = multiplier;
    this.zone = zone;
    this.origin = unitStart(local(from));
    this.start = millis(origin);
    long length =
        timespan == Timespan.SECOND || timespan == Timespan.MINUTE ? timespan.millis() : 0;
    this.steady = length > 0 && HOUR % (length * multiplier) == 0 ? length * multiplier : 0;
  }

  /** Start of the first window, Unix ms. */
  long start() {
    return start;
  }

  /** Start of the window that holds an instant not before the first, Unix ms. */
  long startOf(long at) {
    if (steady > 0) {
      return at - Math.floorMod(at - start, steady);
    }
    return millis(startOfIndex(index(at)));
  }

  /** End (exclusive) of the window that holds an instant not before the first, Unix ms. */
  long endOf(long at) {
    if (steady > 0) {
      return startOf(at) + steady;
    }
    return millis(startOfIndex(index(at) + 1));
  }

  private long index(long at) {
    LocalDateTime time = local(at);
    return Math.floorDiv(unit().between(origin, unitStart(time)), units());
  }

  private LocalDateTime startOfIndex(long index) {
    return origin.plus(Math.multiplyExact(index, units()), unit());
  }

  private ChronoUnit unit() {
    return switch (timespan) {
      case SECOND -> ChronoUnit.SECONDS;
      case MINUTE -> ChronoUnit.MINUTES;
      case HOUR -> ChronoUnit.HOURS;
      case DAY -> ChronoUnit.DAYS;
      case WEEK -> ChronoUnit.WEEKS;
      case MONTH, QUARTER -> ChronoUnit.MONTHS;
      case YEAR -> ChronoUnit.YEARS;
    };
  }

  private long units() {
    return timespan == Timespan.QUARTER ? 3L * multiplier : multiplier;
  }

  private LocalDateTime unitStart(LocalDateTime time) {
    LocalDate day = time.toLocalDate();
    return switch (timespan) {
      case SECOND -> time.truncatedTo(ChronoUnit.SECONDS);
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> day.atStartOfDay();
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY)).atStartOfDay();
      case MONTH -> day.withDayOfMonth(1).atStartOfDay();
      case QUARTER ->
          day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % 3).atStartOfDay();
      case YEAR -> day.withDayOfYear(1).atStartOfDay();
    };
  }

  private LocalDateTime local(long at) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(at), zone);
  }

  private long millis(LocalDateTime local) {
    return local.atZone(zone).toInstant().toEpochMilli();
  }
}
