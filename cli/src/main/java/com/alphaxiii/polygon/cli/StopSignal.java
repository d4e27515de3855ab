package com.alphaxiii.polygon.cli;

import java.util.concurrent.CountDownLatch;

/** Tells a command that runs until it is stopped that the time has come. */
final class StopSignal {
  private final CountDownLatch stopped = new CountDownLatch(1);

  void stop() {
    stopped.countDown();
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Waits for the signal; an interrupt counts as one. */
  void await() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }
}
