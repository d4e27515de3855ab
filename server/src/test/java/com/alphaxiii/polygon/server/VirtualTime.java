package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.NanoClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves. */
final class VirtualTime implements NanoClock, InstantSource {
  private Instant now;
  private long nanos = -1_000;

  VirtualTime(Instant start) {
    now = start;
  }

  void pass(Duration duration) {
    now = now.plus(duration);
    nanos += duration.toNanos();
  }

  void passTo(Instant then) {
    pass(Duration.between(now, then));
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public void sleep(Duration duration) {
    pass(duration);
  }
}
