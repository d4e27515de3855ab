package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.TickerEvent;

/** The events of one ticker on one channel. */
record Series(Channel channel, String symbol) {
  static Series of(TickerEvent event) {
    return new Series(event.channel(), event.symbol());
  }
}
