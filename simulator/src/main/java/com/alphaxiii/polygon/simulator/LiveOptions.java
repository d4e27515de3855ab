package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The live options, which follow the live stocks. */
final class LiveOptions extends LiveMarket {
  /** How long after its underlying's trade a contract trades at most, ns. */
  private static final long LAG = 2_000_000;

  private final OptionMarket options;
  private final LiveStocks stocks;
  private final Map<String, Optional<OptionContract>> contracts = new HashMap<>();

  LiveOptions(OptionMarket options, LiveStocks stocks) {
    super(Market.OPTIONS, new StreamBars(Market.OPTIONS, true));
    this.options = options;
    this.stocks = stocks;
  }

  private Optional<OptionContract> contract(String ticker) {
    return contracts.computeIfAbsent(
        ticker,
        key ->
            options.find(key).filter(contract -> stocks.ticker(contract.underlying()).isPresent()));
  }

  @Override
  Optional<String> ticker(String symbol) {
    return contract(symbol).map(OptionContract::ticker);
  }

  @Override
  List<String> all() {
    return options.symbols(Market.OPTIONS).stream().flatMap(t -> ticker(t).stream()).toList();
  }

  @Override
  List<Tick> ticks(String ticker, long from, long to) {
    OptionContract contract = contract(ticker).orElseThrow();
    List<TradeTick> underlying = stocks.trades(contract.underlying(), from - LAG, to);
    var ticks = new ArrayList<Tick>();
    options.quotes(
        contract,
        underlying,
        quote -> {
          if (quote.sipTime() >= from && quote.sipTime() <= to) {
            ticks.add(
                new Tick(
                    quote.sipTime(), Optional.empty(), List.of(StreamTicks.optionQuote(quote))));
          }
        });
    options.trades(
        contract,
        underlying,
        trade -> {
          if (trade.sipTime() >= from && trade.sipTime() <= to) {
            ticks.add(
                new Tick(
                    trade.sipTime(), Optional.of(trade), List.of(StreamTicks.optionTrade(trade))));
          }
        });
    return ticks;
  }

  @Override
  List<TradeTick> today(String ticker, long until) {
    return options.trades(ticker, Days.dayOf(until / 1_000_000)).stream()
        .filter(trade -> trade.sipTime() <= until)
        .toList();
  }
}
