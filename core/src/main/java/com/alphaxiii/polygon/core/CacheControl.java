package com.alphaxiii.polygon.core;

import java.util.Optional;
import java.util.OptionalInt;

/** A cache, as far as its users may look into it and empty it. */
public interface CacheControl {
  /**
   * What the cache holds.
   *
   * @throws PolygonException.StorageFailure when its catalog cannot be read
   */
  StorageStatistics statistics();

  /**
   * Whether the cache can be written, which is tried, and what room it has. Takes milliseconds.
   *
   * @throws PolygonException.StorageFailure when its catalog cannot be read
   */
  CacheStatus status();

  /**
   * Removes what is cached; it is fetched again when it is asked for.
   *
   * @param ticker of one ticker; empty = of all
   * @param olderThanDays only what was last written more than so many days ago; empty = all
   * @throws PolygonException.StorageFailure when files cannot be removed; what was removed until
   *     then is gone, and the rest is tried again when the cache is next opened
   */
  Cleared clear(Optional<Ticker> ticker, OptionalInt olderThanDays);
}
