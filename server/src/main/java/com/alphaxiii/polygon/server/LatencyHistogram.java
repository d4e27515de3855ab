package com.alphaxiii.polygon.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long things took: counts between fixed bounds since the start, and finer ones of the last
 * minute. One thread writes, without a lock, a wait or an allocation; any thread reads.
 */
final class LatencyHistogram {
  /** What the finer counts look back upon, at most; a sixth less just behind a turn. */
  static final Duration WINDOW = Duration.ofMinutes(1);

  private static final int SLICES = 6;
  private static final long SLICE_NANOS = WINDOW.toNanos() / SLICES;

  // Buckets of a 16th of their octave; the first are a microsecond wide (1,024 ns).
  private static final int UNIT_BITS = 10;
  private static final int PARTS = 16;
  private static final int PART_BITS = 4;
  private static final long MOST_UNITS = (1L << 32) - 1;
  private static final int BUCKETS = bucket(Long.MAX_VALUE) + 1;

  private final long[] bounds;
  private final AtomicLongArray counts;
  private final AtomicLong sum = new AtomicLong();
  private final Slice[] slices = new Slice[SLICES];

  /** Ten seconds of the window. */
  private static final class Slice {
    /** Which ten seconds; negative while they are being begun, and before any were. */
    private volatile long number = -1;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);
    private final AtomicLong longest = new AtomicLong();

    void begin(long next) {
      number = -1;
      for (int i = 0; i < BUCKETS; i++) {
        counts.lazySet(i, 0);
      }
      longest.lazySet(0);
      number = next;
    }

    void record(long nanos) {
      int bucket = bucket(nanos);
      counts.lazySet(bucket, counts.getPlain(bucket) + 1);
      if (nanos > longest.getPlain()) {
        longest.lazySet(nanos);
      }
    }
  }

  /**
   * An empty histogram.
   *
   * @param bounds upper bounds of what is counted since the start, ns, ascending
   */
  LatencyHistogram(long... bounds) {
    this.bounds = bounds.clone();
    this.counts = new AtomicLongArray(bounds.length + 1);
    for (int i = 0; i < SLICES; i++) {
      slices[i] = new Slice();
    }
  }

  /** Bounds in milliseconds as nanoseconds. */
  static long[] bounds(double... millis) {
    long[] nanos = new long[millis.length];
    for (int i = 0; i < millis.length; i++) {
      nanos[i] = Math.round(millis[i] * TimeUnit.MILLISECONDS.toNanos(1));
    }
    return nanos;
  }

  /**
   * Counts one.
   *
   * @param nanos how long it took; less than nothing, as of clocks that disagree, is nothing
   * @param elapsed since the ledger began, ns
   */
  void record(long nanos, long elapsed) {
    long counted = Math.max(0, nanos);
    int at = 0;
    while (at < bounds.length && counted > bounds[at]) {
      at++;
    }
    counts.lazySet(at, counts.getPlain(at) + 1);
    sum.lazySet(sum.getPlain() + counted);
    long number = elapsed / SLICE_NANOS;
    Slice slice = slices[(int) (number % SLICES)];
    if (slice.number != number) {
      slice.begin(number);
    }
    slice.record(counted);
  }

  private static int bucket(long nanos) {
    long units = Math.min(nanos >>> UNIT_BITS, MOST_UNITS);
    if (units < PARTS) {
      return (int) units;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(units) - PART_BITS;
    return (shift + 1) * PARTS + (int) (units >>> shift) % PARTS;
  }

  /** The least time that is too long for a bucket. */
  private static long end(int bucket) {
    if (bucket < PARTS) {
      return (bucket + 1L) << UNIT_BITS;
    }
    int shift = bucket / PARTS - 1;
    return (PARTS + bucket % PARTS + 1L) << (shift + UNIT_BITS);
  }

  /** Counts since the start, of one or more histograms of equal bounds. */
  static final class Totals {
    private final long[] counts;
    private long sum;

    Totals(int bounds) {
      counts = new long[bounds + 1];
    }

    void add(LatencyHistogram histogram) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += histogram.counts.get(i);
      }
      sum += histogram.sum.get();
    }

    /** So many between each bound and the one before it; the last has none above. */
    long[] counts() {
      return counts.clone();
    }

    /** All times together, ns. */
    long sum() {
      return sum;
    }
  }

  /** What the last minute was like, by one or more histograms. */
  static final class Recent {
    private final long[] counts = new long[BUCKETS];
    private long count;
    private long longest;

    /**
     * Adds a histogram.
     *
     * @param elapsed since the ledger began, ns
     */
    void add(LatencyHistogram histogram, long elapsed) {
      long present = elapsed / SLICE_NANOS;
      for (Slice slice : histogram.slices) {
        long number = slice.number;
        if (number < 0 || number <= present - SLICES) {
          continue;
        }
        long[] seen = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
          seen[i] = slice.counts.get(i);
        }
        long longestSeen = slice.longest.get();
        // Else it was begun anew meanwhile, and what it held has become too old.
        if (slice.number == number) {
          add(seen, longestSeen);
        }
      }
    }

    private void add(long[] seen, long longestSeen) {
      for (int i = 0; i < BUCKETS; i++) {
        counts[i] += seen[i];
        count += seen[i];
      }
      longest = Math.max(longest, longestSeen);
    }

    long count() {
      return count;
    }

    /**
     * The time that such a part of all did not exceed, ns, at most a 16th too long.
     *
     * @param part more than 0, at most 1
     */
    long percentile(double part) {
      long wanted = Math.max(1, (long) Math.ceil(part * count));
      long below = 0;
      for (int i = 0; i < BUCKETS; i++) {
        below += counts[i];
        if (below >= wanted) {
          return Math.min(end(i), longest);
        }
      }
      return longest;
    }

    /** The longest, ns, exactly. */
    long longest() {
      return longest;
    }
  }
}
