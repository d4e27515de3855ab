package com.alphaxiii.polygon.client;

/** Troubles that follow each other closely are one spell, of which one line is logged. */
final class Spell {
  /** As long without trouble ends a spell. */
  private static final long QUIET_NANOS = 60_000_000_000L;

  private boolean troubled;
  private long last;

  /** Notes a trouble at a nano time; true when it begins a spell. */
  boolean begins(long now) {
    boolean begins = !troubled || now - last > QUIET_NANOS;
    troubled = true;
    last = now;
    return begins;
  }
}
