package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the cache holds.
 *
 * @param symbols tickers with at least one bar
 * @param parts files
 * @param rows bars in all of them
 * @param bytes their size together
 * @param oldest start of the earliest bar; null when there is none
 * @param newest start of the latest bar; null when there is none
 * @param rowsOf bars of each stored timeframe, all three of them
 * @param ticks trades and quotes, which the other numbers leave out
 */
public record StorageStatistics(
    long symbols,
    long parts,
    long rows,
    long bytes,
    @Nullable Instant oldest,
    @Nullable Instant newest,
    Map<Timeframe, Long> rowsOf,
    Ticks ticks) {
  public StorageStatistics {
    rowsOf = Map.copyOf(rowsOf);
  }

  /**
   * What the cache holds of trades and quotes.
   *
   * @param symbols tickers with at least one tick
   * @param days files, one for each ticker, kind and day
   * @param rows ticks in all of them
   * @param bytes their size together
   */
  public record Ticks(long symbols, long days, long rows, long bytes) {}

  /** Start of the earliest bar. */
  public Optional<Instant> earliest() {
    return Optional.ofNullable(oldest);
  }

  /** Start of the latest bar. */
  public Optional<Instant> latest() {
    return Optional.ofNullable(newest);
  }
}
