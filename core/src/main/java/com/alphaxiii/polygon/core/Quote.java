package com.alphaxiii.polygon.core;

/**
 * The national best bid and offer after a change, or the best of forex and crypto. A side without a
 * quote has price, size and exchange 0.
 *
 * @param bidSize shares since 2025-11-03, round lots before; 0 for forex, which has no sizes
 * @param askSize shares since 2025-11-03, round lots before; 0 for forex, which has no sizes
 * @param sipTime when the SIP received it, Unix ns; the stream sends milliseconds. Forex and crypto
 *     have no SIP: when the vendor received it, or else the exchange's time
 * @param participantTime when the exchange stamped it, Unix ns; 0 when not sent
 * @param tape listing group: 1 = A, 2 = B, 3 = C; 0 when not sent
 * @param sequence grows by ticker and day, with holes, apart from that of trades; 0 when not sent
 * @param trfTime when a trade reporting facility received it, Unix ns; 0 when not sent, as on the
 *     stream
 */
public record Quote(
    Ticker ticker,
    int bidExchange,
    double bidPrice,
    double bidSize,
    int askExchange,
    double askPrice,
    double askSize,
    Conditions conditions,
    Conditions indicators,
    long sipTime,
    long participantTime,
    int tape,
    long sequence,
    long trfTime)
    implements TickerEvent {

  /** A quote that no reporting facility sent. */
  public Quote(
      Ticker ticker,
      int bidExchange,
      double bidPrice,
      double bidSize,
      int askExchange,
      double askPrice,
      double askSize,
      Conditions conditions,
      Conditions indicators,
      long sipTime,
      long participantTime,
      int tape,
      long sequence) {
    this(
        ticker,
        bidExchange,
        bidPrice,
        bidSize,
        askExchange,
        askPrice,
        askSize,
        conditions,
        indicators,
        sipTime,
        participantTime,
        tape,
        sequence,
        0);
  }

  @Override
  public Channel channel() {
    return Channel.QUOTES;
  }

  @Override
  public long time() {
    return sipTime;
  }
}
