package com.alphaxiii.polygon.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reference data of a ticker, as the vendor lists it.
 *
 * @param type the vendor's type code such as CS (common stock) or ETF; null when not sent
 * @param market the vendor's market word: stocks, otc, crypto, fx, indices
 * @param primaryExchange MIC such as XNAS; null when not sent
 * @param currency of prices, such as usd; null when not sent
 */
public record TickerInfo(
    Ticker ticker,
    String name,
    @Nullable String type,
    String market,
    @Nullable String primaryExchange,
    @Nullable String currency,
    boolean active) {

  public Optional<String> exchange() {
    return Optional.ofNullable(primaryExchange);
  }
}
