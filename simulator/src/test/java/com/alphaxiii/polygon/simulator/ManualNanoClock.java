package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.NanoClock;
import java.time.Duration;

/** A clock that stands still until a test moves it; sleepers wake when their time has come. */
final class ManualNanoClock implements NanoClock {
  private long now;
  private int sleepers;

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    long end = now + duration.toNanos();
    sleepers++;
    while (now < end) {
      wait(20_000);
    }
    sleepers--;
  }

  synchronized boolean hasSleeper() {
    return sleepers > 0;
  }

  synchronized void advanceSeconds(long seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
    notifyAll();
  }
}
