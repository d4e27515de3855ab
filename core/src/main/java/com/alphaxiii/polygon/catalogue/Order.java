package com.alphaxiii.polygon.catalogue;

import java.util.List;

/**
 * How an endpoint's elements come when the request does not say.
 *
 * @param fields by this member of each element or, where it lacks that, by the next
 */
public record Order(List<String> fields, Direction direction) {
  /** Up, down, or not documented. */
  public enum Direction {
    ASCENDING,
    DESCENDING,
    UNKNOWN
  }

  public Order {
    fields = List.copyOf(fields);
  }
}
