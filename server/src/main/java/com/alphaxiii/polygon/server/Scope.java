package com.alphaxiii.polygon.server;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A part of the API that a token may be limited to. */
public enum Scope {
  /** History as bars, with the splits and dividends that adjust it, and its quality. */
  BARS,
  /** Trades and quotes of history. */
  TICKS,
  /** Latest prices, quotes, snapshots; search and validation of symbols; hours; features. */
  MARKET,
  /** WebSockets. */
  STREAM,
  /** The vendor's own paths. */
  VENDOR,
  /** Health, metrics, the cache's figures, the budget, the API's document. */
  STATUS,
  /** Removing what is cached. */
  CACHE_ADMIN;

  /** The word for all that is asked over HTTP and removes nothing. */
  static final String READ = "read";

  private static final Set<Scope> READING = EnumSet.of(BARS, TICKS, MARKET, VENDOR, STATUS);

  /** The scopes that a word of the configuration stands for; empty when it is none. */
  static Optional<Set<Scope>> named(String word) {
    return word.equals(READ)
        ? Optional.of(READING)
        : Arrays.stream(values())
            .filter(scope -> scope.toString().equals(word))
            .findFirst()
            .map(Set::of);
  }

  /** Whether it is for market data, which may be answered from the cache. */
  boolean isData() {
    return this == BARS || this == TICKS || this == MARKET || this == VENDOR;
  }

  /** All words, for messages. */
  static String words() {
    return Stream.concat(Stream.of(READ), Arrays.stream(values()).map(Scope::toString))
        .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
