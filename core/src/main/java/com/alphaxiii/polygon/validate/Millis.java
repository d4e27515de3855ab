package com.alphaxiii.polygon.validate;

import java.time.Instant;

/** Instants as Unix ms, kept within the times that bars can be of, so that sums do not overflow. */
final class Millis {
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("2101-01-01T00:00:00Z");

  private Millis() {}

  static long of(Instant at) {
    if (at.isBefore(EARLIEST)) {
      return EARLIEST.toEpochMilli();
    }
    return (at.isAfter(LATEST) ? LATEST : at).toEpochMilli();
  }
}
