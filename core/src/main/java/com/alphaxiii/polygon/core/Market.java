package com.alphaxiii.polygon.core;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An asset class as the vendor separates them: its own ticker prefix, stream path and time zone.
 */
public enum Market {
  STOCKS("", "*"),
  OPTIONS("O:", "O:*"),
  FOREX("C:", "C:*"),
  CRYPTO("X:", "X:*"),
  INDICES("I:", "I:*"),
  // The vendor has no prefix for futures; without one their wildcard would be that of stocks.
  FUTURES("", "F:*");

  /** The zone in which stock, option, index and forex windows begin. */
  public static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  /** The zone of futures: their trading days are those of Chicago. */
  public static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

  // Product, month letter and year, such as ESZ6: stocks have no digits, so nothing is ambiguous.
  private static final Pattern FUTURE = Pattern.compile("[A-Z0-9]{1,4}[FGHJKMNQUVXZ][0-9]{1,2}");

  private final String prefix;
  private final String wildcard;

  Market(String prefix, String wildcard) {
    this.prefix = prefix;
    this.wildcard = wildcard;
  }

  /** What a ticker of this market begins with; empty for stocks and futures. */
  public String prefix() {
    return prefix;
  }

  /** What stands for all tickers of this market in a topic: {@code *}, {@code X:*} and so on. */
  public String wildcard() {
    return wildcard;
  }

  /** The last segment of the stream's address and the vendor's word, such as {@code stocks}. */
  public String path() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The zone whose midnight begins a day bar: New York, but UTC for crypto, Chicago for futures.
   */
  public ZoneId zone() {
    return switch (this) {
      case CRYPTO -> ZoneOffset.UTC;
      case FUTURES -> CHICAGO;
      default -> NEW_YORK;
    };
  }

  static Market of(String symbol) {
    if (symbol.length() > 2 && symbol.charAt(1) == ':') {
      for (Market market : values()) {
        if (!market.prefix.isEmpty() && symbol.startsWith(market.prefix)) {
          return market;
        }
      }
    }
    boolean digit = !symbol.isEmpty() && Character.isDigit(symbol.charAt(symbol.length() - 1));
    return digit && FUTURE.matcher(symbol).matches() ? FUTURES : STOCKS;
  }
}
