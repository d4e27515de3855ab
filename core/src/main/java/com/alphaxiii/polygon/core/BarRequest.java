package com.alphaxiii.polygon.core;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question for bars.
 *
 * @param range bars whose window lies (at least partly) within are meant
 * @param asOf the New York day whose knowledge of splits and dividends applies; null = today's
 * @param useCache false fetches anew and replaces what is cached
 */
public record BarRequest(
    Ticker ticker,
    Timeframe timeframe,
    TimeRange range,
    Adjustment adjustment,
    @Nullable LocalDate asOf,
    boolean useCache) {

  /** Raw bars through the cache. */
  public static BarRequest raw(Ticker ticker, Timeframe timeframe, TimeRange range) {
    return new BarRequest(ticker, timeframe, range, Adjustment.NONE, null, true);
  }

  /** The New York day whose knowledge applies, when not today's. */
  public Optional<LocalDate> knowledge() {
    return Optional.ofNullable(asOf);
  }

  public BarRequest withTicker(Ticker other) {
    return new BarRequest(other, timeframe, range, adjustment, asOf, useCache);
  }

  /** The same, answered from the cache where it can be. */
  public BarRequest withCache() {
    return new BarRequest(ticker, timeframe, range, adjustment, asOf, true);
  }

  public BarRequest withRange(TimeRange other) {
    return new BarRequest(ticker, timeframe, other, adjustment, asOf, useCache);
  }

  @Override
  public String toString() {
    return "%s %s bars %s (adjust=%s)".formatted(ticker, timeframe, range, adjustment);
  }
}
