package com.alphaxiii.polygon.core;

import java.util.Optional;

/** Where single trades and quotes come from. */
public interface TickSource {
  /** The most recent trade; empty when the ticker is unknown or has none. */
  Optional<Trade> lastTrade(Ticker ticker);

  /** The most recent quote; empty when the ticker is unknown or has none. */
  Optional<Quote> lastQuote(Ticker ticker);

  /** The trades of a range; none for an unknown ticker. */
  Cursor<Trade> trades(TickRequest request);

  /** The quotes of a range; none for an unknown ticker. */
  Cursor<Quote> quotes(TickRequest request);
}
