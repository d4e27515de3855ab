package com.alphaxiii.polygon.server;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How slowly a client may read its answer, which holds memory until it is sent: what it keeps the
 * server waiting in all is bounded by a time and by what it has read, and so is each wait.
 *
 * @param grace for which it may wait for any answer, and in one piece
 * @param bytesPerSecond at which it must read on the whole
 * @param nanoTime a clock that never goes back, for any thread
 */
record ReaderPace(Duration grace, long bytesPerSecond, LongSupplier nanoTime) {
  /** A poor mobile connection. */
  private static final long SLOWEST = 32 << 10;

  private static final Duration GRACE = Duration.ofSeconds(60);

  static ReaderPace of(LongSupplier nanoTime) {
    return new ReaderPace(GRACE, SLOWEST, nanoTime);
  }

  /**
   * How long the next piece may be waited for, in nanoseconds.
   *
   * @param sent bytes until now, with that piece
   * @param waited nanoseconds until now
   */
  long left(long sent, long waited) {
    double allowed = grace.toNanos() + 1e9 * sent / bytesPerSecond;
    return Math.max(0, Math.min(grace.toNanos(), (long) allowed - waited));
  }
}
