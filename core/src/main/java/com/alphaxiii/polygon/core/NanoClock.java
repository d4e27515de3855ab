package com.alphaxiii.polygon.core;

import java.time.Duration;

/** Elapsed time and waiting on the same clock, so that waiting can be tested in simulated time. */
public interface NanoClock {
  /** Nanoseconds since an arbitrary origin; only differences mean something. */
  long nanoTime();

  /** Waits so long; zero and negative return at once. */
  void sleep(Duration duration) throws InterruptedException;

  /** The machine's clock. */
  static NanoClock system() {
    return SystemNanoClock.INSTANCE;
  }
}
