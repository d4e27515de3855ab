package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Aggregate;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Trade;

/**
 * By what an event of one topic is known again in the other form, since the stream counts
 * milliseconds and history nanoseconds: its number, where both forms have one, else what it says.
 * Two events that say the same in the same millisecond have equal marks, so marks are to be
 * counted.
 */
record EventMark(long time, long first, long second, long third, String text) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  static EventMark of(TickerEvent event) {
    long millis = Math.floorDiv(event.time(), NANOS_PER_MILLI);
    return switch (event) {
      // Whose times are the exchange's in one form and the vendor's in the other.
      case Trade trade when trade.ticker().market() == Market.CRYPTO && !trade.id().isEmpty() ->
          new EventMark(0, trade.exchange(), 0, 0, trade.id());
      case Trade trade when hasNumber(trade) -> new EventMark(millis, trade.sequence(), 0, 0, "");
      case Trade trade ->
          new EventMark(
              millis,
              Double.doubleToLongBits(trade.price()),
              Double.doubleToLongBits(trade.size()),
              trade.exchange(),
              "");
      case Quote quote when hasNumber(quote) -> new EventMark(millis, quote.sequence(), 0, 0, "");
      case Quote quote ->
          new EventMark(
              millis,
              Double.doubleToLongBits(quote.bidPrice()),
              Double.doubleToLongBits(quote.askPrice()),
              quote.bidExchange(),
              "");
      case Aggregate bar -> new EventMark(bar.end(), bar.start(), 0, 0, "");
      default -> new EventMark(millis, event.hashCode(), 0, 0, "");
    };
  }

  /**
   * Whether an event has a number in both forms, which grows by ticker and day. Trades of options
   * have one on the stream only.
   */
  static boolean hasNumber(TickerEvent event) {
    Market market = event.ticker().market();
    return switch (event) {
      case Trade trade -> trade.sequence() != 0 && market == Market.STOCKS;
      case Quote quote ->
          quote.sequence() != 0 && (market == Market.STOCKS || market == Market.OPTIONS);
      default -> false;
    };
  }
}
