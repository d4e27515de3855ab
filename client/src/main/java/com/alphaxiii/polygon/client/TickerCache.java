package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Ticker;
import java.util.HashMap;
import java.util.Map;

/** One {@link Ticker} for each symbol seen, so that a symbol is checked once and not per event. */
final class TickerCache {
  private final int capacity;
  private final Map<String, Ticker> tickers = new HashMap<>();

  TickerCache(int capacity) {
    this.capacity = capacity;
  }

  /** Throws {@link com.alphaxiii.polygon.core.PolygonException.InvalidRequest} for no ticker. */
  Ticker get(String symbol) {
    Ticker known = tickers.get(symbol);
    if (known != null) {
      return known;
    }
    Ticker ticker = new Ticker(symbol);
    if (tickers.size() >= capacity) {
      tickers.clear();
    }
    tickers.put(symbol, ticker);
    return ticker;
  }
}
