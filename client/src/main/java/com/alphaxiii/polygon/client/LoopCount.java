package com.alphaxiii.polygon.client;

import java.util.concurrent.atomic.AtomicLong;

/** A number that the reading thread alone counts up and any thread reads. */
final class LoopCount {
  private final AtomicLong count = new AtomicLong();

  void increment() {
    count.setRelease(count.getPlain() + 1);
  }

  long get() {
    return count.getAcquire();
  }
}
