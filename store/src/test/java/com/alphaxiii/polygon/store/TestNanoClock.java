package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.NanoClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Stands still until a test moves it. */
final class TestNanoClock implements NanoClock {
  private final AtomicLong now = new AtomicLong();

  @Override
  public long nanoTime() {
    return now.get();
  }

  @Override
  public void sleep(Duration duration) {
    throw new AssertionError("a recorder does not sleep");
  }

  void advance(Duration duration) {
    now.addAndGet(duration.toNanos());
  }
}
