package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Market;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The older endpoints of snapshots: all tickers of a market, one, and those that moved most. */
final class SnapshotApi {
  private static final int MOVERS = 20;
  private static final double LEAST_VOLUME = 10_000;

  private final Universe universe;
  private final Boards boards;

  SnapshotApi(Universe universe, Boards boards) {
    this.universe = universe;
    this.boards = boards;
  }

  List<Route> routes() {
    var routes = new ArrayList<Route>();
    routes.addAll(routes("/v2/snapshot/locale/us/markets/stocks", Market.STOCKS));
    routes.addAll(routes("/v2/snapshot/locale/global/markets/crypto", Market.CRYPTO));
    routes.addAll(routes("/v2/snapshot/locale/global/markets/forex", Market.FOREX));
    return routes;
  }

  private List<Route> routes(String path, Market market) {
    return List.of(
        new Route(path + "/tickers", Family.SNAPSHOTS, call -> all(call, market)),
        new Route(path + "/tickers/{ticker}", Family.SNAPSHOTS, call -> one(call, market)),
        new Route(path + "/gainers", Family.SNAPSHOTS, call -> movers(call, market, true)),
        new Route(path + "/losers", Family.SNAPSHOTS, call -> movers(call, market, false)));
  }

  /** Unknown tickers are silently left out. */
  private byte[] all(Call call, Market market) {
    Stream<String> symbols =
        call.find("tickers")
            .map(
                names ->
                    Universe.split(names).stream()
                        .filter(universe::knows)
                        .filter(symbol -> Universe.isOf(market, symbol)))
            .orElseGet(() -> universe.listed(market));
    List<Row> tickers =
        symbols.map(boards::of).map(board -> item(board, market, call.access())).toList();
    return new Row()
        .put("tickers", tickers)
        .put("status", call.access().status(market))
        .put("request_id", call.requestId())
        .put("count", tickers.size())
        .bytes();
  }

  private byte[] one(Call call, Market market) {
    String symbol = call.path().getFirst();
    if (!universe.knows(symbol) || !Universe.isOf(market, symbol)) {
      throw ApiError.notFound("Ticker not found.");
    }
    return new Row()
        .put("ticker", item(boards.of(symbol), market, call.access()))
        .put("status", call.access().status(market))
        .put("request_id", call.requestId())
        .bytes();
  }

  private byte[] movers(Call call, Market market, boolean gainers) {
    Comparator<Board> byChange = Comparator.comparingDouble(Board::changePercent);
    List<Row> tickers =
        universe
            .listed(market)
            .map(boards::of)
            .filter(board -> market != Market.STOCKS || traded(board) >= LEAST_VOLUME)
            .filter(board -> gainers ? board.change() > 0 : board.change() < 0)
            .sorted(gainers ? byChange.reversed() : byChange)
            .limit(MOVERS)
            .map(board -> item(board, market, call.access()))
            .toList();
    return new Row()
        .put("tickers", tickers)
        .put("status", call.access().status(market))
        .put("request_id", call.requestId())
        .bytes();
  }

  private static double traded(Board board) {
    return board.day().map(DayBar::volume).orElse(0.0);
  }

  private static Row item(Board board, Market market, Access access) {
    Row item =
        new Row()
            .put("ticker", board.symbol())
            .put("todaysChangePerc", board.changePercent())
            .put("todaysChange", board.change())
            .put("updated", board.updated())
            .put("day", day(board.day(), market));
    switch (market) {
      case FOREX -> item.put("lastQuote", board.quote().map(SnapshotApi::forexQuote));
      case CRYPTO -> item.put("lastTrade", board.trade().map(SnapshotApi::cryptoTrade));
      default -> {
        if (access.includes(Family.NBBO, market)) {
          item.put("lastQuote", board.quote().map(SnapshotApi::quote));
        }
        if (access.includes(Family.TRADES, market)) {
          item.put("lastTrade", board.trade().map(SnapshotApi::trade));
        }
      }
    }
    return item.put("min", minute(board, market)).put("prevDay", day(board.previous(), market));
  }

  /** A ticker that nothing has touched has an object full of zeros. */
  private static Row day(Optional<DayBar> bar, Market market) {
    DayBar day = bar.orElse(new DayBar(LocalDate.EPOCH, 0, 0, 0, 0, 0, 0, 0));
    return new Row()
        .put("o", day.open())
        .put("h", day.high())
        .put("l", day.low())
        .put("c", day.close())
        .put("v", day.volume())
        .put("vw", market == Market.FOREX ? null : day.vwap());
  }

  private static Row minute(Board board, Market market) {
    BarColumns minutes = board.minutes();
    int i = minutes.size() - 1;
    var row = new Row();
    if (market == Market.STOCKS) {
      row.put("av", traded(board));
    }
    if (i < 0) {
      return row.put("t", 0)
          .put("n", 0)
          .put("o", 0)
          .put("h", 0)
          .put("l", 0)
          .put("c", 0)
          .put("v", 0)
          .put("vw", market == Market.FOREX ? null : 0);
    }
    return row.put("t", minutes.start[i])
        .put("n", minutes.count[i] < 0 ? null : minutes.count[i])
        .put("o", minutes.open[i])
        .put("h", minutes.high[i])
        .put("l", minutes.low[i])
        .put("c", minutes.close[i])
        .put("v", minutes.volume[i])
        .put("vw", market == Market.FOREX ? null : minutes.vwap[i]);
  }

  /** Times of stocks are Unix ns. A trade without conditions has null for them, as on the wire. */
  private static Row trade(TradeTick trade) {
    return new Row()
        .put("c", trade.conditions().size() == 0 ? Row.NULL : conditions(trade.conditions()))
        .put("i", trade.id())
        .put("p", trade.price())
        .put("s", trade.size() == 0 ? null : trade.size())
        .put("ds", Json.decimal(trade.size()))
        .put("t", trade.sipTime())
        .put("x", trade.exchange());
  }

  private static Row quote(QuoteTick quote) {
    return new Row()
        .put("P", quote.askPrice())
        .put("S", quote.askSize())
        .put("p", quote.bidPrice())
        .put("s", quote.bidSize())
        .put("t", quote.sipTime());
  }

  /** Times of the other markets are Unix ms. */
  private static Row cryptoTrade(TradeTick trade) {
    return new Row()
        .put("c", conditions(trade.conditions()))
        .put("i", trade.id())
        .put("p", trade.price())
        .put("s", trade.size())
        .put("t", trade.sipTime() / 1_000_000)
        .put("x", trade.exchange());
  }

  private static Row forexQuote(QuoteTick quote) {
    return new Row()
        .put("a", quote.askPrice())
        .put("b", quote.bidPrice())
        .put("t", quote.sipTime() / 1_000_000)
        .put("x", quote.askExchange());
  }

  static List<Integer> conditions(Conditions conditions) {
    return IntStream.range(0, conditions.size()).mapToObj(conditions::get).toList();
  }
}
