package com.alphaxiii.polygon.core;

import java.util.function.Supplier;

/**
 * On whose behalf the current thread works: a program, user or job. It goes with the thread from
 * the door to the request budget, where callers take turns, through layers that need not know it.
 * Work handed to other threads must carry it along.
 */
public final class CallerName {
  private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

  private CallerName() {}

  /** Does some work on behalf of a caller; the empty name is the one all have who give none. */
  public static <T> T call(String name, Supplier<T> work) {
    return ScopedValue.where(CURRENT, name).call(work::get);
  }

  /** Does some work on behalf of a caller, without a result. */
  public static void run(String name, Runnable work) {
    ScopedValue.where(CURRENT, name).run(work);
  }

  /** The caller's name; empty when none was given. */
  public static String current() {
    return CURRENT.orElse("");
  }
}
