package com.alphaxiii.polygon.store;

import java.time.LocalDate;
import java.util.Locale;

/**
 * Something about a ticker's splits that does not fit.
 *
 * @param day of New York that it is about
 * @param message what was seen and what was expected
 */
public record SplitFinding(Kind kind, LocalDate day, String message) {
  /** What does not fit. */
  public enum Kind {
    /** The same split is told twice. */
    DUPLICATE,
    /** Two different splits of one day. */
    CONTRADICTION,
    /** Prices do not jump as the split says. */
    MISMATCH,
    /** Prices jump as if there had been a split: a hint, since prices may fall by half too. */
    MISSING,
    /** No day bars around the split, or too small a split to be seen in prices. */
    UNCHECKED,
    /** {@code splits.csv} says otherwise than the vendor. */
    OVERRIDDEN;

    /** The word in lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
