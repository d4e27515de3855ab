package com.alphaxiii.polygon.core;

import java.util.Locale;

/**
 * Something that a key may do, or may not.
 *
 * @param name such as {@code trades} or {@code minute_bars}
 * @param detail in words: what was asked, or how far history reaches
 */
public record Feature(String name, State state, String detail) {
  /** What a probe told. */
  public enum State {
    ALLOWED,
    /** The plan does not include it. */
    NOT_ENTITLED,
    /** It could not be found out. */
    UNKNOWN;

    /** In lower case, as answers tell it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
