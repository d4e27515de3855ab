package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.NanoClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that moves only when told: by {@link #advance}, or by whoever sleeps on it. */
final class SimulatedClock implements NanoClock, InstantSource {
  private final boolean sleepersAdvance;
  private final Instant origin;
  private long elapsed;
  private int sleepers;

  private SimulatedClock(boolean sleepersAdvance, Instant origin) {
    this.sleepersAdvance = sleepersAdvance;
    this.origin = origin;
  }

  /** For one thread: sleeping moves time and returns at once. */
  static SimulatedClock movedBySleepers() {
    return movedBySleepers(Instant.EPOCH);
  }

  static SimulatedClock movedBySleepers(Instant origin) {
    return new SimulatedClock(true, origin);
  }

  /** For many threads: sleepers wait until the test moves time. */
  static SimulatedClock held() {
    return held(Instant.EPOCH);
  }

  static SimulatedClock held(Instant origin) {
    return new SimulatedClock(false, origin);
  }

  @Override
  public synchronized long nanoTime() {
    return elapsed;
  }

  @Override
  public synchronized Instant instant() {
    return origin.plusNanos(elapsed);
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (sleepersAdvance) {
      elapsed += Math.max(0, duration.toNanos());
      return;
    }
    long until = elapsed + duration.toNanos();
    sleepers++;
    try {
      while (elapsed < until) {
        wait();
      }
    } finally {
      sleepers--;
    }
  }

  synchronized int sleepers() {
    return sleepers;
  }

  synchronized void advance(Duration duration) {
    elapsed += duration.toNanos();
    notifyAll();
  }
}
