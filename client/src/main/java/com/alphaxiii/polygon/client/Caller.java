package com.alphaxiii.polygon.client;

/**
 * On whose behalf a request is sent. Callers of one priority take turns at the budget, whatever
 * number of requests each has waiting.
 *
 * @param name of the program, user or job, as messages show it; empty for callers that give none,
 *     which count as one
 */
public record Caller(String name, Priority priority) {
  /** The caller without a name. */
  public static Caller of(Priority priority) {
    return new Caller("", priority);
  }

  /** The same caller for requests of another urgency. */
  public Caller with(Priority other) {
    return new Caller(name, other);
  }

  /** The same urgency under another name. */
  public Caller named(String other) {
    return new Caller(other, priority);
  }
}
