package com.alphaxiii.polygon.simulator;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The topics of one connection: symbols by channel, where {@code *} stands for all. */
final class Interests {
  static final String ALL = "*";

  private final Map<String, Set<String>> symbols = new HashMap<>();

  void add(String channel, String symbol) {
    symbols.computeIfAbsent(channel, c -> new HashSet<>()).add(symbol);
  }

  void remove(String channel, String symbol) {
    Set<String> some = symbols.get(channel);
    if (some != null) {
      some.remove(symbol);
    }
  }

  boolean wants(String channel, String symbol) {
    Set<String> some = symbols.get(channel);
    return some != null && (some.contains(symbol) || some.contains(ALL));
  }

  void addSymbolsTo(Set<String> all) {
    symbols.values().forEach(all::addAll);
  }
}
