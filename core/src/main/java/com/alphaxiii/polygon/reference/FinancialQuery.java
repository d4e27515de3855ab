package com.alphaxiii.polygon.reference;

import com.alphaxiii.polygon.core.Ticker;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Which financial reports to list, the latest period first.
 *
 * @param timeframe the vendor's word: quarterly, annual or ttm; all when empty
 * @param endFrom first day on which the period may end
 * @param endTo last day on which it may
 * @param sources true to have the source of each item told
 */
public record FinancialQuery(
    Ticker ticker,
    Optional<String> timeframe,
    Optional<LocalDate> endFrom,
    Optional<LocalDate> endTo,
    boolean sources) {
  /** All reports of a ticker. */
  public static FinancialQuery of(Ticker ticker) {
    return new FinancialQuery(ticker, Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  public FinancialQuery withTimeframe(String other) {
    return new FinancialQuery(ticker, Optional.of(other), endFrom, endTo, sources);
  }

  /** Periods that end within days, both included. */
  public FinancialQuery withEnd(LocalDate first, LocalDate last) {
    return new FinancialQuery(ticker, timeframe, Optional.of(first), Optional.of(last), sources);
  }

  public FinancialQuery withSources() {
    return new FinancialQuery(ticker, timeframe, endFrom, endTo, true);
  }
}
