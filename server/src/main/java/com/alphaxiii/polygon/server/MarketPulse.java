package com.alphaxiii.polygon.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * When something of a market last came, and at what pace things come. The feed's thread writes, any
 * thread reads.
 */
final class MarketPulse {
  /** A silence that long is no pace but a night, or a break. */
  private static final long NIGHT = TimeUnit.HOURS.toNanos(1);

  private static final long NEVER = Long.MIN_VALUE;

  private final AtomicLong last = new AtomicLong(NEVER);
  private final AtomicLong delay = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong longest = new AtomicLong();
  private final AtomicLong longestBefore = new AtomicLong();

  /** When {@link #longest} was begun: the feed thread's own. */
  private long hour = NEVER;

  private volatile @Nullable Instant wantedSince;

  /**
   * An event has come.
   *
   * @param wall when, Unix ns
   * @param took since its own time, ns
   */
  void beat(long wall, long took) {
    if (took < delay.getPlain()) {
      delay.lazySet(took);
    }
    long before = last.getPlain();
    if (hour == NEVER || wall - hour >= NIGHT) {
      turn(wall);
    }
    long silence = before == NEVER ? 0 : wall - before;
    if (silence > longest.getPlain() && silence < NIGHT) {
      longest.lazySet(silence);
    }
    last.lazySet(wall);
  }

  private void turn(long wall) {
    boolean isNext = hour != NEVER && wall - hour < 2 * NIGHT;
    longestBefore.lazySet(isNext ? longest.getPlain() : 0);
    longest.lazySet(0);
    hour = wall;
  }

  /** Whether clients want anything of it, from now on. */
  void want(boolean wanted, Instant now) {
    if (!wanted) {
      wantedSince = null;
    } else if (wantedSince == null) {
      wantedSince = now;
    }
  }

  /** Since when clients have wanted anything of it; empty when they do not. */
  Optional<Instant> wantedSince() {
    return Optional.ofNullable(wantedSince);
  }

  /** When the last event came; empty before the first. */
  Optional<Instant> last() {
    long at = last.get();
    return at == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochSecond(0, at));
  }

  /** By how much the vendor sends this market late: the least that an event has taken. */
  Duration delay() {
    long least = delay.get();
    return least == Long.MAX_VALUE ? Duration.ZERO : Duration.ofNanos(Math.max(0, least));
  }

  /** The longest silence of the present hour and the one before, if it was less than an hour. */
  Duration usualSilence() {
    return Duration.ofNanos(Math.max(longest.get(), longestBefore.get()));
  }
}
