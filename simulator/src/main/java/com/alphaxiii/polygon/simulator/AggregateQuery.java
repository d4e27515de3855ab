package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Timespan;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A request for bars, understood.
 *
 * @param from first instant asked for, Unix ms, before snapping
 * @param to last instant asked for, Unix ms, inclusive, before snapping
 * @param fromText as in the path, for the next page's address
 * @param toText as in the path
 */
record AggregateQuery(
    String symbol,
    int multiplier,
    Timespan timespan,
    long from,
    long to,
    String fromText,
    String toText,
    boolean adjusted,
    boolean descending,
    int limit) {

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern MILLIS = Pattern.compile("-?\\d{1,15}");

  /** Reads the five path parameters ticker, multiplier, timespan, from and to, and the query. */
  static AggregateQuery of(Call first) {
    Call call = first.resumed();
    String symbol = call.path().get(0);
    ZoneId zone = zone(symbol);
    String fromText = call.path().get(3);
    String toText = call.path().get(4);
    long from = time(fromText, "from", zone, 0);
    long to = time(toText, "to", zone, 1);
    if (from > to) {
      throw ApiError.badRequest("The parameter 'to' cannot be a time that occurs before 'from'");
    }
    return new AggregateQuery(
        symbol,
        multiplier(call.path().get(1)),
        timespan(call.path().get(2)),
        from,
        to,
        fromText,
        toText,
        call.flag("adjusted", true),
        call.descending("sort", false),
        call.limit(5_000, 50_000));
  }

  static ZoneId zone(String symbol) {
    return Route.marketOf(symbol).zone();
  }

  /** A day given for the end means its last millisecond. */
  static long time(String text, String name, ZoneId zone, int plusDays) {
    if (DATE.matcher(text).matches()) {
      try {
        return LocalDate.parse(text)
                .plusDays(plusDays)
                .atStartOfDay(zone)
                .toInstant()
                .toEpochMilli()
            - plusDays;
      } catch (DateTimeException e) {
        throw unparsable(name);
      }
    }
    if (MILLIS.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    throw unparsable(name);
  }

  private static ApiError unparsable(String name) {
    return ApiError.badRequest(
        "Could not parse the time parameter: '%s'. Use YYYY-MM-DD or Unix MS Timestamps"
            .formatted(name));
  }

  private static int multiplier(String text) {
    try {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= 1_000_000) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw ApiError.badRequest("The path parameter 'multiplier' must be a positive integer");
  }

  static Timespan timespan(String text) {
    for (Timespan timespan : Timespan.values()) {
      if (timespan.name().toLowerCase(Locale.ROOT).equals(text)) {
        return timespan;
      }
    }
    throw ApiError.badRequest(
        "The path parameter 'timespan' is not supported: '%s'".formatted(text));
  }

  /** The day asked for first, in the market's zone. */
  LocalDate firstDay() {
    return LocalDate.ofInstant(Instant.ofEpochMilli(from), zone(symbol));
  }

  /** The day asked for last. */
  LocalDate lastDay() {
    return LocalDate.ofInstant(Instant.ofEpochMilli(to), zone(symbol));
  }

  Base base() {
    return Base.of(timespan);
  }

  /** The address of the page after this one, where {@code at} replaces the moving end. */
  String nextUrl(Call call, long at) {
    return call.nextUrl(
        descending ? path(fromText, Long.toString(at)) : path(Long.toString(at), toText),
        Map.of(
            "adjusted",
            Boolean.toString(adjusted),
            "limit",
            Integer.toString(limit),
            "sort",
            descending ? "desc" : "asc"));
  }

  /** The path of a query for other times. */
  String path(String from, String to) {
    return "/v2/aggs/ticker/%s/range/%d/%s/%s/%s"
        .formatted(symbol, multiplier, timespan.name().toLowerCase(Locale.ROOT), from, to);
  }
}
