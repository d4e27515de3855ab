package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a cache can be used, and what room it has.
 *
 * @param problem why nothing can be stored, in words; empty when it can
 * @param bytes size of its files together
 * @param mostBytes that they are kept within; empty when there is no limit
 * @param freeBytes that its disk has left for this program
 * @param diskBytes size of its disk
 * @param newest start of the latest bar; empty when there is none
 */
public record CacheStatus(
    Optional<String> problem,
    long bytes,
    OptionalLong mostBytes,
    long freeBytes,
    long diskBytes,
    Optional<Instant> newest) {
  /** Whether what is fetched can be stored. */
  public boolean isWritable() {
    return problem.isEmpty();
  }
}
