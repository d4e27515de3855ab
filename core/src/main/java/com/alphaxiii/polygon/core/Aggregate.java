package com.alphaxiii.polygon.core;

/**
 * A live bar of a second or a minute. The same window may come again for 15 minutes with late
 * trades: the last one holds.
 *
 * @param timespan {@link Timespan#SECOND} or {@link Timespan#MINUTE}
 * @param start start of the window, Unix ms
 * @param end end of the window, exclusive, Unix ms
 * @param volume shares, contracts or coins in the window; of forex the number of quotes, of indices
 *     0
 * @param vwap volume-weighted average price of the window
 * @param accumulatedVolume shares since the day began
 * @param dayOpen the day's official opening price; 0 before there is one
 * @param dayVwap volume-weighted average price since the day began
 * @param averageSize average trade size in the window
 * @param transactions trades in the window, sent for futures only; 0 when not sent
 * @param dollarVolume what was traded in dollars, sent for futures only; 0 when not sent
 * @param otc true for an over-the-counter ticker
 */
public record Aggregate(
    Ticker ticker,
    Timespan timespan,
    long start,
    long end,
    double open,
    double high,
    double low,
    double close,
    double volume,
    double vwap,
    double accumulatedVolume,
    double dayOpen,
    double dayVwap,
    double averageSize,
    long transactions,
    double dollarVolume,
    boolean otc)
    implements TickerEvent {

  @Override
  public Channel channel() {
    return timespan == Timespan.SECOND ? Channel.SECOND_AGGREGATES : Channel.MINUTE_AGGREGATES;
  }

  @Override
  public long time() {
    return end * 1_000_000;
  }
}
