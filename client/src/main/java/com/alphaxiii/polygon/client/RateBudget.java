package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException.RateLimited;
import com.alphaxiii.polygon.core.RateLimitStatus;
import com.alphaxiii.polygon.core.Tier;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one budget of requests that all callers of a key share.
 *
 * <p>The law: in no 60 seconds are more requests granted than {@link Tier#requestsPerMinute}, also
 * not after idling, and a caller waits only while that window is full or the vendor asked for a
 * pause. Whoever waits goes in order of {@link Priority}, then of arrival.
 *
 * <p>Paid plans have a second, wider law against bursts, since the vendor asks to stay near 100
 * requests a second: in no second more than 100, or than the minute's budget needs if spread evenly
 * (167 for 10,000 a minute).
 *
 * <p>Thread-safe. Waiting callers hold no lock.
 */
public final class RateBudget {
  /** A longer pause is cut to this: twice the time after which none of our requests counts. */
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long MINUTE = 60 * SECOND;
  private static final int SOFT_CEILING_PER_SECOND = 100;
  private static final int SHORTEST_LINE = 1_000;

  private final Tier tier;
  private final int perMinute;
  private final NanoClock clock;
  private final long origin;
  private final ReentrantLock lock = new ReentrantLock();
  private final Turnstile turnstile;
  private final Map<Turnstile.Waiter, Condition> calls = new IdentityHashMap<>();
  // The waiter that sleeps until the next request is due and then lets in whoever is first.
  private Turnstile.@Nullable Waiter watch;
  private long throttled;
  private long rejected;
  private int inFlight;

  /** The budget of a plan, nothing used yet. */
  public static RateBudget of(Tier tier, NanoClock clock) {
    int perMinute = tier.requestsPerMinute();
    return new RateBudget(tier, perMinute, Math.max(SHORTEST_LINE, 2 * perMinute), clock);
  }

  RateBudget(Tier tier, int perMinute, int capacity, NanoClock clock) {
    this.tier = tier;
    this.perMinute = perMinute;
    this.clock = clock;
    this.origin = clock.nanoTime();
    int perSecond = Math.max(SOFT_CEILING_PER_SECOND, Math.ceilDiv(perMinute, 60));
    this.turnstile =
        new Turnstile(
            new SlidingWindow(perMinute, MINUTE), new SlidingWindow(perSecond, SECOND), capacity);
  }

  /** The right to send one request; closed when its answer is complete or has failed. */
  public final class Permit implements AutoCloseable {
    private final AtomicBoolean closed = new AtomicBoolean();

    private Permit() {}

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        lock.lock();
        try {
          inFlight--;
        } finally {
          lock.unlock();
        }
      }
    }
  }

  /**
   * Waits for the right to send one request.
   *
   * @throws RateLimited when too many callers of this priority wait already; the message and {@link
   *     RateLimited#retryAfter} tell when the next would have its turn
   */
  public Permit acquire(Priority priority) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long now = now();
      Turnstile.Waiter waiter = turnstile.join(priority);
      if (waiter == null) {
        throw lineFull(priority, now);
      }
      admit(now);
      if (!waiter.admitted) {
        throttled++;
        waitFor(waiter);
      }
      inFlight++;
      return new Permit();
    } finally {
      lock.unlock();
    }
  }

  private void waitFor(Turnstile.Waiter waiter) throws InterruptedException {
    Condition called = lock.newCondition();
    calls.put(waiter, called);
    try {
      while (!waiter.admitted) {
        if (watch == null) {
          watch = waiter;
          keepWatch();
        } else {
          called.await();
        }
      }
    } catch (InterruptedException e) {
      if (!waiter.admitted) {
        turnstile.leave(waiter);
        throw e;
      }
      // The grant is spent already, so the caller gets it and meets the interrupt afterwards.
      Thread.currentThread().interrupt();
    } finally {
      calls.remove(waiter);
      if (watch == waiter) {
        watch = null;
      }
      if (watch == null) {
        call(turnstile.first());
      }
    }
  }

  /** Sleeps, without the lock, until the next request is due; then lets in whoever may go. */
  private void keepWatch() throws InterruptedException {
    long now = now();
    long due = turnstile.freeAt(now);
    lock.unlock();
    try {
      clock.sleep(Duration.ofNanos(due - now));
    } finally {
      lock.lock();
      watch = null;
    }
    admit(now());
  }

  private void admit(long now) {
    turnstile.admit(now).forEach(this::call);
  }

  private void call(Turnstile.@Nullable Waiter waiter) {
    Condition called = waiter == null ? null : calls.get(waiter);
    if (called != null) {
      called.signal();
    }
  }

  private RateLimited lineFull(Priority priority, long now) {
    Duration wait = Duration.ofNanos(Math.max(0, turnstile.expected(priority, now) - now));
    return new RateLimited(
        "the request budget of plan %s (%d a minute) is used up and %d requests wait; a new %s request would go in about %d s: try again then, or send fewer"
            .formatted(
                tier,
                perMinute,
                turnstile.waiting(),
                priority.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                Math.ceilDiv(wait.toMillis(), 1000)),
        null,
        wait);
  }

  /**
   * The vendor answered 429: nobody sends before so long has passed. Pauses over two minutes are
   * cut to two: by then none of the requests sent before counts any more.
   */
  public void penalize(Duration pause) {
    lock.lock();
    try {
      rejected++;
      close(pause);
    } finally {
      lock.unlock();
    }
  }

  /** The vendor asked for a pause without saying that there were too many requests. */
  void pause(Duration pause) {
    lock.lock();
    try {
      close(pause);
    } finally {
      lock.unlock();
    }
  }

  private void close(Duration pause) {
    Duration held = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    if (held.isPositive()) {
      turnstile.close(now() + held.toNanos());
    }
  }

  /** How long one request of an evenly spread budget takes. */
  Duration slot() {
    return Duration.ofNanos(MINUTE / perMinute);
  }

  /** The budget at this moment. */
  public RateLimitStatus status() {
    lock.lock();
    try {
      long now = now();
      SlidingWindow minute = turnstile.minute();
      int used = minute.used(now);
      return new RateLimitStatus(
          tier,
          perMinute,
          used,
          perMinute - used,
          used == 0 ? Duration.ZERO : Duration.ofNanos(minute.freeAt(perMinute - used, now) - now),
          turnstile.waiting(),
          throttled,
          rejected,
          inFlight);
    } finally {
      lock.unlock();
    }
  }

  private long now() {
    return clock.nanoTime() - origin;
  }
}
