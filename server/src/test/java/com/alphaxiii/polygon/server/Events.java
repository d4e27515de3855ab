package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Aggregate;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timespan;
import com.alphaxiii.polygon.core.Trade;

/** Events as a feed delivers them. */
final class Events {
  static final long AT = 1_706_284_800_000L;

  private Events() {}

  static Trade trade(String symbol, double price, long number) {
    return new Trade(
        Ticker.of(symbol),
        price,
        100,
        Conditions.of(14, 37),
        AT * 1_000_000,
        0,
        4,
        Long.toString(number),
        3,
        number,
        0,
        0);
  }

  static Quote quote(String symbol) {
    return new Quote(
        Ticker.of(symbol),
        4,
        185.48,
        300,
        7,
        185.52,
        500,
        Conditions.NONE,
        Conditions.NONE,
        AT * 1_000_000,
        0,
        3,
        1);
  }

  static Aggregate aggregate(String symbol, Timespan timespan) {
    return new Aggregate(
        Ticker.of(symbol),
        timespan,
        AT,
        AT + timespan.millis(),
        185,
        186.5,
        184.25,
        185.75,
        125_000,
        185.4,
        3_500_000,
        183.1,
        184.9,
        85,
        0,
        0,
        false);
  }
}
