package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.TickerEvent;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds back what was on its way to a client when it got a snapshot, where the snapshot is as new
 * or newer.
 */
final class Sieve {
  private final Map<Series, Long> known = new HashMap<>();
  private long until = -1;

  /** The client has this event. */
  void know(LastEvents.Seen seen) {
    known.merge(Series.of(seen.event()), seen.sequence(), Math::max);
    until = Math.max(until, seen.sequence());
  }

  /** True when whatever comes with this place or behind it passes. */
  boolean isDone(long sequence) {
    return sequence > until;
  }

  /** Whether an event is newer than what the client knows. */
  boolean passes(TickerEvent event, long sequence) {
    Long last = known.get(Series.of(event));
    return last == null || sequence > last;
  }
}
