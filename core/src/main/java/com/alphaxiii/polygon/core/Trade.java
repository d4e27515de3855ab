package com.alphaxiii.polygon.core;

/**
 * One trade as a securities information processor (SIP) published it, or a crypto exchange; never
 * adjusted.
 *
 * @param price per share, contract or coin, in the ticker's currency
 * @param size shares, contracts or coins; 0 or a fraction occur since 2026
 * @param sipTime when the SIP received it, Unix ns; the stream sends milliseconds, so the last six
 *     digits are zero there. Crypto has no SIP: when the vendor received it, or else the exchange's
 *     time
 * @param participantTime when the exchange stamped it, Unix ns; 0 when not sent (the stream has
 *     none but for crypto)
 * @param exchange the vendor's exchange id; 4 with a {@code trfId} is an off-exchange print
 * @param id unique only per ticker, exchange and reporting facility; empty when not sent
 * @param tape listing group: 1 = A (NYSE), 2 = B (regional), 3 = C (Nasdaq); 0 when not sent
 * @param sequence grows by ticker and day, with holes; 0 when not sent
 * @param trfId reporting facility of an off-exchange print, 0 for none
 * @param trfTime when that facility received it, Unix ns; 0 when not sent
 * @param correction 0 for a trade that stands; other codes say that the exchange changed or
 *     cancelled it, by the table of the exchange. Never sent on the stream
 */
public record Trade(
    Ticker ticker,
    double price,
    double size,
    Conditions conditions,
    long sipTime,
    long participantTime,
    int exchange,
    String id,
    int tape,
    long sequence,
    int trfId,
    long trfTime,
    int correction)
    implements TickerEvent {

  /** A trade that stands. */
  public Trade(
      Ticker ticker,
      double price,
      double size,
      Conditions conditions,
      long sipTime,
      long participantTime,
      int exchange,
      String id,
      int tape,
      long sequence,
      int trfId,
      long trfTime) {
    this(
        ticker,
        price,
        size,
        conditions,
        sipTime,
        participantTime,
        exchange,
        id,
        tape,
        sequence,
        trfId,
        trfTime,
        0);
  }

  @Override
  public Channel channel() {
    return Channel.TRADES;
  }

  @Override
  public long time() {
    return sipTime;
  }
}
