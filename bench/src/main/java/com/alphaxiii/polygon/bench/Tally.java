package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Trade;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts events and sums what they hold, so that a reader that skips or garbles something is found
 * out. Written by one thread; the count may be read by others.
 */
final class Tally {
  private static final VarHandle COUNT;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(Tally.class, "count", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private long count;
  private long sum;

  void add(TickerEvent event) {
    switch (event) {
      case Trade trade -> trade(trade);
      case Quote quote -> quote(quote);
      default -> throw new IllegalStateException("not sent: " + event);
    }
    COUNT.setOpaque(this, count + 1);
  }

  /** Counts what is not looked into. */
  void skip(long events) {
    COUNT.setOpaque(this, count + events);
  }

  private void trade(Trade trade) {
    sum +=
        Double.doubleToRawLongBits(trade.price())
            + 3 * Double.doubleToRawLongBits(trade.size())
            + 5 * trade.sipTime()
            + 7 * trade.sequence()
            + 11L * trade.exchange()
            + 13L * trade.id().length()
            + 17L * trade.id().charAt(trade.id().length() - 1)
            + 19L * trade.tape()
            + 23L * trade.conditions().size()
            + 29L * trade.symbol().charAt(0);
  }

  private void quote(Quote quote) {
    sum +=
        Double.doubleToRawLongBits(quote.bidPrice())
            + 3 * Double.doubleToRawLongBits(quote.askPrice())
            + 5 * Double.doubleToRawLongBits(quote.bidSize())
            + 7 * Double.doubleToRawLongBits(quote.askSize())
            + 11L * quote.bidExchange()
            + 13L * quote.askExchange()
            + 17 * quote.sipTime()
            + 19 * quote.sequence()
            + 23L * quote.tape()
            + 29L * quote.conditions().get(0)
            + 31L * quote.indicators().size()
            + 37L * quote.symbol().charAt(0);
  }

  long count() {
    return (long) COUNT.getOpaque(this);
  }

  long sum() {
    return sum;
  }
}
