package com.alphaxiii.polygon;

import com.alphaxiii.polygon.core.NanoClock;
import java.time.Duration;

/** A clock that stands still until a test moves it; sleepers wake when their time has come. */
final class ManualNanoClock implements NanoClock {
  private long now;

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    long end = now + duration.toNanos();
    while (now < end) {
      wait(20_000);
    }
  }

  synchronized void advance(Duration duration) {
    now += duration.toNanos();
    notifyAll();
  }
}
