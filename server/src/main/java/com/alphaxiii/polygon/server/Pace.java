package com.alphaxiii.polygon.server;

import java.util.concurrent.TimeUnit;

/** How fast a client may send messages: a bucket that fills steadily. For one thread. */
final class Pace {
  /** Messages that may come at once. */
  static final int BURST = 200;

  /** Messages a second that may come for ever. */
  static final int STEADY = 50;

  private static final long NANOS_EACH = TimeUnit.SECONDS.toNanos(1) / STEADY;

  private double left = BURST;
  private long last;

  /** A full bucket; times are on a clock that never goes back. */
  Pace(long now) {
    last = now;
  }

  /** Takes one; false when the bucket is empty. */
  boolean take(long now) {
    left = Math.min(BURST, left + (double) (now - last) / NANOS_EACH);
    last = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
