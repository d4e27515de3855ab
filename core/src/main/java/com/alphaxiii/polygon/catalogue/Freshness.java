package com.alphaxiii.polygon.catalogue;

import java.util.Locale;

/** How long an answer stays true, so how long it may be kept. */
public enum Freshness {
  /** Forever, once the time asked for is settled. */
  HISTORY,
  /** Until the next day's data. */
  DAILY,
  /** For hours: what changes seldom, and not at a known time. */
  REFERENCE,
  /** Not at all. */
  LIVE;

  /** The word in lower case, such as {@code history}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
