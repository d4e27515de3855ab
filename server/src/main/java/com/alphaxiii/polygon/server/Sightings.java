package com.alphaxiii.polygon.server;

import java.util.HashMap;
import java.util.Map;

/** How often each mark was seen. */
final class Sightings {
  private final Map<EventMark, Integer> counts = new HashMap<>();

  /** Counts one; how many there are with it. */
  int add(EventMark mark) {
    return counts.merge(mark, 1, Integer::sum);
  }

  int count(EventMark mark) {
    return counts.getOrDefault(mark, 0);
  }

  void clear() {
    counts.clear();
  }

  /**
   * Whether all of these between two times, Unix ms, both included, were seen there too, at least
   * as often.
   */
  boolean isWithin(Sightings others, long from, long to) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().time() >= from && entry.getKey().time() <= to)
        .allMatch(entry -> others.count(entry.getKey()) >= entry.getValue());
  }
}
