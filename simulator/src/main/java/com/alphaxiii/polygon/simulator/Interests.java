package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The topics of one connection: symbols by channel, where {@code *} stands for all. A pair of
 * currencies is one symbol however it is spelled: {@code EUR/USD}, {@code EURUSD}, {@code
 * C:EUR-USD}.
 */
final class Interests {
  static final String ALL = "*";

  private final Market market;
  private final Map<String, Set<String>> symbols = new HashMap<>();

  Interests(Market market) {
    this.market = market;
  }

  /** A symbol as topics and events are compared by. */
  static String key(Market market, String symbol) {
    if (market != Market.FOREX && market != Market.CRYPTO) {
      return symbol;
    }
    String pair =
        symbol.startsWith(market.prefix()) ? symbol.substring(market.prefix().length()) : symbol;
    return pair.replace("/", "").replace("-", "");
  }

  void add(String channel, String symbol) {
    symbols.computeIfAbsent(channel, c -> new HashSet<>()).add(key(market, symbol));
  }

  void remove(String channel, String symbol) {
    Set<String> some = symbols.get(channel);
    if (some != null) {
      some.remove(key(market, symbol));
    }
  }

  /** How many symbols a channel has. */
  int count(String channel) {
    return symbols.getOrDefault(channel, Set.of()).size();
  }

  boolean wants(String channel, String symbol) {
    Set<String> some = symbols.get(channel);
    return some != null && (some.contains(symbol) || some.contains(ALL));
  }

  void addSymbolsTo(Set<String> all) {
    symbols.values().forEach(all::addAll);
  }

  /** All topics, such as {@code T.AAPL}. */
  Stream<String> topics() {
    return symbols.entrySet().stream()
        .flatMap(entry -> entry.getValue().stream().map(symbol -> entry.getKey() + "." + symbol));
  }
}
