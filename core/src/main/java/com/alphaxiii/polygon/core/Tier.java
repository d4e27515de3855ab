package com.alphaxiii.polygon.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The vendor's plans, as far as they differ for a client. */
public enum Tier {
  BASIC(5, true),
  STARTER(6_000, true),
  DEVELOPER(6_000, true),
  ADVANCED(10_000, false),
  BUSINESS(6_000, true);

  private final int requestsPerMinute;
  private final boolean delayed;

  Tier(int requestsPerMinute, boolean delayed) {
    this.requestsPerMinute = requestsPerMinute;
    this.delayed = delayed;
  }

  /** REST requests allowed in any 60 seconds. */
  public int requestsPerMinute() {
    return requestsPerMinute;
  }

  /** True when the plan's stream lags 15 minutes. */
  public boolean delayed() {
    return delayed;
  }

  /** Reads {@code basic} … {@code business}. */
  public static Tier parse(String text) {
    for (Tier tier : values()) {
      if (tier.toString().equals(text.strip().toLowerCase(Locale.ROOT))) {
        return tier;
      }
    }
    throw new PolygonException.InvalidRequest(
        "tier",
        text,
        "'%s' is not a tier: use %s"
            .formatted(
                text,
                Arrays.stream(values()).map(Tier::toString).collect(Collectors.joining(", "))));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
