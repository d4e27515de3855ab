package com.alphaxiii.polygon.simulator;

import java.util.ArrayList;
import java.util.List;

/** Collects one page of ticks from portions that come in the order asked for. */
final class TickPage<T> {
  private final int limit;
  private final boolean descending;
  private final int offset;
  private final List<T> ticks = new ArrayList<>();
  private int skipped;
  private boolean more;

  /**
   * @param offset how many ticks earlier pages have shown
   */
  TickPage(int limit, boolean descending, int offset) {
    this.limit = limit;
    this.descending = descending;
    this.offset = offset;
  }

  /** Takes a portion in ascending order; false when the page is full and more would follow. */
  boolean add(List<T> portion) {
    int skip = Math.min(offset - skipped, portion.size());
    skipped += skip;
    for (int i = skip; i < portion.size(); i++) {
      if (ticks.size() == limit) {
        more = true;
        return false;
      }
      ticks.add(portion.get(descending ? portion.size() - 1 - i : i));
    }
    return true;
  }

  List<T> ticks() {
    return ticks;
  }

  boolean hasMore() {
    return more;
  }

  /** The offset of the next page. */
  int next() {
    return offset + ticks.size();
  }
}
