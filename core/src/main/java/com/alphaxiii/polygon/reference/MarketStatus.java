package com.alphaxiii.polygon.reference;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is open now, in the vendor's words: open, closed, extended-hours.
 *
 * @param market of US stocks as a whole
 * @param preMarket true before the regular session
 * @param afterHours true after it
 * @param serverTime the vendor's clock
 * @param exchanges nyse, nasdaq, otc
 * @param currencies fx, crypto
 * @param indexGroups the publishers of indices, such as s_and_p
 */
public record MarketStatus(
    String market,
    boolean preMarket,
    boolean afterHours,
    Optional<Instant> serverTime,
    Map<String, String> exchanges,
    Map<String, String> currencies,
    Map<String, String> indexGroups) {
  public MarketStatus {
    exchanges = Map.copyOf(exchanges);
    currencies = Map.copyOf(currencies);
    indexGroups = Map.copyOf(indexGroups);
  }
}
