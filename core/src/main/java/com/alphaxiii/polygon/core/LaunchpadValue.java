package com.alphaxiii.polygon.core;

/**
 * The latest value of an instrument in the vendor's launchpad product.
 *
 * @param value in the ticker's currency
 * @param time Unix ns
 */
public record LaunchpadValue(Ticker ticker, double value, long time) implements TickerEvent {
  @Override
  public Channel channel() {
    return Channel.LAUNCHPAD_VALUES;
  }
}
