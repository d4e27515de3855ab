package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The elements of an answer in the vendor's order, and those that could not be read: one bad
 * element costs no other, and is told.
 *
 * @param rejected what was left out of {@code values}
 * @param staleSince when it was asked for, of a kept answer that is older than it should be since
 *     the vendor could not be reached; null for every other
 */
public record Listing<T>(List<T> values, List<Rejected> rejected, @Nullable Instant staleSince) {
  /** An answer of now. */
  public Listing(List<T> values, List<Rejected> rejected) {
    this(values, rejected, null);
  }

  public Listing {
    values = List.copyOf(values);
    rejected = List.copyOf(rejected);
  }

  /** When an answer that is older than it should be was asked for. */
  public Optional<Instant> stale() {
    return Optional.ofNullable(staleSince);
  }

  /** True when nothing was left out. */
  public boolean complete() {
    return rejected.isEmpty();
  }
}
