package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.CallerName;
import com.alphaxiii.polygon.core.RequestTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does several pieces of one request's work at a time. The thread that asks always works itself, so
 * that nobody waits for helpers that others keep busy; helpers come out of one bounded number for
 * all, which bounds the memory that answers take.
 */
final class Crew {
  private static final int MOST_HELPERS = 16;
  private static final int HELPERS_OF_ONE = 7;

  private final String name;
  private final int helpersOfOne;
  private final Semaphore free;

  /**
   * @param name of the helpers' threads
   * @param most helpers of all requests together
   * @param ofOne helpers of a single request
   */
  private Crew(String name, int most, int ofOne) {
    this.name = name;
    this.helpersOfOne = ofOne;
    this.free = new Semaphore(most);
  }

  /** For work that waits for others most of its time. */
  static Crew fetching() {
    return new Crew("polygon-fetch", MOST_HELPERS, HELPERS_OF_ONE);
  }

  /** For work that keeps a processor busy: no more at once than there are. */
  static Crew computing(int processors) {
    return new Crew("polygon-read", processors - 1, processors - 1);
  }

  /**
   * Does all pieces. After a failure none is begun; those under way are finished, and then the
   * first failure is thrown.
   */
  <T> void each(List<T> pieces, Consumer<? super T> action) {
    Work<T> work = new Work<>(pieces, action);
    List<Thread> helpers = new ArrayList<>();
    int wanted = Math.min(pieces.size() - 1, helpersOfOne);
    String caller = CallerName.current();
    Optional<RequestTrace> trace = RequestTrace.current();
    while (helpers.size() < wanted && free.tryAcquire()) {
      helpers.add(Thread.ofVirtual().name(name).start(() -> help(caller, trace, work)));
    }
    work.run();
    join(helpers);
    work.throwFailure();
  }

  private void help(String caller, Optional<RequestTrace> trace, Work<?> work) {
    try {
      RequestTrace.run(trace, () -> CallerName.run(caller, work::run));
    } finally {
      free.release();
    }
  }

  /** Waits for all; an interrupt is passed on to them and stays set. */
  private static void join(List<Thread> helpers) {
    boolean interrupted = false;
    for (Thread helper : helpers) {
      boolean joined = false;
      while (!joined) {
        try {
          helper.join();
          joined = true;
        } catch (InterruptedException e) {
          interrupted = true;
          helpers.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Work<T> {
    private final List<T> pieces;
    private final Consumer<? super T> action;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Work(List<T> pieces, Consumer<? super T> action) {
      this.pieces = pieces;
      this.action = action;
    }

    /** Takes piece after piece; returns how many were taken. */
    int run() {
      int taken = 0;
      for (int i = next.getAndIncrement();
          i < pieces.size() && failure.get() == null;
          i = next.getAndIncrement()) {
        taken++;
        try {
          action.accept(pieces.get(i));
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        }
      }
      return taken;
    }

    void throwFailure() {
      switch (failure.get()) {
        case null -> {}
        case Error error -> throw error;
        case RuntimeException exception -> throw exception;
        default -> throw new IllegalStateException(failure.get());
      }
    }
  }
}
