package com.alphaxiii.polygon.catalogue;

import java.util.List;

/**
 * Where in an answer the data lies.
 *
 * @param key names from the outside in; empty when the whole answer is the data
 * @param paged whether {@code next_url} may lead on
 */
public record Answer(Shape shape, List<String> key, boolean paged) {
  /** One element, many, or none that is JSON. */
  public enum Shape {
    LIST,
    OBJECT,
    /** Not JSON: a file as it is. */
    DOCUMENT
  }

  public Answer {
    key = List.copyOf(key);
  }

  /** Whether the answer is a list of elements, alone or under its key. */
  public boolean list() {
    return shape == Shape.LIST;
  }
}
