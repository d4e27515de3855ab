package com.alphaxiii.polygon.core;

import java.util.Locale;

/** The unit of a bar's window. */
public enum Timespan {
  SECOND("sec"),
  MINUTE("min"),
  HOUR("hour"),
  DAY("day"),
  WEEK("week"),
  MONTH("month"),
  QUARTER("quarter"),
  YEAR("year");

  private final String word;

  Timespan(String word) {
    this.word = word;
  }

  /** How users write it: {@code sec}, {@code min}, {@code hour} … */
  public String word() {
    return word;
  }

  /** How the vendor writes it: {@code second}, {@code minute}, {@code hour} … */
  public String vendorWord() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** True for second, minute and hour: units of fixed length that lie within a day. */
  public boolean isIntraday() {
    return compareTo(DAY) < 0;
  }

  /** Length in milliseconds of an intraday unit; throws for the others, whose length varies. */
  public long millis() {
    return switch (this) {
      case SECOND -> 1_000L;
      case MINUTE -> 60_000L;
      case HOUR -> 3_600_000L;
      default -> throw new IllegalStateException(this + " has no fixed length");
    };
  }
}
