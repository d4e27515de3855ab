package com.alphaxiii.polygon.catalogue;

/**
 * How an endpoint's elements come when the request does not say.
 *
 * @param field by this member of each element (dotted when nested), where it has it
 */
public record Order(String field, Direction direction) {
  /** Up, down, or not documented. */
  public enum Direction {
    ASCENDING,
    DESCENDING,
    UNKNOWN
  }
}
