package com.alphaxiii.polygon.reference;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Which tickers to list.
 *
 * @param text part of symbol or name
 * @param market the vendor's word: stocks, otc, crypto, fx, indices
 * @param type the vendor's code such as CS or ETF
 * @param exchange MIC of the primary exchange such as XNAS
 * @param asOf the New York day whose tickers are meant; today's when empty
 * @param active false lists what is delisted
 */
public record TickerQuery(
    Optional<String> text,
    Optional<String> market,
    Optional<String> type,
    Optional<String> exchange,
    Optional<LocalDate> asOf,
    boolean active) {
  /** All active tickers of all markets. */
  public static final TickerQuery ALL =
      new TickerQuery(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          true);

  public TickerQuery withText(String other) {
    return new TickerQuery(Optional.of(other), market, type, exchange, asOf, active);
  }

  public TickerQuery withMarket(String other) {
    return new TickerQuery(text, Optional.of(other), type, exchange, asOf, active);
  }

  public TickerQuery withType(String other) {
    return new TickerQuery(text, market, Optional.of(other), exchange, asOf, active);
  }

  public TickerQuery withExchange(String other) {
    return new TickerQuery(text, market, type, Optional.of(other), asOf, active);
  }

  public TickerQuery withAsOf(LocalDate other) {
    return new TickerQuery(text, market, type, exchange, Optional.of(other), active);
  }

  public TickerQuery withActive(boolean other) {
    return new TickerQuery(text, market, type, exchange, asOf, other);
  }
}
