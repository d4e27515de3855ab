package com.alphaxiii.polygon.snapshot;

import com.alphaxiii.polygon.core.Ticker;

/**
 * A ticker that the vendor has no state of for this key; the others of the answer are not affected.
 *
 * @param error the vendor's word: NOT_FOUND (unknown ticker) or NOT_ENTITLED (not in the plan); or
 *     {@link #NOT_SENT}
 * @param message the vendor's sentence; empty when not sent
 */
public record NoSnapshot(Ticker ticker, String error, String message) implements SnapshotItem {
  /** The answer has neither the ticker's state nor a reason, or what it has cannot be read. */
  public static final String NOT_SENT = "NOT_SENT";

  /** True when a larger plan would have it. */
  public boolean notEntitled() {
    return error.equals("NOT_ENTITLED");
  }
}
