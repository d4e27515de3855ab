package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Tier;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** Counts each key's requests of the last minute. Thread-safe. */
final class RateWindow {
  private static final long MINUTE = 60_000_000_000L;

  private final NanoClock clock;
  private final Map<String, ArrayDeque<Long>> admitted = new HashMap<>();
  private long swept;

  RateWindow(NanoClock clock) {
    this.clock = clock;
    this.swept = clock.nanoTime();
  }

  /**
   * Counts a request in; one that is refused does not count.
   *
   * @throws ApiError 429 when the plan's requests of this minute are used up
   */
  synchronized void admit(String key, Tier tier) {
    long now = clock.nanoTime();
    if (now - swept >= MINUTE) {
      admitted.values().removeIf(times -> now - times.getLast() >= MINUTE);
      swept = now;
    }
    ArrayDeque<Long> times = admitted.computeIfAbsent(key, k -> new ArrayDeque<>());
    while (!times.isEmpty() && now - times.getFirst() >= MINUTE) {
      times.removeFirst();
    }
    if (times.size() >= tier.requestsPerMinute()) {
      throw ApiError.ofStatus(429);
    }
    times.addLast(now);
  }
}
