package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The latest price known of a ticker.
 *
 * @param size shares of the trade; NaN when the price is not that of a single trade
 * @param exchange the vendor's exchange id; null when the price is not that of a single trade
 * @param at when that price was made
 */
public record LatestPrice(
    Ticker ticker,
    double price,
    double size,
    @Nullable Integer exchange,
    Instant at,
    Origin origin) {
  /** What kind of datum the price is. */
  public enum Origin {
    STREAM,
    TRADE,
    MINUTE_BAR,
    PREVIOUS_CLOSE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
