package com.alphaxiii.polygon.core;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * An asset class as the vendor separates them: its own ticker prefix, stream path and time zone.
 */
public enum Market {
  STOCKS(""),
  OPTIONS("O:"),
  FOREX("C:"),
  CRYPTO("X:"),
  INDICES("I:");

  /** The zone in which stock, option, index and forex windows begin. */
  public static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private final String prefix;

  Market(String prefix) {
    this.prefix = prefix;
  }

  /** What a ticker of this market begins with; empty for stocks. */
  public String prefix() {
    return prefix;
  }

  /** The last segment of the stream's address and the vendor's word, such as {@code stocks}. */
  public String path() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The zone whose midnight begins a day bar: New York, but UTC for crypto. */
  public ZoneId zone() {
    return this == CRYPTO ? ZoneOffset.UTC : NEW_YORK;
  }

  static Market of(String symbol) {
    for (Market market : values()) {
      if (market != STOCKS && symbol.startsWith(market.prefix)) {
        return market;
      }
    }
    return STOCKS;
  }
}
