package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Timespan;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The endpoints of a futures contract's bars, trades and quotes, which have a grammar of their own.
 * Times are Unix ns.
 */
final class FuturesDataApi {
  private static final Pattern RESOLUTION =
      Pattern.compile("(\\d{1,3})(sec|min|hour|session|week|month|quarter|year)s?");
  private static final int REACH_DAYS = 5;

  private final MarketData data;
  private final Aggregates aggregates;
  private final InstantSource clock;

  FuturesDataApi(MarketData data, Aggregates aggregates, InstantSource clock) {
    this.data = data;
    this.aggregates = aggregates;
    this.clock = clock;
  }

  List<Route> routes() {
    return Stream.of("v1", "vX")
        .flatMap(
            version ->
                Stream.of(
                    route(version, "aggs", Family.AGGREGATES, this::bars),
                    route(version, "trades", Family.TRADES, this::trades),
                    route(version, "quotes", Family.NBBO, this::quotes)))
        .toList();
  }

  private Route route(String version, String name, Family family, Listing.Rows rows) {
    String path = "/futures/" + version + "/" + name + "/{ticker}";
    Listing listing =
        Listing.described("/futures/v1/" + name + "/{ticker}").at(path).of(Market.FUTURES);
    return new Route(path, family, call -> listing.answer(call, clock, rows));
  }

  /** A size of bars: so many of a unit, up to where the next unit begins. */
  private record Resolution(int count, String unit) {
    static Resolution parse(String text) {
      Matcher parts = RESOLUTION.matcher(text);
      if (parts.matches()) {
        int count = Integer.parseInt(parts.group(1));
        String unit = parts.group(2);
        if (count >= 1 && count <= most(unit)) {
          return new Resolution(count, unit);
        }
      }
      throw ApiError.badRequest("resolution: '%s' is not supported".formatted(text));
    }

    private static int most(String unit) {
      return switch (unit) {
        case "sec", "min" -> 59;
        case "hour" -> 23;
        case "session" -> 6;
        case "week" -> 3;
        case "month" -> 2;
        case "quarter" -> 3;
        default -> 10;
      };
    }

    Timespan timespan() {
      return switch (unit) {
        case "sec" -> Timespan.SECOND;
        case "min" -> Timespan.MINUTE;
        case "hour" -> Timespan.HOUR;
        case "session" -> Timespan.DAY;
        case "week" -> Timespan.WEEK;
        case "month" -> Timespan.MONTH;
        case "quarter" -> Timespan.QUARTER;
        default -> Timespan.YEAR;
      };
    }

    boolean isIntraday() {
      return Set.of("sec", "min", "hour").contains(unit);
    }
  }

  private Stream<Row> bars(Call call, Instant asOf) {
    String symbol = call.path().getFirst();
    Resolution resolution = Resolution.parse(call.find("resolution").orElse("1session"));
    long to = asOf.toEpochMilli();
    long from = from(call, resolution, until(call, "window_start", Ticks.nanos(asOf)) / 1_000_000);
    if (!data.knows(symbol) || from > to) {
      return Stream.empty();
    }
    BarColumns bars =
        aggregates
            .page(
                new AggregateQuery(
                    symbol,
                    resolution.count(),
                    resolution.timespan(),
                    from,
                    to,
                    Long.toString(from),
                    Long.toString(to),
                    false,
                    false,
                    Integer.MAX_VALUE))
            .bars();
    return IntStream.range(0, bars.size()).mapToObj(i -> bar(symbol, resolution, bars, i));
  }

  /** The end that filters on a column of times set, Unix ns and inclusive. */
  private static long until(Call call, String column, long asOf) {
    long last = asOf;
    for (String operator : List.of("", ".lte", ".lt")) {
      Optional<String> text = call.find(column + operator);
      if (text.isPresent()) {
        last = Math.min(last, Filter.time(text.get()) - (operator.equals(".lt") ? 1 : 0));
      }
    }
    return last;
  }

  /** Where bars begin: at the time asked for, else some way back. */
  private long from(Call call, Resolution resolution, long to) {
    return Stream.of("window_start", "window_start.gte", "window_start.gt")
        .flatMap(name -> call.find(name).stream())
        .findFirst()
        .map(text -> Filter.time(text) / 1_000_000)
        .orElseGet(
            () ->
                resolution.isIntraday()
                    ? Days.startOf(Days.dayOf(to).minusDays(REACH_DAYS))
                    : Days.startOf(Days.dayOf(to).minusYears(2)));
  }

