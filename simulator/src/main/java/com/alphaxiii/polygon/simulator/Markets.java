package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Split;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;

/** Several sources as one: the first that knows a symbol answers for it alone. */
final class Markets implements MarketData {
  private final List<MarketData> sources;

  Markets(List<MarketData> sources) {
    this.sources = sources;
  }

  private MarketData of(String symbol) {
    return sources.stream()
        .filter(source -> source.knows(symbol))
        .findFirst()
        .orElseThrow(() -> ApiError.notFound("Ticker not found."));
  }

  @Override
  public boolean knows(String symbol) {
    return sources.stream().anyMatch(source -> source.knows(symbol));
  }

  @Override
  public List<String> symbols() {
    var all = new TreeSet<String>();
    sources.forEach(source -> all.addAll(source.symbols()));
    return List.copyOf(all);
  }

  @Override
  public List<String> symbols(Market market) {
    var all = new TreeSet<String>();
    sources.forEach(source -> all.addAll(source.symbols(market)));
    return List.copyOf(all);
  }

  @Override
  public List<Days> portions(String symbol, Base base, LocalDate first, LocalDate last) {
    return of(symbol).portions(symbol, base, first, last);
  }

  @Override
  public BarColumns bars(String symbol, Base base, Days portion) {
    return of(symbol).bars(symbol, base, portion);
  }

  @Override
  public List<TradeTick> trades(String symbol, LocalDate day) {
    return of(symbol).trades(symbol, day);
  }

  @Override
  public List<QuoteTick> quotes(String symbol, LocalDate day) {
    return of(symbol).quotes(symbol, day);
  }

  @Override
  public List<LocalDate> tickDays(String symbol, LocalDate first, LocalDate last) {
    return of(symbol).tickDays(symbol, first, last);
  }

  @Override
  public List<Split> splits(String symbol) {
    return of(symbol).splits(symbol);
  }

  @Override
  public List<Dividend> dividends(String symbol) {
    return of(symbol).dividends(symbol);
  }
}
