package com.alphaxiii.polygon.core;

import java.time.LocalDate;

/**
 * A split: each {@code from} shares became {@code to} shares before trading on {@code
 * executionDate} (New York day).
 */
public record Split(Ticker ticker, LocalDate executionDate, double from, double to) {
  public Split {
    if (!(from > 0) || !(to > 0)) {
      throw new PolygonException.BadData(
          "split of %s on %s: %s for %s is no ratio".formatted(ticker, executionDate, to, from));
    }
  }
}
