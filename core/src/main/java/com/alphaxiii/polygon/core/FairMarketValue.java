package com.alphaxiii.polygon.core;

/**
 * What the vendor computes an instrument to be worth (business plans).
 *
 * @param value in the ticker's currency
 * @param time Unix ns
 */
public record FairMarketValue(Ticker ticker, double value, long time) implements TickerEvent {
  @Override
  public Channel channel() {
    return Channel.FAIR_MARKET_VALUES;
  }
}
