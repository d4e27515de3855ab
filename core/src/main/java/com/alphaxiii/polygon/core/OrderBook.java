package com.alphaxiii.polygon.core;

import java.util.List;

/**
 * The order book of one crypto exchange, best prices first.
 *
 * @param exchange the vendor's exchange id
 * @param exchangeTime when the exchange made it, Unix ns
 * @param receivedTime when the vendor received it, Unix ns; 0 when not sent
 */
public record OrderBook(
    Ticker ticker,
    List<Level> bids,
    List<Level> asks,
    int exchange,
    long exchangeTime,
    long receivedTime)
    implements TickerEvent {
  /**
   * What is offered at a price.
   *
   * @param size in the base currency
   */
  public record Level(double price, double size) {}

  public OrderBook {
    bids = List.copyOf(bids);
    asks = List.copyOf(asks);
  }

  @Override
  public Channel channel() {
    return Channel.BOOKS;
  }

  @Override
  public long time() {
    return exchangeTime;
  }
}
