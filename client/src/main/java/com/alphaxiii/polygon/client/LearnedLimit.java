package com.alphaxiii.polygon.client;

import java.time.Duration;

/**
 * What the vendor really grants in a minute, learned from its refusals. Our own count keeps the
 * plan's law, so a refusal (429) that comes again says that another program uses the key or that
 * the plan is smaller than configured: the limit is halved. Each minute without a refusal it grows
 * by a quarter, never above the plan.
 *
 * <p>Requests that were under way when one was refused may be refused too; that is the same event.
 * One event alone may be an accident and only makes a pause.
 *
 * <p>Times are nanoseconds from one origin. Not thread-safe.
 */
final class LearnedLimit {
  /** Refusals further apart than this have nothing to do with each other. */
  static final long AGAIN_WITHIN = Duration.ofMinutes(5).toNanos();

  private static final long GROWTH_EVERY = Duration.ofMinutes(1).toNanos();
  private static final long SHORTEST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();
  private static final int PAUSE_GROWTH = 8;
  private static final long NEVER = Long.MIN_VALUE;

  private final int plan;
  private int limit;
  private long lastRefusal = NEVER;
  private long growsAt = Long.MAX_VALUE;
  private int inARow;

  LearnedLimit(int plan) {
    this.plan = plan;
    this.limit = plan;
  }

  /** Requests a minute that the vendor grants as far as is known; 1 to the plan's. */
  int perMinute() {
    return limit;
  }

  boolean lowered() {
    return limit < plan;
  }

  /** A request begun at {@code begun} was refused. */
  void refused(long begun, long now) {
    if (lastRefusal != NEVER && begun <= lastRefusal) {
      return;
    }
    if (lastRefusal != NEVER && now - lastRefusal <= AGAIN_WITHIN) {
      limit = Math.max(1, limit / 2);
    }
    lastRefusal = now;
    inARow++;
  }

  /** A request begun at {@code begun} was answered otherwise. */
  void accepted(long begun) {
    if (begun > lastRefusal) {
      inARow = 0;
    }
  }

  /**
   * How long nobody sends after a refusal without {@code Retry-After}: one request's share of the
   * minute, at least a second, and eight times as long for each further refusal in a row, up to the
   * minute after which nothing sent before counts.
   */
  Duration pause() {
    long pause = Math.max(SHORTEST_PAUSE, Duration.ofMinutes(1).toNanos() / limit);
    for (int i = 1; i < inARow && pause < LONGEST_PAUSE; i++) {
      pause *= PAUSE_GROWTH;
    }
    return Duration.ofNanos(Math.min(pause, LONGEST_PAUSE));
  }

  /** Growth counts from {@code resumed}, when sending goes on after a refusal. */
  void resumeAt(long resumed) {
    growsAt = lowered() ? resumed + GROWTH_EVERY : Long.MAX_VALUE;
  }

  /** Applies what time alone changes. */
  void passUntil(long now) {
    while (growsAt <= now) {
      limit = Math.min(plan, limit + Math.max(1, limit / 4));
      growsAt = lowered() ? growsAt + GROWTH_EVERY : Long.MAX_VALUE;
    }
  }

  /** When the limit grows next; the end of time when it is the plan's. */
  long growsAt() {
    return growsAt;
  }
}
