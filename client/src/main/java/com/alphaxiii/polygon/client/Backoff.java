package com.alphaxiii.polygon.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: a random part of a limit that doubles with each failure
 * up to a cap, so that many clients that lost the same server do not return at the same moment.
 */
final class Backoff {
  private final long first;
  private final long max;
  private final RandomGenerator random;
  private int failures;

  Backoff(Duration first, Duration max, RandomGenerator random) {
    this.first = first.toMillis();
    this.max = max.toMillis();
    this.random = random;
  }

  /** The wait after one more failure: at least a millisecond, at most the limit. */
  Duration next() {
    long limit = limit(failures);
    failures = Math.min(failures + 1, Long.SIZE);
    return Duration.ofMillis(1 + random.nextLong(limit));
  }

  /** Begins anew after success. */
  void reset() {
    failures = 0;
  }

  private long limit(int failuresBefore) {
    long limit = first;
    for (int i = 0; i < failuresBefore && limit < max; i++) {
      limit *= 2;
    }
    return Math.min(limit, max);
  }
}
