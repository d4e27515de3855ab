package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;

/** Writes what stands on the board of an option contract. Times are Unix ns. */
final class OptionItems {
  private final OptionMarket market;
  private final Universe universe;
  private final Boards boards;
  private final InstantSource clock;

  OptionItems(OptionMarket market, Universe universe, Boards boards, InstantSource clock) {
    this.market = market;
    this.universe = universe;
    this.boards = boards;
    this.clock = clock;
  }

  Optional<OptionContract> find(String ticker) {
    return market.find(ticker);
  }

  /** One contract of a chain. */
  Row item(OptionContract contract, Access access) {
    Optional<Board> board = board(contract.ticker());
    String timeframe = SnapshotItems.timeframe(access, Market.OPTIONS);
    Row item = new Row().put("day", board.map(OptionItems::day).orElseGet(Row::new));
    if (access.includes(Family.NBBO, Market.OPTIONS)) {
      item.put(
          "last_quote",
          board
              .flatMap(Board::quote)
              .map(quote -> SnapshotItems.quote(quote, Market.OPTIONS, timeframe)));
    }
    if (access.includes(Family.TRADES, Market.OPTIONS)) {
      item.put(
          "last_trade",
          board
              .flatMap(Board::trade)
              .map(trade -> SnapshotItems.trade(trade, Market.OPTIONS, timeframe)));
    }
    return item.putAll(terms(contract, board, access));
  }

  /** {@code call} or {@code put}. */
  static String type(OptionContract contract) {
    return contract.call() ? "call" : "put";
  }

  private Optional<Board> board(String symbol) {
    return Optional.of(symbol).filter(universe::knows).map(boards::of);
  }

  private static Row day(Board board) {
    return board
        .day()
        .map(
            day ->
                new Row()
                    .put("change", board.change())
                    .put("change_percent", board.changePercent())
                    .put("close", day.close())
                    .put("high", day.high())
                    .put("low", day.low())
                    .put("open", day.open())
                    .put("previous_close", board.previous().map(DayBar::close))
                    .put("volume", day.volume())
                    .put("vwap", day.vwap())
                    .put("last_updated", Days.startOf(day.day()) * 1_000_000))
        .orElseGet(Row::new);
  }

  /** What only options have: terms, greeks, open interest, the stock below. */
  Row terms(OptionContract contract, Optional<Board> board, Access access) {
    double price = board.map(OptionItems::price).orElse(0.0);
    double breakEven = contract.strike() + (contract.call() ? price : -price);
    Row row =
        new Row()
            .put("break_even_price", breakEven)
            .put(
                "details",
                new Row()
                    .put("contract_type", type(contract))
                    .put("exercise_style", "american")
                    .put("expiration_date", contract.expiration().toString())
                    .put("shares_per_contract", 100)
                    .put("strike_price", contract.strike())
                    .put("ticker", contract.ticker()))
            .put("open_interest", openInterest(contract));
    Optional<Board> stock = board(contract.underlying());
    stock.ifPresent(
        below -> {
          row.put(
              "underlying_asset",
              new Row()
                  .put("change_to_break_even", breakEven - below.price())
                  .put("last_updated", below.updated())
                  .put("price", below.price())
                  .put("ticker", contract.underlying())
                  .put("timeframe", SnapshotItems.timeframe(access, Market.STOCKS)));
          greeks(row, contract, below.price(), price);
        });
    return row;
  }

  /** Between bid and ask, or else the last price. */
  private static double price(Board board) {
    return board
        .quote()
        .filter(quote -> quote.bidPrice() > 0 && quote.askPrice() > 0)
        .map(quote -> (quote.bidPrice() + quote.askPrice()) / 2)
        .orElseGet(board::price);
  }

  /** Left out when the contract is over, or has no bid: deep out of the money. */
  private void greeks(Row row, OptionContract contract, double spot, double price) {
    long now = Ticks.nanos(clock.instant());
    if (now >= OptionModel.expiry(contract.expiration()) || spot <= 0 || price <= 0) {
      return;
    }
    OptionModel model = OptionModel.of(contract, spot, now);
    row.put("implied_volatility", model.volatility())
        .put(
            "greeks",
            new Row()
                .put("delta", model.delta())
                .put("gamma", model.gamma())
                .put("theta", model.theta())
                .put("vega", model.vega()));
  }

  /** Of the day before: the same all day. */
  private long openInterest(OptionContract contract) {
    LocalDate day = Days.dayOf(clock.millis());
    return Math.floorMod(Mix.hash(59, contract.ticker() + day), 20_000L);
  }
}
