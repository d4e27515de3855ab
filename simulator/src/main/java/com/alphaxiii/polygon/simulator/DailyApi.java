package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.Market;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The endpoints of one day: all tickers of a market, or the open and close of one. */
final class DailyApi {
  private static final LocalTime SESSION_END = LocalTime.of(16, 0);
  private static final String GROUPED = "/v2/aggs/grouped/locale/";
  private static final int SHOWN_TRADES = 5;

  private final MarketData data;
  private final Universe universe;
  private final DayBars days;
  private final InstantSource clock;
  private final MarketCalendar calendar = MarketCalendar.usEquities();

  DailyApi(MarketData data, Universe universe, DayBars days, InstantSource clock) {
    this.data = data;
    this.universe = universe;
    this.days = days;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            GROUPED + "us/market/stocks/{date}",
            Family.AGGREGATES,
            call -> grouped(call, Market.STOCKS)),
        new Route(
            GROUPED + "global/market/fx/{date}",
            Family.AGGREGATES,
            call -> grouped(call, Market.FOREX)),
        new Route(
            GROUPED + "global/market/crypto/{date}",
            Family.AGGREGATES,
            call -> grouped(call, Market.CRYPTO)),
        new Route("/v1/open-close/{ticker}/{date}", Family.AGGREGATES, this::openClose),
        new Route(
            "/v1/open-close/crypto/{from}/{to}/{date}", Family.AGGREGATES, this::cryptoOpenClose));
  }

  private static LocalDate date(Call call) {
    try {
      return LocalDate.parse(call.path().getLast());
    } catch (DateTimeParseException e) {
      throw ApiError.badRequest("The path parameter `date` is invalid");
    }
  }

  /** A day without trading is no error: it has no results. */
  private byte[] grouped(Call call, Market market) {
    LocalDate date = date(call);
    call.access().requireDays(market, date, date);
    boolean adjusted = call.flag("adjusted", true);
    List<Row> results =
        date.isAfter(Days.dayOf(clock.millis()))
            ? List.of()
            : universe.listed(market).flatMap(s -> grouped(s, date, adjusted, market)).toList();
    return new Row()
        .put("queryCount", results.size())
        .put("resultsCount", results.size())
        .put("adjusted", adjusted)
        .put("results", results.isEmpty() ? null : results)
        .put("status", call.access().status(market))
        .put("request_id", call.requestId())
        .put("count", results.isEmpty() ? null : results.size())
        .bytes();
  }

  private Stream<Row> grouped(String symbol, LocalDate date, boolean adjusted, Market market) {
    return days
        .on(symbol, date)
        .map(bar -> adjusted ? days.adjusted(symbol, bar) : bar)
        .map(
            bar ->
                new Row()
                    .put("T", symbol)
                    .put("v", bar.volume())
                    .put("vw", bar.vwap())
                    .put("o", bar.open())
                    .put("c", bar.close())
                    .put("h", bar.high())
                    .put("l", bar.low())
                    .put("t", stamp(date, market))
                    .put("n", bar.count() < 0 ? null : bar.count()))
        .stream();
  }

  /** Not the day's start as in a range of days: the session's end, elsewhere the day's last ms. */
  private static long stamp(LocalDate date, Market market) {
    return market == Market.STOCKS
        ? date.atTime(SESSION_END).atZone(Market.NEW_YORK).toInstant().toEpochMilli()
        : date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() - 1;
  }

  private byte[] openClose(Call call) {
    String symbol = call.path().getFirst();
    LocalDate date = date(call);
    Market market = Route.marketOf(symbol);
    call.access().requireDays(market, date, date);
    boolean adjusted = call.flag("adjusted", true);
    DayBar raw =
        days.on(symbol, date)
            .filter(bar -> !date.isAfter(days.today(symbol)))
            .orElseThrow(() -> ApiError.notFound("Data not found."));
    DayBar bar = adjusted ? days.adjusted(symbol, raw) : raw;
    double ratio = raw.close() / bar.close();
    Board board = board(symbol, date);
    return new Row()
        .put("status", call.access().status(market))
        .put("from", date.toString())
        .put("symbol", symbol)
        .put("open", bar.open())
        .put("high", bar.high())
        .put("low", bar.low())
        .put("close", bar.close())
        .put("volume", market == Market.INDICES ? null : bar.volume())
        .put("afterHours", board.latePrice() / ratio)
        .put("preMarket", board.firstEarlyPrice() / ratio)
        .bytes();
  }

  /** Only the minutes of the day and its hours. */
  private Board board(String symbol, LocalDate date) {
    return new Board(
        symbol,
        date,
        Universe.isOf(Market.STOCKS, symbol) ? calendar.tradingDay(date) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        days.minutes(symbol, date),
        Optional.empty(),
        Optional.empty());
  }

  private byte[] cryptoOpenClose(Call call) {
    var pair = new Pair(call.path().get(0), call.path().get(1));
    LocalDate date = date(call);
    call.access().requireDays(Market.CRYPTO, date, date);
    String symbol = pair.crypto();
    DayBar bar = days.on(symbol, date).orElseThrow(() -> ApiError.notFound("Data not found."));
    List<TradeTick> trades = cryptoTrades(symbol, date);
    int shown = Math.min(SHOWN_TRADES, trades.size());
    return new Row()
        .put("symbol", pair.dashed())
        .put("isUTC", true)
        .put("day", date + "T00:00:00Z")
        .put("open", bar.open())
        .put("close", bar.close())
        .put("openTrades", trades.subList(0, shown).stream().map(DailyApi::trade).toList())
        .put(
            "closingTrades",
            trades.subList(trades.size() - shown, trades.size()).stream()
                .map(DailyApi::trade)
                .toList())
        .bytes();
  }

  /** The trades of a day in UTC; ticks are kept by days in New York. */
  private List<TradeTick> cryptoTrades(String symbol, LocalDate date) {
    ZoneId zone = Market.CRYPTO.zone();
    long start = Ticks.nanos(date.atStartOfDay(zone).toInstant());
    long end = Ticks.nanos(date.plusDays(1).atStartOfDay(zone).toInstant());
    return Stream.of(date.minusDays(1), date)
        .flatMap(day -> data.trades(symbol, day).stream())
        .filter(trade -> trade.sipTime() >= start && trade.sipTime() < end)
        .toList();
  }

  private static Row trade(TradeTick trade) {
    return new Row()
        .put("p", trade.price())
        .put("s", trade.size())
        .put("x", trade.exchange())
        .put("c", SnapshotApi.conditions(trade.conditions()))
        .put("i", trade.id())
        .put("t", trade.sipTime() / 1_000_000);
  }
}
