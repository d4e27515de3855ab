package com.alphaxiii.polygon.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the work under way: how many requests there are, and how much memory their answers take
 * together. Whoever does not fit waits for a while in order of arrival, when few others wait, and
 * is refused else.
 *
 * <p>Memory comes in two pools. Small answers have one for themselves, so that they never wait
 * behind large ones.
 */
final class Load {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final ScopedValue<Ticket> CURRENT = ScopedValue.newInstance();

  /** A claim of up to this part of the pool of small answers is small. */
  private static final int SMALL_PART = 4;

  private static final int UNIT = 1024;

  /**
   * How much is borne.
   *
   * @param requests under way at a time; one caller may have three quarters of them
   * @param smallBytes of memory for small answers
   * @param largeBytes of memory for all others; one that needs more is refused for good
   * @param waiting how many may wait for each of the two
   * @param patience how long they wait at most
   */
  record Limits(int requests, long smallBytes, long largeBytes, int waiting, Duration patience) {
    /** Of the largest heap, more than half for answers. */
    static Limits ofHeap(long heapBytes) {
      return new Limits(1_000, heapBytes / 8, heapBytes * 7 / 16, 256, Duration.ofSeconds(30));
    }
  }

  private final Limits limits;
  private final int mostOfOne;
  private final AtomicInteger requests = new AtomicInteger();
  private final ConcurrentMap<String, Integer> byCaller = new ConcurrentHashMap<>();
  private final Pool small;
  private final Pool large;

  Load(Limits limits) {
    this.limits = limits;
    mostOfOne = Math.max(1, limits.requests() * 3 / 4);
    small = new Pool(limits.smallBytes());
    large = new Pool(limits.largeBytes());
  }

  /** Memory that answers take in turns. */
  private final class Pool {
    private final int units;
    private final Semaphore free;
    private final AtomicInteger waiting = new AtomicInteger();

    Pool(long bytes) {
      units = (int) Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
      free = new Semaphore(units, true);
    }

    void take(int wanted) {
      // Whoever waits came first, so this does not overtake.
      if (!free.hasQueuedThreads() && free.tryAcquire(wanted)) {
        return;
      }
      try {
        if (waiting.incrementAndGet() > limits.waiting()
            || !free.tryAcquire(wanted, limits.patience().toNanos(), TimeUnit.NANOSECONDS)) {
          throw new Overloaded();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Overloaded();
      } finally {
        waiting.decrementAndGet();
      }
    }
  }

  /** A request's share of what is borne, from its beginning to the last byte of its answer. */
  final class Ticket implements AutoCloseable {
    private final String caller;
    private @Nullable Pool pool;
    private int held;

    private Ticket(String caller) {
      this.caller = caller;
    }

    /**
     * Waits until an answer of this size can be borne. What is claimed again replaces what was
     * claimed before when it is more, and else changes nothing.
     *
     * @throws Overloaded when that is not soon
     * @throws TooLarge when it never is
     */
    synchronized void claim(long bytes) {
      int wanted = (int) Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
      if (wanted <= held) {
        return;
      }
      if (bytes > limits.largeBytes()) {
        throw new TooLarge(bytes, limits.largeBytes());
      }
      // Nobody waits while holding something, so nobody can wait for each other.
      release();
      Pool of = bytes <= limits.smallBytes() / SMALL_PART ? small : large;
      of.take(wanted);
      pool = of;
      held = wanted;
    }

    private long most() {
      return limits.largeBytes();
    }

    private void release() {
      if (pool != null) {
        pool.free.release(held);
        pool = null;
        held = 0;
      }
    }

    /** Does the work of this request, after which the ticket is spent. */
    void spend(Runnable work) {
      try (this) {
        ScopedValue.where(CURRENT, this).run(work);
      }
    }

    @Override
    public synchronized void close() {
      release();
      requests.decrementAndGet();
      byCaller.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
    }
  }

  /**
   * Takes a request in; empty when there are too many.
   *
   * @param caller on whose behalf it comes
   */
  Optional<Ticket> enter(String caller) {
    if (requests.incrementAndGet() > limits.requests()) {
      requests.decrementAndGet();
      return Optional.empty();
    }
    Ticket ticket = new Ticket(caller);
    if (byCaller.merge(caller, 1, Integer::sum) > mostOfOne) {
      ticket.close();
      return Optional.empty();
    }
    return Optional.of(ticket);
  }

  /** Claims memory for the request that the current thread works for, if it works for one. */
  static void claim(long bytes) {
    if (CURRENT.isBound()) {
      CURRENT.get().claim(bytes);
    }
  }

  /**
   * Claims memory for several equal parts of an answer, for fewer when not all can ever have it at
   * a time.
   *
   * @return how many parts may be in memory at a time, at least 1
   */
  static int claim(long bytes, int parts) {
    if (!CURRENT.isBound()) {
      return parts;
    }
    Ticket ticket = CURRENT.get();
    int fitting = (int) Math.clamp(ticket.most() / bytes, 1, parts);
    ticket.claim(bytes * fitting);
    return fitting;
  }

  int requests() {
    return requests.get();
  }

  int waiting() {
    return small.waiting.get() + large.waiting.get();
  }

  /** Memory that is claimed now. */
  long claimedBytes() {
    return (long) UNIT
        * (small.units
            - small.free.availablePermits()
            + large.units
            - large.free.availablePermits());
  }

  /** How a refusal is told. */
  static Problem busy() {
    return Problem.of(
            503,
            "overloaded",
            "Too busy",
            "The server has as many requests under way as it can bear; try again in a moment")
        .retryAfter(AGAIN);
  }

  /** There is no room soon. */
  static final class Overloaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overloaded() {
      super("overloaded", null, false, false);
    }
  }

  /** There will never be room. */
  static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long bytes;
    private final long most;

    TooLarge(long bytes, long most) {
      super("too large", null, false, false);
      this.bytes = bytes;
      this.most = most;
    }

    Problem problem() {
      return Problem.of(
          422,
          "too-much-at-once",
          "Too much at once",
          "The answer would take about %,d MB of memory, of which it can have %,d here: ask for a shorter range, or start the server with a larger heap (POLYGON_JAVA_OPTS=-Xmx…)"
              .formatted(Math.max(1, bytes >> 20), most >> 20));
    }
  }
}
