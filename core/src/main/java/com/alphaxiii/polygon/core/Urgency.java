package com.alphaxiii.polygon.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Of a piece of patient work, whether somebody has come to wait for it. It goes with the thread
 * that does the work down to the request budget, like {@link CallerName}, where a request that
 * waits in the line of the patient then goes to the line of those who are waited for. Safe for use
 * by many threads.
 */
public final class Urgency {
  private static final ScopedValue<Urgency> CURRENT = ScopedValue.newInstance();

  private final List<Runnable> actions = new ArrayList<>();
  private boolean raised;

  /** The end of an interest. */
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Does some work of this urgency. */
  public void run(Runnable work) {
    ScopedValue.where(CURRENT, this).run(work);
  }

  /** That of what the current thread does; empty when nobody else can come to wait for it. */
  public static Optional<Urgency> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** Says that somebody waits. */
  public void raise() {
    List<Runnable> now;
    synchronized (this) {
      if (raised) {
        return;
      }
      raised = true;
      now = List.copyOf(actions);
    }
    now.forEach(Runnable::run);
  }

  /** Whether somebody waits. */
  public synchronized boolean isRaised() {
    return raised;
  }

  /**
   * Runs an action when somebody comes to wait, on that one's thread, or at once if one does
   * already. It may still run while the watch is being closed.
   */
  public Watch whenRaised(Runnable action) {
    boolean already;
    synchronized (this) {
      already = raised;
      if (!already) {
        actions.add(action);
      }
    }
    if (already) {
      action.run();
    }
    return () -> forget(action);
  }

  private synchronized void forget(Runnable action) {
    actions.remove(action);
  }
}
