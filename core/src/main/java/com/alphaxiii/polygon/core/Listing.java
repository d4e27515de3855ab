package com.alphaxiii.polygon.core;

import java.util.List;

/**
 * The elements of an answer in the vendor's order, and those that could not be read: one bad
 * element costs no other, and is told.
 *
 * @param rejected what was left out of {@code values}
 */
public record Listing<T>(List<T> values, List<Rejected> rejected) {
  public Listing {
    values = List.copyOf(values);
    rejected = List.copyOf(rejected);
  }

  /** True when nothing was left out. */
  public boolean complete() {
    return rejected.isEmpty();
  }
}