  private static Row bar(String symbol, Resolution resolution, BarColumns bars, int i) {
    Instant start = Instant.ofEpochMilli(bars.start[i]);
    LocalDate session =
        resolution.isIntraday()
            ? FuturesApi.sessionOf(start.atZone(Market.CHICAGO))
            : LocalDate.ofInstant(start, Market.CHICAGO);
    double price = Double.isNaN(bars.vwap[i]) ? bars.close[i] : bars.vwap[i];
    return new Row()
        .put("close", bars.close[i])
        .put("dollar_volume", price * bars.volume[i])
        .put("high", bars.high[i])
        .put("low", bars.low[i])
        .put("open", bars.open[i])
        .put("session_end_date", session.toString())
        .put("settlement_price", resolution.unit().equals("session") ? bars.close[i] : null)
        .put("ticker", symbol)
        .put("transactions", Math.max(0, bars.count[i]))
        .put("volume", (long) bars.volume[i])
        .put("window_start", windowStart(resolution, start, session));
  }

  /** Sessions and longer begin at the UTC midnight of their date. */
  private static long windowStart(Resolution resolution, Instant start, LocalDate session) {
    return Ticks.nanos(
        resolution.isIntraday() ? start : session.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private Stream<Row> trades(Call call, Instant asOf) {
    return ticks(
        call,
        asOf,
        data::trades,
        TradeTick::sipTime,
        trade ->
            new Row()
                .put("channel", 310)
                .put("price", trade.price())
                .put("report_sequence", trade.sequence())
                .put("sequence_number", trade.sequence())
                .put("session_end_date", session(trade.sipTime()))
                .put("size", (long) trade.size())
                .put("ticker", trade.symbol())
                .put("timestamp", trade.sipTime()));
  }

  private Stream<Row> quotes(Call call, Instant asOf) {
    return ticks(
        call,
        asOf,
        data::quotes,
        QuoteTick::sipTime,
        quote ->
            new Row()
                .put("ask_price", quote.askPrice())
                .put("ask_size", (long) quote.askSize())
                .put("ask_timestamp", quote.sipTime())
                .put("bid_price", quote.bidPrice())
                .put("bid_size", (long) quote.bidSize())
                .put("bid_timestamp", quote.sipTime())
                .put("channel", 310)
                .put("report_sequence", quote.sequence())
                .put("sequence_number", quote.sequence())
                .put("session_end_date", session(quote.sipTime()))
                .put("ticker", quote.symbol())
                .put("timestamp", quote.sipTime()));
  }

  private static String session(long nanos) {
    return FuturesApi.sessionOf(Instant.ofEpochMilli(nanos / 1_000_000).atZone(Market.CHICAGO))
        .toString();
  }

  /** Of the days that the filters can mean; without a beginning, of the newest of them. */
  private <T> Stream<Row> ticks(
      Call call,
      Instant asOf,
      BiFunction<String, LocalDate, List<T>> source,
      Function<T, Long> time,
      Function<T, Row> row) {
    String symbol = call.path().getFirst();
    if (!data.knows(symbol)) {
      return Stream.empty();
    }
    long limit = Ticks.nanos(asOf);
    return days(call, symbol, until(call, "timestamp", limit)).stream()
        .flatMap(day -> source.apply(symbol, day).stream())
        .filter(tick -> time.apply(tick) <= limit)
        .map(row);
  }

  /**
   * The days to look at.
   *
   * @param until the end, Unix ns and inclusive
   */
  private List<LocalDate> days(Call call, String symbol, long until) {
    LocalDate last = Days.dayOf(until / 1_000_000);
    Optional<LocalDate> first =
        Stream.of("timestamp", "timestamp.gte", "timestamp.gt")
            .flatMap(name -> call.find(name).stream())
            .findFirst()
            .map(text -> Days.dayOf(Filter.time(text) / 1_000_000).minusDays(1))
            .or(
                () ->
                    call.find("session_end_date")
                        .map(d -> Days.dayOf(Filter.time(d) / 1_000_000).minusDays(3)));
    List<LocalDate> days = data.tickDays(symbol, first.orElse(last.minusDays(REACH_DAYS)), last);
    return first.isPresent()
        ? days
        : days.reversed().stream()
            .filter(
                day -> data.trades(symbol, day).stream().anyMatch(tick -> tick.sipTime() <= until))
            .limit(1)
            .toList();
  }
}
