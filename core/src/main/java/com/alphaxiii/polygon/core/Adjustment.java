package com.alphaxiii.polygon.core;

import java.util.Locale;

/** What history is corrected for when it is read; raw prices are what is stored. */
public enum Adjustment {
  /** As traded. */
  NONE,
  /** For splits and stock dividends; the vendor calls it adjusted. */
  SPLIT,
  /** For splits and cash dividends: total return. */
  TOTAL;

  /** Reads {@code none}, {@code split}, {@code total}. */
  public static Adjustment parse(String text) {
    for (Adjustment adjustment : values()) {
      if (adjustment.toString().equals(text)) {
        return adjustment;
      }
    }
    throw new PolygonException.InvalidRequest(
        "adjust", text, "'%s' is not an adjustment: use none, split or total".formatted(text));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
