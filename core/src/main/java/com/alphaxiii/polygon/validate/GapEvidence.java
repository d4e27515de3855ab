package com.alphaxiii.polygon.validate;

import java.util.Locale;

/** What tells a window in which nothing traded from one that was lost. */
public enum GapEvidence {
  /** The trades of the day. */
  TRADES,
  /** The second bars of the day. */
  SECONDS,
  /** The day bar, which tells that the day traded. */
  DAY_BAR,
  /** How regularly and how much the ticker trades around the window. */
  PROFILE,
  /** Nothing: gaps are not looked for in bars of this kind. */
  NONE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
