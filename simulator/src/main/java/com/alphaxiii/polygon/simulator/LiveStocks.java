package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The live stocks: trades and quotes, price bands, imbalances before open and close. */
final class LiveStocks extends LiveMarket {
  private static final long BANDS_NANOS = 30_000_000_000L;
  private static final long IMBALANCE_NANOS = 5_000_000_000L;
  private static final LocalTime OPEN = LocalTime.of(9, 30);
  private static final LocalTime CLOSE = LocalTime.of(16, 0);
  private static final int MINUTES_BEFORE_OPEN = 2;
  private static final int MINUTES_BEFORE_CLOSE = 10;

  /** Limit up, limit down of the most traded stocks: 5 % of the reference price. */
  private static final double BAND = 0.05;

  private final LiveTape tape;
  private final MarketData data;
  private final Predicate<String> plays;
  private final Map<String, Long> bandsAt = new HashMap<>();
  private final Map<String, Long> imbalanceAt = new HashMap<>();

  /**
   * @param plays which symbols this market has
   */
  LiveStocks(LiveTape tape, MarketData data, Predicate<String> plays) {
    super(Market.STOCKS, new StreamBars(Market.STOCKS, true));
    this.tape = tape;
    this.data = data;
    this.plays = plays;
  }

  @Override
  Optional<String> ticker(String symbol) {
    return Optional.of(symbol).filter(plays);
  }

  @Override
  List<String> all() {
    return data.symbols().stream().filter(plays).toList();
  }

  @Override
  List<Tick> ticks(String ticker, long from, long to) {
    return trades(ticker, from, to).stream()
        .map(trade -> new Tick(trade.sipTime(), Optional.of(trade), events(trade)))
        .toList();
  }

  private List<StreamEvent> events(TradeTick trade) {
    var events = new ArrayList<StreamEvent>(3);
    if (TradeRules.movesHighLow(trade.conditions(), true)) {
      events.add(StreamJson.quote(ModelPrints.quoteBefore(trade)));
    }
    events.add(StreamJson.trade(trade));
    if (isFirst(bandsAt, trade, BANDS_NANOS)) {
      events.add(
          StreamTicks.bands(
              trade,
              ModelStock.cents(trade.price() * (1 - BAND)),
              ModelStock.cents(trade.price() * (1 + BAND))));
    }
    auction(trade)
        .filter(at -> isFirst(imbalanceAt, trade, IMBALANCE_NANOS))
        .ifPresent(at -> events.add(StreamTicks.imbalance(trade, at)));
    return events;
  }

  /** Whether a trade is the first of its symbol in its slot of time. */
  private static boolean isFirst(Map<String, Long> slots, TradeTick trade, long length) {
    Long slot = trade.sipTime() / length;
    return !slot.equals(slots.put(trade.symbol(), slot));
  }

  /** The auction that a moment comes shortly before, as hour and minute; empty at other times. */
  private static Optional<Integer> auction(TradeTick trade) {
    LocalTime time =
        LocalTime.ofInstant(Instant.ofEpochMilli(trade.sipTime() / 1_000_000), Market.NEW_YORK);
    if (time.isBefore(OPEN) && !time.isBefore(OPEN.minusMinutes(MINUTES_BEFORE_OPEN))) {
      return Optional.of(930);
    }
    if (time.isBefore(CLOSE) && !time.isBefore(CLOSE.minusMinutes(MINUTES_BEFORE_CLOSE))) {
      return Optional.of(1600);
    }
    return Optional.empty();
  }

  /** A stock's live trades with {@code from <= time <= to}, Unix ns. */
  List<TradeTick> trades(String symbol, long from, long to) {
    var trades = new ArrayList<TradeTick>();
    Company company = Company.of(symbol);
    tape.play(
        symbol,
        from,
        to,
        (time, price, size, conditions, exchange, sequence) ->
            trades.add(
                ModelPrints.tick(company, time, price, size, conditions, exchange, sequence)));
    return trades;
  }

  @Override
  List<TradeTick> today(String ticker, long until) {
    return data.trades(ticker, Days.dayOf(until / 1_000_000)).stream()
        .filter(trade -> trade.sipTime() <= until)
        .toList();
  }
}
