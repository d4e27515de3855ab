package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException.RateLimited;
import com.alphaxiii.polygon.core.RateLimitStatus;
import com.alphaxiii.polygon.core.Tier;
import com.alphaxiii.polygon.core.Urgency;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one budget of requests that all callers of a key share.
 *
 * <p>The law: in no 60 seconds does the vendor get more requests than {@link
 * Tier#requestsPerMinute}, also not after idling. Since nobody here knows when a request arrives
 * there, it counts from the moment it is granted until 60 seconds after its permit is closed. A
 * caller waits only while the plan's number counts or the vendor asked for a pause. Whoever waits
 * goes strictly in order of {@link Priority}; within one, {@linkplain Caller callers} take turns,
 * and each goes in order of arrival.
 *
 * <p>Paid plans have a second, wider law against bursts, since the vendor asks to stay near 100
 * requests a second: in no second more than 100 are granted, or than the minute's budget needs if
 * spread evenly (167 for 10,000 a minute).
 *
 * <p>When the vendor refuses requests again and again though the law is kept, both numbers are
 * lowered, and recover by and by; {@link #status} tells.
 *
 * <p>Thread-safe. Waiting callers hold no lock.
 */
public final class RateBudget {
  /** A longer pause is cut to this: twice the time after which none of our requests counts. */
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(RateBudget.class);
  private static final int SOFT_CEILING_PER_SECOND = 100;
  private static final int SHORTEST_LINE = 1_000;

  private final Tier tier;
  private final int perMinute;
  private final NanoClock clock;
  private final RandomGenerator random;
  private final long origin;
  private final ReentrantLock lock = new ReentrantLock();
  private final Turnstile turnstile;
  private final Map<Turnstile.Waiter, Condition> calls = new IdentityHashMap<>();
  // The waiter that sleeps until the next request is due and then lets in whoever is first.
  private Turnstile.@Nullable Waiter watch;
  private boolean loweredTold;
  private long throttled;
  private long rejected;
  private int inFlight;

  /** The budget of a plan, nothing used yet. */
  public static RateBudget of(Tier tier, NanoClock clock) {
    return of(tier, clock, new Random());
  }

  static RateBudget of(Tier tier, NanoClock clock, RandomGenerator random) {
    int perMinute = tier.requestsPerMinute();
    return new RateBudget(tier, perMinute, Math.max(SHORTEST_LINE, 2 * perMinute), clock, random);
  }

  RateBudget(Tier tier, int perMinute, int capacity, NanoClock clock, RandomGenerator random) {
    this.tier = tier;
    this.perMinute = perMinute;
    this.clock = clock;
    this.random = random;
    this.origin = clock.nanoTime();
    int perSecond = Math.max(SOFT_CEILING_PER_SECOND, Math.ceilDiv(perMinute, 60));
    this.turnstile = new Turnstile(perMinute, perSecond, capacity);
  }

  /**
   * The right to send one request; closed when its answer is complete or has failed. What the
   * answer says of the budget may be told before or after.
   */
  public final class Permit implements AutoCloseable {
    private final long grantedAt;
    private boolean closed;

    private Permit(long grantedAt) {
      this.grantedAt = grantedAt;
    }

    /** The vendor answered, and did not say that there are too many requests. */
    public void accepted() {
      lock.lock();
      try {
        turnstile.accepted(grantedAt);
      } finally {
        lock.unlock();
      }
    }

    /**
     * The vendor answered 429: nobody sends before the pause it asks for is over. Without one, or
     * with one of nothing, the pause is one request's share of the minute, at least a second, and
     * grows with each refusal in a row; up to a quarter of it more is added at random, since the
     * other programs that use the key come back then too. Pauses over two minutes are cut to two:
     * by then none of the requests sent before counts any more.
     *
     * @return how long nobody sends from now on
     */
    public Duration refused(Optional<Duration> retryAfter) {
      lock.lock();
      try {
        long now = now();
        rejected++;
        turnstile.refused(grantedAt, now);
        hold(retryAfter.filter(Duration::isPositive).orElseGet(() -> backOff()), now);
        tellLimit();
        return Duration.ofNanos(turnstile.closedUntil() - now);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (!closed) {
          closed = true;
          inFlight--;
          turnstile.finish(now());
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** As {@link #acquire(Caller)} for the caller without a name. */
  public Permit acquire(Priority priority) throws InterruptedException {
    return acquire(Caller.of(priority));
  }

  /**
   * Waits for the right to send one request. Work that is patient and has become urgent ({@link
   * Urgency}), before or meanwhile, goes with those of {@link Priority#INTERACTIVE}.
   *
   * @throws RateLimited when the caller has its share of a line's places already; the message and
   *     {@link RateLimited#retryAfter} tell when the next would have its turn
   */
  public Permit acquire(Caller caller) throws InterruptedException {
    Optional<Urgency> urgency = Urgency.current();
    lock.lockInterruptibly();
    try {
      long now = now();
      Turnstile.Waiter waiter = turnstile.join(caller);
      if (waiter == null) {
        throw lineFull(caller, now);
      }
      urgency.filter(Urgency::isRaised).ifPresent(raised -> hurry(waiter));
      admit(now);
      if (!waiter.admitted) {
        throttled++;
        if (urgency.isPresent()) {
          try (var _ = urgency.get().whenRaised(() -> hurry(waiter))) {
            waitFor(waiter);
          }
        } else {
          waitFor(waiter);
        }
      }
      return new Permit(waiter.admittedAt);
    } finally {
      lock.unlock();
    }
  }

  private void hurry(Turnstile.Waiter waiter) {
    lock.lock();
    try {
      // One that has gone, or given up, has nothing more to wait for.
      if (turnstile.isWaiting(waiter) && waiter.caller.priority() != Priority.INTERACTIVE) {
        turnstile.move(waiter, Priority.INTERACTIVE);
      }
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
    long due = turnstile.due(now);
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
    for (Turnstile.Waiter waiter : turnstile.admit(now)) {
      inFlight++;
      call(waiter);
    }
    tellLimit();
  }

  private void call(Turnstile.@Nullable Waiter waiter) {
    Condition called = waiter == null ? null : calls.get(waiter);
    if (called != null) {
      called.signal();
    }
  }

  private RateLimited lineFull(Caller caller, long now) {
    Duration wait = Duration.ofNanos(Math.max(0, turnstile.expected(caller, now) - now));
    return new RateLimited(
        "the request budget of plan %s (%d a minute) is used up and %d requests wait, %d of them %s ones of %s; one more would go in about %d s: try again then, or send fewer"
            .formatted(
                tier,
                turnstile.learned().perMinute(),
                turnstile.waiting(),
                turnstile.waiting(caller),
                caller.priority().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                caller.name().isEmpty() ? "this caller" : "'" + caller.name() + "'",
                seconds(wait)),
        null,
        wait);
  }

  /** The vendor asked for a pause without saying that there were too many requests. */
  void pause(Duration pause) {
    lock.lock();
    try {
      hold(pause, now());
    } finally {
      lock.unlock();
    }
  }

  private void hold(Duration pause, long now) {
    Duration held = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    if (held.isPositive()) {
      turnstile.close(now + held.toNanos());
    }
  }

  private Duration backOff() {
    Duration pause = turnstile.learned().pause();
    return pause.plusNanos(random.nextLong(pause.toNanos() / 4 + 1));
  }

  /** Tells in the log, once each, that the limit was lowered and that it is the plan's again. */
  private void tellLimit() {
    if (loweredTold != turnstile.learned().lowered()) {
      loweredTold = !loweredTold;
      if (loweredTold) {
        LOG.warn(loweredNotice());
      } else {
        LOG.info("the vendor grants the budget of plan {} again: {} a minute", tier, perMinute);
      }
    }
  }

  private String loweredNotice() {
    return "the vendor refuses requests though the plan's budget is kept: another program seems to use this key, or the plan allows less than POLYGON_TIER=%s says; for now at most %d instead of %d requests a minute are sent"
        .formatted(tier, turnstile.learned().perMinute(), perMinute);
  }

  /** The budget at this moment. */
  public RateLimitStatus status() {
    lock.lock();
    try {
      long now = now();
      long expected = turnstile.expected(Caller.of(Priority.INTERACTIVE), now);
      SlidingWindow minute = turnstile.minute();
      int used = minute.used(now);
      return new RateLimitStatus(
          tier,
          perMinute,
          minute.limit(),
          used,
          Math.max(0, minute.limit() - used),
          Duration.ofNanos(minute.nextFree(now) - now),
          Duration.ofNanos(expected - now),
          turnstile.waiting(),
          throttled,
          rejected,
          inFlight,
          notice(now));
    } finally {
      lock.unlock();
    }
  }

  private Optional<String> notice(long now) {
    if (turnstile.learned().lowered()) {
      return Optional.of(loweredNotice());
    }
    Duration pause = Duration.ofNanos(Math.max(0, turnstile.closedUntil() - now));
    return pause.isPositive()
        ? Optional.of(
            "nothing is sent for %d s, since the vendor asked for a pause or refused a request"
                .formatted(seconds(pause)))
        : Optional.empty();
  }

  private static long seconds(Duration duration) {
    return Math.ceilDiv(duration.toMillis(), 1000);
  }

  private long now() {
    return clock.nanoTime() - origin;
  }
}
