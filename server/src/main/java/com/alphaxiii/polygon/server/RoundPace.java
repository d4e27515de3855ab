package com.alphaxiii.polygon.server;

import java.util.concurrent.TimeUnit;

/**
 * How long a loop waits from the beginning of one round of writing to that of the next. Writing to
 * a socket costs nearly the same for one message as for fifty, so rounds are as short as can be
 * while that leaves the core some room, and become longer only when it does not: so long that the
 * loop writes four fifths of the time.
 *
 * <p>What a round costs is averaged over some, so that one that was held up by another program does
 * not hold up the next as well. One thread writes.
 */
final class RoundPace {
  static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Rounds that the average looks back upon. */
  private static final int ROUNDS = 8;

  // Four fifths of the time: a round's cost and a quarter of it.
  private static final int RESTS = 4;

  private long cost;
  private volatile long pause = SHORTEST_NANOS;

  /** A round has taken so long, ns. */
  void took(long nanos) {
    // Above what matters, how far above does not.
    long counted = Math.min(nanos, LONGEST_NANOS);
    cost += (counted - cost) / ROUNDS;
    pause = Math.clamp(cost + cost / RESTS, SHORTEST_NANOS, LONGEST_NANOS);
  }

  /** From the beginning of a round to that of the next at the earliest, ns. */
  long nanos() {
    return pause;
  }
}
