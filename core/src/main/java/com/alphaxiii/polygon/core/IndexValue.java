package com.alphaxiii.polygon.core;

/**
 * The value of an index.
 *
 * @param value in points
 * @param time Unix ns; the stream sends milliseconds
 */
public record IndexValue(Ticker ticker, double value, long time) implements TickerEvent {
  @Override
  public Channel channel() {
    return Channel.VALUES;
  }
}
