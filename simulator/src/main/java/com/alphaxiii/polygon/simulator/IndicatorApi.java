package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Timespan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The endpoints of indicators, each computed from the very bars that its {@code underlying.url}
 * gives. Means that remember depend on where their series begins: with days of stocks that is the
 * beginning of all, with shorter bars some way before the first value that can be asked for.
 */
final class IndicatorApi {
  private static final String AS_OF = "as_of_ms";
  private static final int MOST_WINDOW = 1_000;

  /** Their days are made of far more ticks than those of stocks. */
  private static final Duration OTHER_MARKETS = Duration.ofDays(400);

  private final Aggregates aggregates;
  private final InstantSource clock;

  IndicatorApi(Aggregates aggregates, InstantSource clock) {
    this.aggregates = aggregates;
    this.clock = clock;
  }

  List<Route> routes() {
    return Stream.of("sma", "ema", "rsi", "macd")
        .map(
            name ->
                new Route(
                    "/v1/indicators/" + name + "/{ticker}",
                    Family.AGGREGATES,
                    call -> answer(call, name)))
        .toList();
  }

  /** One row for each bar that has a value. */
  private record Point(int bar, Row row) {}

  private byte[] answer(Call first, String name) {
    Call call = first.resumed();
    Instant asOf = call.asOf(AS_OF, clock);
    boolean descending = call.descending("order", true);
    var query = query(call, asOf);
    BarColumns bars = aggregates.page(query).bars();
    List<Point> points = points(call, name, bars, query.symbol(), asOf);
    if (descending) {
      points = points.reversed();
    }
    int from = Math.min(call.offset(), points.size());
    int to = Math.min(from + call.limit(10, 5_000), points.size());
    List<Point> page = points.subList(from, to);
    var underlying = new Row();
    if (call.flag("expand_underlying", false)) {
      underlying.put("aggregates", underlying(bars, page, reach(call, name), descending));
    }
    underlying.put("url", url(call, query));
    var answer =
        new Row()
            .put(
                "results",
                new Row()
                    .put("underlying", underlying)
                    .put("values", page.isEmpty() ? null : page.stream().map(Point::row).toList()))
            .put("status", call.access().status(Route.marketOf(query.symbol())))
            .put("request_id", call.requestId());
    if (to < points.size()) {
      Map<String, String> state = call.stateWith("offset", Integer.toString(to));
      state.put(AS_OF, Long.toString(asOf.toEpochMilli()));
      String path = call.fill("/v1/indicators/" + name + "/{ticker}");
      answer.put("next_url", call.nextUrl(path, state));
    }
    return answer.bytes();
  }

