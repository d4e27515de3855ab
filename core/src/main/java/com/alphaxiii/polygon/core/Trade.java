package com.alphaxiii.polygon.core;

/**
 * One trade as a securities information processor (SIP) published it; never adjusted.
 *
 * @param price per share, in the ticker's currency
 * @param size shares; 0 or a fraction occur since 2026
 * @param sipTime when the SIP received it, Unix ns; the stream sends milliseconds, so the last six
 *     digits are zero there
 * @param participantTime when the exchange stamped it, Unix ns; 0 when not sent (the stream has
 *     none)
 * @param exchange the vendor's exchange id; 4 with a {@code trfId} is an off-exchange print
 * @param id unique only per ticker, exchange and reporting facility; empty when not sent
 * @param tape listing group: 1 = A (NYSE), 2 = B (regional), 3 = C (Nasdaq); 0 when not sent
 * @param sequence grows by ticker and day, with holes; 0 when not sent
 * @param trfId reporting facility of an off-exchange print, 0 for none
 * @param trfTime when that facility received it, Unix ns; 0 when not sent
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
    long trfTime)
    implements TickerEvent {

  @Override
  public Channel channel() {
    return Channel.TRADES;
  }
}
