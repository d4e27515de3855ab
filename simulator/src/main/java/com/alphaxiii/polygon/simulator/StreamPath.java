package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a path of the stream leads to.
 *
 * @param venue the exchange's MIC where the path names one, such as {@code futures/cme}
 */
record StreamPath(Market market, Optional<String> venue) {
  private static final Map<Market, Set<String>> CHANNELS =
      Map.of(
          Market.STOCKS, Set.of("T", "Q", "A", "AM", "LULD", "NOI", "FMV", "LV"),
          Market.OPTIONS, Set.of("T", "Q", "A", "AM", "FMV", "LV"),
          Market.FOREX, Set.of("C", "CA", "CAS", "FMV", "LV"),
          Market.CRYPTO, Set.of("XT", "XQ", "XA", "XAS", "XL2", "FMV", "LV"),
          Market.INDICES, Set.of("V", "A", "AM", "FMV", "LV"),
          Market.FUTURES, Set.of("T", "Q", "A", "AM"));
  private static final Map<String, String> VENUES =
      Map.of("cme", "XCME", "cbot", "XCBT", "nymex", "XNYM", "comex", "XCEC");

  /** Reads a path such as {@code /stocks} or {@code /futures/cme}; empty for an unknown one. */
  static Optional<StreamPath> of(String path) {
    String[] words = path.split("/", -1);
    if (words.length < 2 || words.length > 3 || !words[0].isEmpty()) {
      return Optional.empty();
    }
    for (Market market : Market.values()) {
      if (market.path().equals(words[1])) {
        if (words.length == 2) {
          return Optional.of(new StreamPath(market, Optional.empty()));
        }
        return market == Market.FUTURES
            ? Optional.ofNullable(VENUES.get(words[2]))
                .map(venue -> new StreamPath(market, Optional.of(venue)))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  boolean hasChannel(String channel) {
    return CHANNELS.getOrDefault(market, Set.of()).contains(channel);
  }

  /** Whether a symbol trades where this path leads to. */
  boolean hasVenueOf(String symbol) {
    return venue.isEmpty()
        || FuturesProduct.all().stream()
            .anyMatch(
                product -> product.venue().equals(venue.get()) && isOf(symbol, product.code()));
  }

  /** Whether a future's ticker is of a product: its code, a month and a year. */
  private static boolean isOf(String symbol, String code) {
    return symbol.startsWith(code) && symbol.substring(code.length()).matches("[A-Z][0-9]{1,2}");
  }
}
