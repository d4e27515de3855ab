package com.alphaxiii.polygon.core;

/** A live event of one ticker. */
public sealed interface TickerEvent extends MarketEvent permits Trade, Quote, Aggregate {
  Ticker ticker();

  /** The channel on which it came. */
  Channel channel();

  /** The ticker's text. */
  default String symbol() {
    return ticker().symbol();
  }
}
