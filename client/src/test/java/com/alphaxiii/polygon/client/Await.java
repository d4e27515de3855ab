package com.alphaxiii.polygon.client;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions, never for time alone. */
final class Await {
  private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

  private Await() {}

  static void until(String claim, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE) {
        throw new AssertionError("not within 20 s: " + claim);
      }
      LockSupport.parkNanos(200_000);
    }
  }
}
