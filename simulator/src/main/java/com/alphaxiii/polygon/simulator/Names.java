package com.alphaxiii.polygon.simulator;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;

/** What currencies and indices are called. */
final class Names {
  private static final Map<String, String> COINS =
      Map.of(
          "BTC", "Bitcoin",
          "ETH", "Ethereum",
          "SOL", "Solana",
          "DOGE", "Dogecoin",
          "LTC", "Litecoin",
          "XRP", "XRP",
          "ADA", "Cardano",
          "USDT", "Tether",
          "USDC", "USD Coin");
  private static final Map<String, String> INDICES =
      Map.of(
          "I:SPX", "S&P 500",
          "I:NDX", "Nasdaq-100",
          "I:DJI", "Dow Jones Industrial Average",
          "I:RUT", "Russell 2000",
          "I:VIX", "Cboe Volatility Index",
          "I:COMP", "Nasdaq Composite");

  private Names() {}

  /** The name of a currency or coin; its symbol when it has none here. */
  static String ofCurrency(String symbol) {
    String coin = COINS.get(symbol);
    if (coin != null) {
      return coin;
    }
    try {
      return Currency.getInstance(symbol).getDisplayName(Locale.US);
    } catch (IllegalArgumentException e) {
      return symbol;
    }
  }

  /** The name of an index; its symbol when it has none here. */
  static String ofIndex(String symbol) {
    return INDICES.getOrDefault(symbol, symbol.substring(symbol.indexOf(':') + 1));
  }
}
