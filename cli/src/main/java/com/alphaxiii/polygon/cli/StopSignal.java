package com.alphaxiii.polygon.cli;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Tells a command that runs until it is stopped that the time has come. */
final class StopSignal {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean awaited;
  private final Set<Thread> interrupted = new HashSet<>();

  void stop() {
    stopped.countDown();
    synchronized (interrupted) {
      interrupted.forEach(Thread::interrupt);
    }
  }

  /** Ends an {@link #interrupting}. */
  interface Interrupting extends AutoCloseable {
    @Override
    void close();
  }

  /** Interrupts a thread when the signal comes, or at once if it came before, until closed. */
  Interrupting interrupting(Thread thread) {
    awaited = true;
    synchronized (interrupted) {
      interrupted.add(thread);
      if (stopped.getCount() == 0) {
        thread.interrupt();
      }
    }
    return () -> {
      synchronized (interrupted) {
        interrupted.remove(thread);
      }
    };
  }

  /** Whether a command runs that ends because of the signal; another does not hear of it. */
  boolean isAwaited() {
    return awaited;
  }

  /** Waits for the signal; an interrupt counts as one. */
  void await() {
    awaited = true;
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }
}
