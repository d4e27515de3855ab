package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Aggregate;
import com.alphaxiii.polygon.core.TickerEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts how often the bar of a window was sent: the vendor sends it anew, with late trades, for 15
 * minutes. Longer ago is forgotten. For one thread.
 */
final class Revisions {
  private static final long REMEMBERED_SECONDS = 16 * 60;
  private static final int COUNT_BITS = 8;
  private static final int MOST_COUNT = (1 << COUNT_BITS) - 1;

  private final Map<Series, Windows> series = new HashMap<>();

  /** How often this event's window was sent before; 0 for what is no bar. */
  int before(TickerEvent event) {
    return event instanceof Aggregate bar
        ? series.computeIfAbsent(Series.of(bar), each -> new Windows()).before(bar.start() / 1_000)
        : 0;
  }

  /** The windows of one series by their start, each with its count in the lowest bits. */
  private static final class Windows {
    private long[] sorted = new long[4];
    private int size;

    int before(long start) {
      long first = start << COUNT_BITS;
      int at = size == 0 || first > sorted[size - 1] ? size : place(first);
      if (at < size && sorted[at] >> COUNT_BITS == start) {
        int count = (int) (sorted[at] & MOST_COUNT);
        if (count < MOST_COUNT) {
          sorted[at]++;
        }
        return count + 1;
      }
      insert(at, first);
      return 0;
    }

    private int place(long first) {
      int at = Arrays.binarySearch(sorted, 0, size, first);
      return at >= 0 ? at : -at - 1;
    }

    private void insert(int at, long first) {
      int to = at;
      if (size == sorted.length) {
        to -= forget(first);
        if (size > sorted.length / 2) {
          sorted = Arrays.copyOf(sorted, 2 * sorted.length);
        }
      }
      to = Math.max(0, to);
      System.arraycopy(sorted, to, sorted, to + 1, size - to);
      sorted[to] = first;
      size++;
    }

    /** Takes away what is too old; how many that were. */
    private int forget(long newest) {
      long oldest = (newest >> COUNT_BITS) - REMEMBERED_SECONDS << COUNT_BITS;
      int gone = place(oldest);
      System.arraycopy(sorted, gone, sorted, 0, size - gone);
      size -= gone;
      return gone;
    }
  }
}
