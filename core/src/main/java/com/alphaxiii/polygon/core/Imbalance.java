package com.alphaxiii.polygon.core;

/**
 * More orders of one side than of the other before an auction (net order imbalance).
 *
 * @param auctionTime hour and minute of the auction in New York as a number: 930, 1600
 * @param auction the vendor's letter: O early open, M core open, H reopening, C closing, P extreme
 *     closing imbalance, R regulatory closing imbalance; empty when not sent
 * @param imbalance shares that find no counterpart; negative on the sell side
 * @param paired shares that do
 * @param clearingPrice at which the book would clear
 * @param exchange the vendor's exchange id
 * @param time Unix ns
 * @param sequence the symbol's own sequence number; 0 when not sent
 */
public record Imbalance(
    Ticker ticker,
    int auctionTime,
    String auction,
    double imbalance,
    double paired,
    double clearingPrice,
    int exchange,
    long time,
    long sequence)
    implements TickerEvent {

  @Override
  public Channel channel() {
    return Channel.IMBALANCES;
  }
}
