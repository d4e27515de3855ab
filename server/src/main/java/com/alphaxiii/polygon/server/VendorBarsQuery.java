package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Timespan;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The vendor's question for bars, as far as the cache can answer it.
 *
 * @param base the stored bars of which a page is made
 * @param range the days or instants asked for, widened to whole windows
 * @param from as in the path
 * @param to as in the path
 * @param limit how many stored bars a page may take
 */
record VendorBarsQuery(
    Ticker ticker,
    Timeframe timeframe,
    Timeframe base,
    TimeRange range,
    String from,
    String to,
    boolean adjusted,
    boolean descending,
    int limit) {
  private static final Set<String> KNOWN = Set.of("adjusted", "sort", "limit");
  private static final int USUAL_LIMIT = 5_000;
  private static final int MOST = 50_000;

  /**
   * Understands a request; empty when anything about it is unusual, wrong or not made of stored
   * bars, which the vendor itself then answers.
   *
   * @param path the variables of the path
   */
  static Optional<VendorBarsQuery> of(Map<String, String> path, Map<String, String> query) {
    try {
      return understood(path, query);
    } catch (PolygonException.InvalidRequest | DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<VendorBarsQuery> understood(
      Map<String, String> path, Map<String, String> query) {
    Ticker ticker = Ticker.of(path.getOrDefault("ticker", ""));
    Timespan timespan = timespan(path.getOrDefault("timespan", ""));
    Timeframe timeframe =
        new Timeframe(Integer.parseInt(path.getOrDefault("multiplier", "")), timespan);
    Optional<Timeframe> base = timeframe.base();
    String from = path.getOrDefault("from", "");
    String to = path.getOrDefault("to", "");
    ZoneId zone = ticker.market().zone();
    long start = time(from, zone, false);
    long end = time(to, zone, true);
    int limit = Integer.parseInt(query.getOrDefault("limit", Integer.toString(USUAL_LIMIT)));
    String sort = query.getOrDefault("sort", "asc");
    String adjusted = query.getOrDefault("adjusted", "true");
    if (base.isEmpty()
        || start >= end
        || limit < 1
        || limit > MOST
        || !KNOWN.containsAll(query.keySet())
        || !Set.of("asc", "desc").contains(sort)
        || !Set.of("true", "false").contains(adjusted)) {
      return Optional.empty();
    }
    TimeRange range =
        timeframe.snap(TimeRange.of(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end)), zone);
    return Optional.of(
        new VendorBarsQuery(
            ticker,
            timeframe,
            base.get(),
            range,
            from,
            to,
            adjusted.equals("true"),
            sort.equals("desc"),
            limit));
  }

  private static Timespan timespan(String word) {
    return Set.of(Timespan.values()).stream()
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
        .findAny()
        .orElseThrow(
            () -> new PolygonException.InvalidRequest("timespan", word, "no such timespan"));
  }

  /** Unix ms; the end of a range is behind the last day or millisecond named. */
  private static long time(String text, ZoneId zone, boolean end) {
    if (text.length() == 10 && text.charAt(4) == '-') {
      LocalDate day = LocalDate.parse(text);
      return (end ? day.plusDays(1) : day).atStartOfDay(zone).toInstant().toEpochMilli();
    }
    long millis = Long.parseLong(text);
    return end ? Math.addExact(millis, 1) : millis;
  }

  long windowStart(long at) {
    return timeframe.windowStart(at, ticker.market().zone());
  }

  long windowEnd(long start) {
    return timeframe.windowEnd(start, ticker.market().zone());
  }

  /** Path and query of the page after this one, whose range begins or ends so. */
  String following(long at) {
    return "/v2/aggs/ticker/%s/range/%d/%s/%s/%s?adjusted=%s&limit=%d&sort=%s"
        .formatted(
            ticker.symbol(),
            timeframe.multiplier(),
            timeframe.timespan().name().toLowerCase(Locale.ROOT),
            descending ? from : Long.toString(at),
            descending ? Long.toString(at) : to,
            adjusted,
            limit,
            descending ? "desc" : "asc");
  }
}
