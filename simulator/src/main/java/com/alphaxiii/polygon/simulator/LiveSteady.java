package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of the live markets of pairs, coins, indices and futures. */
final class LiveSteady extends LiveMarket {
  private final SteadyMarket data;
  private final Map<String, Optional<Instrument>> instruments = new HashMap<>();

  LiveSteady(Market market, SteadyMarket data) {
    super(market, new StreamBars(market, true));
    this.data = data;
  }

  private Optional<Instrument> instrument(String ticker) {
    return instruments.computeIfAbsent(
        ticker, key -> data.find(key).filter(found -> found.market() == market()));
  }

  @Override
  Optional<String> ticker(String symbol) {
    boolean pair = market() == Market.FOREX || market() == Market.CRYPTO;
    return instrument(pair ? market().prefix() + symbol : symbol).map(Instrument::ticker);
  }

  @Override
  List<String> all() {
    return data.symbols(market());
  }

  @Override
  List<Tick> ticks(String ticker, long from, long to) {
    Instrument instrument = instrument(ticker).orElseThrow();
    return data.ticks(instrument, from, to).stream()
        .map(tick -> new Tick(tick.sipTime(), Optional.of(tick), events(instrument, tick)))
        .toList();
  }

  private List<StreamEvent> events(Instrument instrument, TradeTick tick) {
    QuoteTick quote = SteadyMarket.quote(instrument, tick);
    return switch (market()) {
      case FOREX -> List.of(StreamTicks.forexQuote(instrument, quote));
      case CRYPTO ->
          List.of(
              StreamTicks.cryptoQuote(instrument, quote),
              StreamTicks.book(instrument, quote),
              StreamTicks.cryptoTrade(instrument, tick));
      case INDICES -> List.of(StreamTicks.value(tick));
      case FUTURES -> List.of(StreamTicks.futuresQuote(quote), StreamTicks.futuresTrade(tick));
      case STOCKS, OPTIONS -> List.of();
    };
  }

  @Override
  List<TradeTick> today(String ticker, long until) {
    Instrument instrument = instrument(ticker).orElseThrow();
    long start = Hours.startOf(market(), Hours.dayOf(market(), until / 1_000_000)) * 1_000_000;
    return data.ticks(instrument, start, until);
  }
}
