package com.alphaxiii.polygon.client;

/**
 * How many requests count against a limit: those begun and not ended, and those that ended less
 * than {@code length} ago. Since a request reaches the vendor somewhere between its begin and its
 * end, no half-open stretch of {@code length} on the vendor's clock holds more than the limit.
 *
 * <p>Times are nanoseconds from one origin and never step back. Not thread-safe.
 */
final class SlidingWindow {
  private final long length;
  private final long[] ends;
  private int limit;
  private int oldest;
  private int ended;
  private int open;

  /**
   * @param limit the most that {@link #limit(int)} may be set to, and its first value
   */
  SlidingWindow(int limit, long length) {
    this.ends = new long[limit];
    this.limit = limit;
    this.length = length;
  }

  int limit() {
    return limit;
  }

  /** Lowers or restores the limit, at least 1; what counts already goes on counting. */
  void limit(int most) {
    if (most < 1 || most > ends.length) {
      throw new IllegalArgumentException(
          "a limit of %d, not in 1 to %d".formatted(most, ends.length));
    }
    limit = most;
  }

  /** How many requests count. */
  int used(long now) {
    while (ended > 0 && ends[oldest] + length <= now) {
      oldest = (oldest + 1) % ends.length;
      ended--;
    }
    return ended + open;
  }

  /** When the oldest of those that count no longer does, if the open ones end now. */
  long nextFree(long now) {
    if (used(now) == 0) {
      return now;
    }
    return (ended > 0 ? ends[oldest] : now) + length;
  }

  /**
   * When the request after {@code ahead} others could begin, if each of them begins as soon as it
   * may, {@code from} at the earliest, and ends at once, and the open ones end now. Not before that
   * whatever they do.
   *
   * @param from not before {@code now}
   */
  long freeAt(int ahead, long now, long from) {
    int counting = used(now);
    int gone = 0;
    while (gone < counting && end(gone, now) + length <= from) {
      gone++;
    }
    int rounds = ahead / limit;
    int leaving = counting - gone + ahead % limit - limit;
    return (leaving < 0 ? from : end(gone + leaving, now) + length) + rounds * length;
  }

  private long end(int place, long now) {
    return place < ended ? ends[(oldest + place) % ends.length] : now;
  }

  /** A request begins. */
  void begin(long now) {
    if (used(now) >= limit) {
      throw new IllegalStateException("a request into a full window");
    }
    open++;
  }

  /** One that began ends. */
  void end(long now) {
    used(now);
    ends[(oldest + ended) % ends.length] = now;
    ended++;
    open--;
  }
}
