package com.alphaxiii.polygon.snapshot;

import com.alphaxiii.polygon.core.Ticker;

/**
 * A ticker that the vendor has no state of for this key; the others of the answer are not affected.
 *
 * @param error the vendor's word: NOT_FOUND (unknown ticker) or NOT_ENTITLED (not in the plan)
 * @param message the vendor's sentence; empty when not sent
 */
public record NoSnapshot(Ticker ticker, String error, String message) implements SnapshotItem {
  /** True when a larger plan would have it. */
  public boolean notEntitled() {
    return error.equals("NOT_ENTITLED");
  }
}
