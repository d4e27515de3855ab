package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.util.List;

/** Two currencies: so many of the quote for one of the base. */
record Pair(String base, String quote) {
  private static final List<String> LONG_QUOTES = List.of("USDT", "USDC");

  /** Reads {@code C:EURUSD}, {@code X:BTC-USD} and the like. */
  static Pair of(String symbol) {
    String letters = symbol.substring(symbol.indexOf(':') + 1);
    int dash = letters.indexOf('-');
    if (dash > 0) {
      return new Pair(letters.substring(0, dash), letters.substring(dash + 1));
    }
    int quote = LONG_QUOTES.stream().anyMatch(letters::endsWith) ? 4 : 3;
    int cut = Math.max(0, letters.length() - quote);
    return new Pair(letters.substring(0, cut), letters.substring(cut));
  }

  String forex() {
    return Market.FOREX.prefix() + base + quote;
  }

  String crypto() {
    return Market.CRYPTO.prefix() + base + quote;
  }

  /** As {@code BTC-USD}. */
  String dashed() {
    return base + "-" + quote;
  }

  /** As {@code EUR/USD}. */
  String slashed() {
    return base + "/" + quote;
  }
}
