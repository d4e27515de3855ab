package com.alphaxiii.polygon.calendar;

import java.util.Locale;

/** What the market does at an instant. */
public enum MarketPhase {
  /** Regular session. */
  OPEN,
  /** Before or after the regular session of a trading day. */
  EXTENDED,
  /** Night, weekend or holiday. */
  CLOSED;

  /** In lower case: {@code open}, {@code extended}, {@code closed}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
