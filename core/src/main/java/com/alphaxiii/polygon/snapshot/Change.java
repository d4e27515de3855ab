package com.alphaxiii.polygon.snapshot;

import java.util.OptionalDouble;

/**
 * A move of a price.
 *
 * @param amount in the ticker's currency
 * @param percent of the price before
 */
public record Change(OptionalDouble amount, OptionalDouble percent) {
  /** Not known. */
  public static final Change UNKNOWN = new Change(OptionalDouble.empty(), OptionalDouble.empty());
}