  private List<Point> points(Call call, String name, BarColumns bars, String symbol, Instant asOf) {
    double[] series = series(call, bars);
    boolean macd = name.equals("macd");
    double[] values =
        switch (name) {
          case "sma" -> Indicators.simple(series, window(call, "window", 50));
          case "ema" -> Indicators.exponential(series, window(call, "window", 50));
          case "rsi" -> Indicators.relativeStrength(series, window(call, "window", 14));
          default ->
              Indicators.divergence(
                  series, window(call, "short_window", 12), window(call, "long_window", 26));
        };
    double[] signal =
        macd ? Indicators.exponential(values, window(call, "signal_window", 9)) : values;
    var range = new Range(call, AggregateQuery.zone(symbol), asOf);
    var points = new ArrayList<Point>();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(signal[i]) && range.holds(bars.start[i])) {
        Row row = new Row().put("timestamp", bars.start[i]).put("value", values[i]);
        if (macd) {
          row.put("signal", signal[i]).put("histogram", values[i] - signal[i]);
        }
        points.add(new Point(i, row));
      }
    }
    return points;
  }

  private static double[] series(Call call, BarColumns bars) {
    double[] all =
        switch (call.find("series_type").orElse("close")) {
          case "open" -> bars.open;
          case "high" -> bars.high;
          case "low" -> bars.low;
          case "close" -> bars.close;
          default ->
              throw ApiError.badRequest(
                  "The parameter 'series_type' must be one of open, high, low, close");
        };
    return Arrays.copyOf(all, bars.size());
  }

  private static int window(Call call, String name, int byDefault) {
    String text = call.find(name).orElse(Integer.toString(byDefault));
    if (!Filter.isWhole(text, MOST_WINDOW)) {
      throw ApiError.badRequest(
          "The parameter '%s' must be a positive integer up to %d".formatted(name, MOST_WINDOW));
    }
    return Integer.parseInt(text);
  }

  /** How many bars before a value had a part in it, as far as they are shown. */
  private static int reach(Call call, String name) {
    return switch (name) {
      case "macd" -> window(call, "long_window", 26) + window(call, "signal_window", 9) - 2;
      case "rsi" -> window(call, "window", 14);
      default -> window(call, "window", 50) - 1;
    };
  }

  private static List<Row> underlying(
      BarColumns bars, List<Point> page, int reach, boolean descending) {
    if (page.isEmpty()) {
      return List.of();
    }
    int one = page.getFirst().bar();
    int other = page.getLast().bar();
    var rows = new ArrayList<Row>();
    for (int i = Math.max(0, Math.min(one, other) - reach); i <= Math.max(one, other); i++) {
      rows.add(
          new Row()
              .put("v", bars.volume[i])
              .put("vw", bars.vwap[i])
              .put("o", bars.open[i])
              .put("c", bars.close[i])
              .put("h", bars.high[i])
              .put("l", bars.low[i])
              .put("t", bars.start[i])
              .put("n", bars.count[i] < 0 ? null : bars.count[i]));
    }
    return descending ? rows.reversed() : rows;
  }

  /** The bars of the whole series, in one piece, as far as the plan reaches. */
  private AggregateQuery query(Call call, Instant asOf) {
    String symbol = call.path().getFirst();
    Timespan timespan = AggregateQuery.timespan(call.find("timespan").orElse("day"));
    var range = new Range(call, AggregateQuery.zone(symbol), asOf);
    long start =
        switch (timespan) {
          case SECOND -> range.back(Duration.ofDays(1));
          case MINUTE -> range.back(Duration.ofDays(30));
          case HOUR -> range.back(Duration.ofDays(365));
          default ->
              Universe.isOf(Market.STOCKS, symbol)
                  ? Days.startOf(ModelCalendar.FIRST)
                  : range.back(OTHER_MARKETS);
        };
    Market market = Route.marketOf(symbol);
    start = Math.max(start, startOf(call.access().firstDay(market), market));
    long last = startOf(call.access().lastDay(market).plusDays(1), market) - 1;
    long end = Math.max(start, Math.min(Math.min(range.to, last), asOf.toEpochMilli()));
    return new AggregateQuery(
        symbol,
        1,
        timespan,
        start,
        end,
        Long.toString(start),
        Long.toString(end),
        call.flag("adjusted", true),
        false,
        Integer.MAX_VALUE);
  }

  private static long startOf(LocalDate day, Market market) {
    return day.atStartOfDay(market.zone()).toInstant().toEpochMilli();
  }

  private static String url(Call call, AggregateQuery query) {
    return "%s%s?adjusted=%s&limit=50000&sort=asc"
        .formatted(call.baseUrl(), query.path(query.fromText(), query.toText()), query.adjusted());
  }

  /** The starts of bars, Unix ms and both inclusive, that {@code timestamp} allows. */
  private static final class Range {
    private final long asOf;
    private long from = Long.MIN_VALUE;
    private long to = Long.MAX_VALUE;

    Range(Call call, ZoneId zone, Instant asOf) {
      this.asOf = asOf.toEpochMilli();
      call.find("timestamp")
          .ifPresent(
              text -> {
                from = AggregateQuery.time(text, "timestamp", zone, 0);
                to = AggregateQuery.time(text, "timestamp", zone, 1);
              });
      call.find("timestamp.gte").ifPresent(text -> atLeast(time(text, zone, 0)));
      call.find("timestamp.gt").ifPresent(text -> atLeast(time(text, zone, 1) + 1));
      call.find("timestamp.lt").ifPresent(text -> to = Math.min(to, time(text, zone, 0) - 1));
      call.find("timestamp.lte").ifPresent(text -> to = Math.min(to, time(text, zone, 1)));
    }

    private static long time(String text, ZoneId zone, int plusDays) {
      return AggregateQuery.time(text, "timestamp", zone, plusDays);
    }

    private void atLeast(long millis) {
      from = Math.max(from, millis);
    }

    boolean holds(long start) {
      return start >= from && start <= to;
    }

    /** So long before the first value that can be asked for. */
    long back(Duration reach) {
      LocalDate first = Days.dayOf((from == Long.MIN_VALUE ? Math.min(asOf, to) : from));
      return Days.startOf(first) - reach.toMillis();
    }
  }
}
