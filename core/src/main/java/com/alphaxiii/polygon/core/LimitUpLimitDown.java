package com.alphaxiii.polygon.core;

/**
 * The price band within which a stock may trade (limit up, limit down).
 *
 * @param upper highest price allowed
 * @param lower lowest price allowed
 * @param indicators codes that say what the band is, such as 21
 * @param time Unix ns
 * @param tape listing group: 1 = A, 2 = B, 3 = C; 0 when not sent
 * @param sequence grows by ticker and day, with holes; 0 when not sent
 */
public record LimitUpLimitDown(
    Ticker ticker,
    double upper,
    double lower,
    Conditions indicators,
    long time,
    int tape,
    long sequence)
    implements TickerEvent {

  @Override
  public Channel channel() {
    return Channel.LIMIT_UP_LIMIT_DOWN;
  }
}
