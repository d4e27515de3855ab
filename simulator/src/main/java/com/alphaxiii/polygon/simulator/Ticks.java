package com.alphaxiii.polygon.simulator;

import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/** Finding ticks by their times, Unix ns. */
final class Ticks {
  private Ticks() {}

  static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }

  /** Index of the first tick after a time, in a list ordered by time. */
  static <T> int firstAfter(List<T> ticks, ToLongFunction<T> time, long nanos) {
    int low = 0;
    int high = ticks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (time.applyAsLong(ticks.get(middle)) <= nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
