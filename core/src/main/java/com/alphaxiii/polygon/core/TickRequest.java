package com.alphaxiii.polygon.core;

import java.time.LocalDate;

/**
 * A question for trades or quotes.
 *
 * @param range of the vendor's time of the events, exact to the nanosecond: when the SIP received
 *     them, or for forex and crypto the exchange's time
 * @param newestFirst the order of the answer; false is the order in which they happened
 * @param useCache false asks the vendor for just this range and neither reads nor writes a cache
 */
public record TickRequest(Ticker ticker, TimeRange range, boolean newestFirst, boolean useCache) {
  /** From the cache where there is one. */
  public TickRequest(Ticker ticker, TimeRange range, boolean newestFirst) {
    this(ticker, range, newestFirst, true);
  }

  /** In the order in which they happened. */
  public static TickRequest of(Ticker ticker, TimeRange range) {
    return new TickRequest(ticker, range, false);
  }

  /** A whole day of the ticker's market: of New York, or of UTC for crypto. */
  public static TickRequest ofDay(Ticker ticker, LocalDate day) {
    return of(ticker, TimeRange.ofDays(day, day, ticker.market().zone()));
  }

  @Override
  public String toString() {
    return "%s %s%s".formatted(ticker, range, newestFirst ? " newest first" : "");
  }
}
