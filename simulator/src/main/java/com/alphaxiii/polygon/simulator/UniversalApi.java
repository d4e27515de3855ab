package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The newer endpoints of snapshots: tickers of all markets together, and indices. */
final class UniversalApi {
  private static final List<Market> MARKETS =
      List.of(Market.STOCKS, Market.OPTIONS, Market.CRYPTO, Market.FOREX, Market.INDICES);

  private static final Listing ALL =
      Listing.classic("/v3/snapshot")
          .filter(new Filter("ticker", Filter.Kind.TEXT, Filter.RANGE_OR_ANY))
          .sorted("ticker.asc")
          .limit(10, 250)
          .counted(false)
          .of(Market.STOCKS);
  private static final Listing INDICES =
      Listing.classic("/v3/snapshot/indices")
          .filter(new Filter("ticker", Filter.Kind.TEXT, Filter.RANGE_OR_ANY))
          .sorted("ticker.asc")
          .limit(10, 250)
          .counted(false)
          .of(Market.INDICES);

  private final Universe universe;
  private final Boards boards;
  private final SnapshotItems items;
  private final InstantSource clock;

  UniversalApi(Universe universe, Boards boards, SnapshotItems items, InstantSource clock) {
    this.universe = universe;
    this.boards = boards;
    this.items = items;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route("/v3/snapshot", Family.SNAPSHOTS, this::all),
        new Route("/v3/snapshot/indices", Family.SNAPSHOTS, this::indices));
  }

  private byte[] all(Call call) {
    return ALL.answer(call, clock, this::rows, row -> item(call, row));
  }

  private byte[] indices(Call call) {
    return INDICES.answer(
        call, clock, (c, asOf) -> symbols(c, Optional.of(Market.INDICES)), row -> item(call, row));
  }

  private Stream<Row> rows(Call call, Instant asOf) {
    return symbols(call, call.find("type").map(UniversalApi::market));
  }

  private static Market market(String type) {
    return MARKETS.stream()
        .filter(market -> SnapshotItems.type(market).equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                ApiError.badRequest(
                    "The parameter 'type' must be one of stocks, options, crypto, fx, indices"));
  }

  /** Tickers that are named are answered even when unknown: each tells its own error. */
  private Stream<Row> symbols(Call call, Optional<Market> only) {
    Stream<String> symbols =
        call.find("ticker")
            .or(() -> call.find("ticker.any_of"))
            .map(names -> Universe.split(names).stream())
            .orElseGet(() -> MARKETS.stream().flatMap(universe::listed));
    return symbols
        .filter(symbol -> only.map(market -> Universe.isOf(market, symbol)).orElse(true))
        .map(symbol -> new Row().put("ticker", symbol));
  }

  private Row item(Call call, Row row) {
    String symbol = String.valueOf(row.get("ticker"));
    Market market = Route.marketOf(symbol);
    if (!universe.knows(symbol) || market == Market.FUTURES) {
      return row.put("error", "NOT_FOUND").put("message", "Ticker not found.");
    }
    if (!call.access().includes(Family.SNAPSHOTS, market)) {
      return row.put("error", "NOT_ENTITLED").put("message", "Not entitled to this ticker.");
    }
    return items.of(boards.of(symbol), call.access());
  }
}
