package com.alphaxiii.polygon.server;

import java.time.Duration;
import java.util.Arrays;

/**
 * Counts what a client may do in some time, exactly: in no span of that length are there more than
 * the limit. What is refused does not count.
 */
final class Quota {
  private final int most;
  private final long period;

  /** When each of those granted last came, in a circle; it grows to its full size as needed. */
  private long[] granted = new long[16];

  private int next;
  private int count;

  Quota(AccessToken.Limit limit) {
    most = limit.requests();
    period = limit.period().toNanos();
  }

  /**
   * Grants one more, or says how long there is none.
   *
   * @param now nanoseconds on a clock that never goes back
   * @return zero when it is granted
   */
  synchronized Duration take(long now) {
    if (count == most) {
      long wait = granted[next] + period - now;
      if (wait > 0) {
        return Duration.ofNanos(wait);
      }
    } else {
      if (count == granted.length) {
        granted = Arrays.copyOf(granted, Math.min(most, 2 * count));
      }
      count++;
    }
    granted[next] = now;
    next = next + 1 == most ? 0 : next + 1;
    return Duration.ZERO;
  }
}
