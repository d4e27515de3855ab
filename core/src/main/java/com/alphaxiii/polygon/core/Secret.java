package com.alphaxiii.polygon.core;

/**
 * A key or token. It prints as {@code ****} and its last four characters; only {@link #reveal}
 * gives it away.
 */
public final class Secret {
  private static final int SHOWN = 4;

  private final String value;

  public Secret(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("an empty secret");
    }
    this.value = value;
  }

  /** The secret itself: for the request that needs it, never for a log, message or file name. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "****" + (value.length() > 2 * SHOWN ? value.substring(value.length() - SHOWN) : "");
  }
}
