package com.alphaxiii.polygon.client;

/** Who goes first when requests must wait for the budget; the first constant is the most urgent. */
public enum Priority {
  /** Someone is looking at a screen. */
  INTERACTIVE,
  /** History that a live stream missed. */
  GAP_FILL,
  /** Bulk history that nobody waits for by the second. */
  BACKFILL
}
