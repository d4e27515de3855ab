package com.alphaxiii.polygon.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The elements of a long answer in the vendor's order, one page in memory at a time. {@link
 * #hasNext} asks for the next page when the one before is used up, and so may block and may throw
 * every {@link PolygonException}: the end is reached only when the vendor has no more. Nothing is
 * held between pages, so a cursor may be dropped at any time. For one thread.
 */
public interface Cursor<T> extends Iterator<T> {
  /** How many elements up to here could not be read and were left out. */
  long rejectedCount();

  /** The first of them, at most 1,000. */
  List<Rejected> rejected();

  /** The elements not yet taken, as a sequential stream. */
  default Stream<T> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /**
   * The next elements.
   *
   * @param most how many of them; further pages are not asked for
   */
  default Listing<T> take(int most) {
    List<T> taken = new ArrayList<>();
    while (taken.size() < most && hasNext()) {
      taken.add(next());
    }
    return new Listing<>(taken, rejected());
  }

  /** All elements not yet taken; mind the memory. */
  default Listing<T> rest() {
    return take(Integer.MAX_VALUE);
  }
}
