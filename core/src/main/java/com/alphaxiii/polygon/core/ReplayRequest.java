package com.alphaxiii.polygon.core;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What is to be played and how.
 *
 * @param start where the tape begins
 * @param end where it ends, exclusive
 * @param speed how many seconds of the tape pass in one; infinite = as fast as it is taken
 * @param origin what is played
 * @param paused whether it waits for {@link Replay#resume} in the beginning
 */
public record ReplayRequest(
    Instant start, Instant end, double speed, Origin origin, boolean paused) {
  /** The slowest speed. */
  public static final double SLOWEST = 0.1;

  /** The fastest speed that still keeps time. */
  public static final double FASTEST = 1_000;

  private static final int MOST_DAYS = 31;

  /** Of {@code 2013-10-08}. */
  private static final int DAY_LENGTH = 10;

  /** Where events come from. */
  public enum Origin {
    /** Days of ticks and bars that are cached whole; where there is none, a recording. */
    ANY,
    /** Recordings alone. */
    RECORDED
  }

  /** Throws {@link PolygonException.InvalidRequest} for what cannot be played. */
  public ReplayRequest {
    checkSpeed(speed);
    if (!start.isBefore(end)) {
      throw new PolygonException.InvalidRequest(
          "until",
          end.toString(),
          "the replay ends (%s) before it starts (%s)".formatted(end, start));
    }
    if (start.plusSeconds(MOST_DAYS * 86_400L).isBefore(end)) {
      throw new PolygonException.InvalidRequest(
          "until", end.toString(), "a replay is of at most %d days".formatted(MOST_DAYS));
    }
  }

  /** Throws {@link PolygonException.InvalidRequest} when there is no such speed. */
  public static void checkSpeed(double speed) {
    if (speed != Double.POSITIVE_INFINITY && !(speed >= SLOWEST && speed <= FASTEST)) {
      throw new PolygonException.InvalidRequest(
          "speed",
          Double.toString(speed),
          "%s is not a speed: use a number from 0.1 to 1000, or max".formatted(speed));
    }
  }

  /**
   * Reads what users write.
   *
   * @param start {@code 2013-10-08T09:30} in New York, an instant such as {@code
   *     2013-10-08T13:30:00Z}, or a day
   * @param until in the same forms; null for the end of the day in New York
   * @param speed as {@link #speed(String)} reads it; null for 1
   * @param origin {@code recorded}, or {@code any} as null
   * @param paused {@code true} or {@code false}, as null
   */
  public static ReplayRequest parse(
      String start,
      @Nullable String until,
      @Nullable String speed,
      @Nullable String origin,
      @Nullable String paused) {
    Instant from = time("replay", start);
    LocalDate day = LocalDate.ofInstant(from, Market.NEW_YORK);
    Instant end =
        until == null
            ? day.plusDays(1).atStartOfDay(Market.NEW_YORK).toInstant()
            : time("until", until);
    return new ReplayRequest(
        from,
        end,
        speed == null ? 1 : speed(speed),
        switch (origin == null ? "any" : origin) {
          case "any" -> Origin.ANY;
          case "recorded" -> Origin.RECORDED;
          default ->
              throw new PolygonException.InvalidRequest(
                  "source", origin, "source is any or recorded, not '%s'".formatted(origin));
        },
        switch (paused == null ? "false" : paused) {
          case "false" -> false;
          case "true" -> true;
          default ->
              throw new PolygonException.InvalidRequest(
                  "paused", paused, "paused is true or false, not '%s'".formatted(paused));
        });
  }

  /** Reads {@code 10}, {@code 0.5} or {@code max}. */
  public static double speed(String text) {
    if (text.equals("max")) {
      return Double.POSITIVE_INFINITY;
    }
    double speed;
    try {
      speed = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      speed = Double.NaN;
    }
    if (!(speed >= SLOWEST && speed <= FASTEST)) {
      throw new PolygonException.InvalidRequest(
          "speed",
          text,
          "'%s' is not a speed: use a number from 0.1 to 1000, or max".formatted(text));
    }
    return speed;
  }

  /**
   * Reads a time.
   *
   * @param field under which it is complained of
   */
  public static Instant time(String field, String text) {
    try {
      boolean day = text.length() <= DAY_LENGTH;
      // A plus sign in an address stands for a blank.
      String spelled = day ? text + "T00:00" : text.replace(' ', '+');
      boolean zoned =
          !day && (spelled.endsWith("Z") || spelled.substring(DAY_LENGTH).matches(".*[+-].*"));
      Instant time =
          zoned
              ? OffsetDateTime.parse(spelled).toInstant()
              : LocalDateTime.parse(spelled).atZone(Market.NEW_YORK).toInstant();
      if (time.isBefore(Instant.parse("1900-01-01T00:00:00Z"))
          || time.isAfter(Instant.parse("2200-01-01T00:00:00Z"))) {
        throw new DateTimeException("out of all bounds");
      }
      return time;
    } catch (DateTimeException e) {
      throw wrong(field, text);
    }
  }

  private static PolygonException.InvalidRequest wrong(String field, String text) {
    return new PolygonException.InvalidRequest(
        field,
        text,
        "'%s' is not a time: write 2013-10-08T09:30 for New York, or an instant such as 2013-10-08T13:30:00Z"
            .formatted(text));
  }
}
