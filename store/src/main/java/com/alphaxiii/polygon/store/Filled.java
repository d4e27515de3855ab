package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.TimeRange;
import java.util.List;

/**
 * What became of a stretch of history that was to be in the cache.
 *
 * @param fetched bars that came from upstream
 * @param holdsBars whether the cache has bars of these days or of others in the same months
 * @param missing what upstream could not give; asked for again next time
 */
public record Filled(long fetched, boolean holdsBars, List<TimeRange> missing) {
  public Filled {
    missing = List.copyOf(missing);
  }
}
