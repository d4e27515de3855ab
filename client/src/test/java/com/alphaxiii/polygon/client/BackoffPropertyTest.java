package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffPropertyTest {
  @Property
  void waitsAreBoundedByADoublingLimitAndACap(
      @ForAll @IntRange(min = 1, max = 5_000) int first,
      @ForAll @IntRange(min = 0, max = 100_000) int more,
      @ForAll long seed) {
    Duration max = Duration.ofMillis(first + more);
    Backoff backoff = new Backoff(Duration.ofMillis(first), max, new Random(seed));
    for (int round = 0; round < 2; round++) {
      double limit = first;
      for (int failure = 0; failure < 100; failure++) {
        Duration wait = backoff.next();
        assertThat(wait.toMillis()).isBetween(1L, Math.min((long) limit, max.toMillis()));
        limit = Math.min(limit * 2, 1e12);
      }
      backoff.reset();
    }
  }

  @Property(tries = 20)
  void waitsAreSpreadOverTheWholeLimit(@ForAll long seed) {
    Backoff backoff =
        new Backoff(Duration.ofMillis(1000), Duration.ofMillis(1000), new Random(seed));
    long low = Long.MAX_VALUE;
    long high = 0;
    for (int i = 0; i < 1000; i++) {
      long wait = backoff.next().toMillis();
      low = Math.min(low, wait);
      high = Math.max(high, wait);
    }
    assertThat(low).isLessThan(100);
    assertThat(high).isGreaterThan(900);
  }
}
