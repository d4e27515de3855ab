package com.alphaxiii.polygon.cli;

import java.util.concurrent.CountDownLatch;

/** Tells a command that runs until it is stopped that the time has come. */
final class StopSignal {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean awaited;

  void stop() {
    stopped.countDown();
  }

  /** Whether a command runs that ends because of the signal; another does not hear of it. */
  boolean isAwaited() {
    return awaited;
  }

  /** Waits for the signal; an interrupt counts as one. */
  void await() {
    awaited = true;
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }
}
