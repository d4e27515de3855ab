package com.alphaxiii.polygon.store;

import java.util.List;

/**
 * What a look at every file and row of a cache found.
 *
 * @param parts files that were read as a whole
 * @param bytes their size together
 * @param damages in the order they were found; empty when all is well
 * @param repaired false when they were only looked for
 */
public record Verification(long parts, long bytes, List<Damage> damages, boolean repaired) {
  public Verification {
    damages = List.copyOf(damages);
  }

  /** Whether nothing was wrong. */
  public boolean sound() {
    return damages.isEmpty();
  }
}
