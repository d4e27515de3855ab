package com.alphaxiii.polygon.core;

/** A live event of one ticker. */
public sealed interface TickerEvent extends MarketEvent
    permits Trade,
        Quote,
        Aggregate,
        LimitUpLimitDown,
        Imbalance,
        FairMarketValue,
        LaunchpadValue,
        IndexValue,
        OrderBook {
  Ticker ticker();

  /** The channel on which it came. */
  Channel channel();

  /**
   * The vendor's time of the event, Unix ns: of a trade or quote when the SIP received it, of an
   * aggregate the end of its window.
   */
  long time();

  /** The ticker's text. */
  default String symbol() {
    return ticker().symbol();
  }
}
