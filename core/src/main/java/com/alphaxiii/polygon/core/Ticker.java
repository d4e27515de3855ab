package com.alphaxiii.polygon.core;

import java.util.regex.Pattern;

/**
 * The human-readable name of an instrument in its market, such as {@code AAPL}, {@code BRK.A},
 * {@code O:AAPL230616C00150000}. Case matters: {@code BCpA} and {@code BCPA} are two instruments. A
 * ticker is reused over the years, so it is no stable identity. It never holds a slash, so it can
 * be part of a path.
 *
 * @param symbol as the vendor's REST API spells it
 */
public record Ticker(String symbol) implements Comparable<Ticker> {
  private static final Pattern FORM = Pattern.compile("([OCXI]:)?[A-Za-z0-9][A-Za-z0-9._-]{0,31}");

  /** Throws {@link PolygonException.InvalidRequest} when the text cannot be a ticker. */
  public Ticker {
    if (!FORM.matcher(symbol).matches()) {
      throw new PolygonException.InvalidRequest(
          "symbol",
          symbol,
          "'%s' is not a ticker: letters, digits and . - _ after an optional O: C: X: or I:"
              .formatted(symbol));
    }
  }

  /** The ticker spelled so; blanks around it are dropped. */
  public static Ticker of(String symbol) {
    return new Ticker(symbol.strip());
  }

  /** The market that the prefix tells. */
  public Market market() {
    return Market.of(symbol);
  }

  @Override
  public int compareTo(Ticker other) {
    return symbol.compareTo(other.symbol);
  }

  @Override
  public String toString() {
    return symbol;
  }
}
