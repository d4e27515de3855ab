package com.alphaxiii.polygon.core;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The length of a bar's window: so many units. 60 seconds are kept as one minute and 60 minutes as
 * one hour, so equal windows are equal timeframes; 24 hours stay hours, since day bars follow other
 * rules.
 *
 * @param multiplier how many units, at least 1
 */
public record Timeframe(int multiplier, Timespan timespan) {
  /** The three timeframes that are stored; all others that divide evenly are made of them. */
  public static final Timeframe SECOND_1 = new Timeframe(1, Timespan.SECOND);

  public static final Timeframe MINUTE_1 = new Timeframe(1, Timespan.MINUTE);
  public static final Timeframe DAY_1 = new Timeframe(1, Timespan.DAY);

  private static final int MAX_MULTIPLIER = 100_000;
  private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,6})?\\s*([A-Za-z]+)\\s*");

  public Timeframe {
    if (multiplier < 1 || multiplier > MAX_MULTIPLIER) {
      throw new PolygonException.InvalidRequest(
          "timeframe",
          multiplier + timespan.word(),
          "the multiplier of a timeframe lies between 1 and " + MAX_MULTIPLIER);
    }
    if (timespan == Timespan.SECOND && multiplier % 60 == 0) {
      timespan = Timespan.MINUTE;
      multiplier /= 60;
    }
    if (timespan == Timespan.MINUTE && multiplier % 60 == 0) {
      timespan = Timespan.HOUR;
      multiplier /= 60;
    }
  }

  /**
   * Reads {@code 5min}, {@code 1hour}, {@code 1d}: a number (1 when left out) and a unit, which is
   * sec, min, hour, day, week, month, quarter, year or s, m, h, d, w, with or without a plural s.
   * {@code 1M} is refused, as it may mean a minute or a month.
   */
  public static Timeframe parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      Optional<Timespan> unit = unit(matcher.group(2));
      if (unit.isPresent()) {
        String number = matcher.group(1);
        return new Timeframe(number == null ? 1 : Integer.parseInt(number), unit.get());
      }
    }
    throw new PolygonException.InvalidRequest(
        "timeframe",
        text,
        "'%s' is not a timeframe: write a number and sec, min, hour, day, week, month, quarter or year, such as 5min"
            .formatted(text));
  }

  private static Optional<Timespan> unit(String word) {
    if (word.equals("M")) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        switch (word.toLowerCase(Locale.ROOT)) {
          case "s", "sec", "secs", "second", "seconds" -> Timespan.SECOND;
          case "m", "min", "mins", "minute", "minutes" -> Timespan.MINUTE;
          case "h", "hour", "hours" -> Timespan.HOUR;
          case "d", "day", "days" -> Timespan.DAY;
          case "w", "week", "weeks" -> Timespan.WEEK;
          case "month", "months" -> Timespan.MONTH;
          case "quarter", "quarters" -> Timespan.QUARTER;
          case "year", "years" -> Timespan.YEAR;
          default -> null;
        });
  }

  /**
   * The stored timeframe from which this one is made without loss: seconds, minutes and hours whose
   * windows divide the hour or the day come from second or minute bars, one day, week, month,
   * quarter or year from day bars. Empty when windows depend on where a request starts ({@code
   * 7min}, {@code 2week}): those only the vendor can answer.
   */
  public Optional<Timeframe> base() {
    return switch (timespan) {
      case SECOND -> 3_600 % multiplier == 0 ? Optional.of(SECOND_1) : Optional.empty();
      case MINUTE -> 60 % multiplier == 0 ? Optional.of(MINUTE_1) : Optional.empty();
      case HOUR -> 24 % multiplier == 0 ? Optional.of(MINUTE_1) : Optional.empty();
      case DAY, WEEK, MONTH, QUARTER, YEAR ->
          multiplier == 1 ? Optional.of(DAY_1) : Optional.empty();
    };
  }

  /**
   * True when each window of the other timeframe is made of whole windows of this one, and both are
   * made of the same base; a timeframe divides itself.
   */
  public boolean divides(Timeframe longer) {
    if (base().isEmpty() || !base().equals(longer.base())) {
      return false;
    }
    return switch (timespan) {
      case SECOND, MINUTE, HOUR -> longer.intradayMillis() % intradayMillis() == 0;
      case DAY -> true;
      case WEEK -> longer.timespan == Timespan.WEEK;
      case MONTH, QUARTER, YEAR ->
          longer.timespan != Timespan.WEEK && longer.timespan.compareTo(timespan) >= 0;
    };
  }

  /** True for the three stored timeframes. */
  public boolean isBase() {
    return equals(SECOND_1) || equals(MINUTE_1) || equals(DAY_1);
  }

  /**
   * Start of the window that holds an instant.
   *
   * @param epochMillis any instant, Unix ms
   * @param zone the market's zone
   * @return Unix ms
   * @throws PolygonException.InvalidRequest when this timeframe has no {@link #base()}: its windows
   *     depend on where a request starts
   */
  public long windowStart(long epochMillis, ZoneId zone) {
    if (base().isEmpty()) {
      throw new PolygonException.InvalidRequest(
          "timeframe",
          toString(),
          "windows of %s depend on where a request starts: ask for a timeframe that divides the hour or day evenly"
              .formatted(this));
    }
    if (timespan.isIntraday()) {
      long length = intradayMillis();
      if (length <= Timespan.HOUR.millis()) {
        // Both zones in use are whole hours away from UTC, so these windows lie on the epoch's
        // grid.
        return Math.floorDiv(epochMillis, length) * length;
      }
      ZonedDateTime local = Instant.ofEpochMilli(epochMillis).atZone(zone);
      // By the wall clock, so that windows after a clock change still begin at whole multiples.
      return startOf(local.toLocalDate(), wholeHour(local), zone);
    }
    LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(epochMillis), zone);
    return startOf(firstDay(day), 0, zone);
  }

  /**
   * End (exclusive) of the window that starts so, Unix ms. For a timeframe without a {@link
   * #base()}, so many units after the start.
   */
  public long windowEnd(long windowStart, ZoneId zone) {
    if (timespan.isIntraday()) {
      long length = intradayMillis();
      if (length <= Timespan.HOUR.millis() || base().isEmpty()) {
        return windowStart + length;
      }
      ZonedDateTime local = Instant.ofEpochMilli(windowStart).atZone(zone);
      // From the whole multiple: a window whose first hour the clocks skip starts later.
      return startOf(local.toLocalDate(), wholeHour(local) + multiplier, zone);
    }
    LocalDate first = LocalDate.ofInstant(Instant.ofEpochMilli(windowStart), zone);
    LocalDate next =
        switch (timespan) {
          case DAY -> first.plusDays(multiplier);
          case WEEK -> first.plusWeeks(multiplier);
          case MONTH -> first.plusMonths(multiplier);
          case QUARTER -> first.plusMonths(3L * multiplier);
          case YEAR -> first.plusYears(multiplier);
          default -> throw new IllegalStateException();
        };
    return startOf(next, 0, zone);
  }

  /**
   * Length of windows that lie on the epoch's grid, one after the other, in ms; 0 for those of
   * several hours and of days, which follow the wall clock.
   */
  long regularMillis() {
    return timespan.isIntraday() && intradayMillis() <= Timespan.HOUR.millis()
        ? intradayMillis()
        : 0;
  }

  private long intradayMillis() {
    return multiplier * timespan.millis();
  }

  private int wholeHour(ZonedDateTime local) {
    return local.getHour() / multiplier * multiplier;
  }

  private LocalDate firstDay(LocalDate day) {
    return switch (timespan) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
      case MONTH -> day.withDayOfMonth(1);
      case QUARTER -> day.withMonth((day.getMonthValue() - 1) / 3 * 3 + 1).withDayOfMonth(1);
      case YEAR -> day.withDayOfYear(1);
      default -> throw new IllegalStateException();
    };
  }

  private static long startOf(LocalDate day, int hour, ZoneId zone) {
    ZonedDateTime start =
        hour < 24 ? day.atTime(hour, 0).atZone(zone) : day.plusDays(1).atStartOfDay(zone);
    return start.toInstant().toEpochMilli();
  }

  /**
   * The range widened to whole windows, as the vendor snaps requests, so that edge bars are whole;
   * to whole units for a timeframe without a {@link #base()}. An empty range stays empty.
   */
  public TimeRange snap(TimeRange range, ZoneId zone) {
    if (base().isEmpty()) {
      return new Timeframe(1, timespan).snap(range, zone);
    }
    long start = windowStart(range.start().toEpochMilli(), zone);
    if (range.isEmpty()) {
      return TimeRange.of(Instant.ofEpochMilli(start), Instant.ofEpochMilli(start));
    }
    // The last instant within the range, at the millisecond in which bars are stamped.
    long last = range.end().minusNanos(1).toEpochMilli();
    return TimeRange.of(
        Instant.ofEpochMilli(start),
        Instant.ofEpochMilli(windowEnd(windowStart(last, zone), zone)));
  }

  /** Round trip of {@link #parse}: {@code 5min}, {@code 1hour}. */
  @Override
  public String toString() {
    return multiplier + timespan.word();
  }
}
