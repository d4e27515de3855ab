package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Ticker;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** One {@link Ticker} for each symbol seen, so that a symbol is checked once and not per event. */
final class TickerCache {
  private final int capacity;
  private final Function<String, Ticker> spelling;
  private final Map<String, Ticker> tickers = new HashMap<>();

  /**
   * A cache that is emptied when it is full.
   *
   * @param spelling makes the ticker of a symbol, or throws
   */
  TickerCache(int capacity, Function<String, Ticker> spelling) {
    this.capacity = capacity;
    this.spelling = spelling;
  }

  /** The ticker of a symbol; throws what the spelling throws for one that is none. */
  Ticker get(String symbol) {
    Ticker known = tickers.get(symbol);
    if (known != null) {
      return known;
    }
    Ticker ticker = spelling.apply(symbol);
    if (tickers.size() >= capacity) {
      tickers.clear();
    }
    tickers.put(symbol, ticker);
    return ticker;
  }
}
