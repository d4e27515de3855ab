package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One market of the live model: whose ticks it has and what events they make. For one thread. */
abstract class LiveMarket {
  private final Market market;
  private final StreamBars bars;
  private final Set<String> primed = new HashSet<>();

  LiveMarket(Market market, StreamBars bars) {
    this.market = market;
    this.bars = bars;
  }

  /**
   * Something that happened.
   *
   * @param time Unix ns
   * @param traded what goes into the aggregates: a trade, on forex a quote, of indices a value
   * @param events of it, in their order
   */
  record Tick(long time, Optional<TradeTick> traded, List<StreamEvent> events) {}

  Market market() {
    return market;
  }

  StreamBars bars() {
    return bars;
  }

  /** Tickers of which the day so far is counted in. */
  Set<String> primed() {
    return primed;
  }

  /** The ticker that a subscription means; empty when nothing of it plays here. */
  abstract Optional<String> ticker(String symbol);

  /** What a subscription to everything means. */
  abstract List<String> all();

  /** What happens to a ticker with {@code from <= time <= to}, Unix ns. */
  abstract List<Tick> ticks(String ticker, long from, long to);

  /** What went into the aggregates of the day of an instant, Unix ns, up to it. */
  abstract List<TradeTick> today(String ticker, long until);
}
