package com.alphaxiii.polygon.client;

/**
 * The times of the latest grants in a ring, so that no half-open stretch of {@code length} holds
 * more than {@code limit} of them. Times are nanoseconds from one origin and never step back. Not
 * thread-safe.
 */
final class SlidingWindow {
  private final long length;
  private final long[] grants;
  private int oldest;
  private int size;

  SlidingWindow(int limit, long length) {
    this.grants = new long[limit];
    this.length = length;
  }

  int limit() {
    return grants.length;
  }

  long length() {
    return length;
  }

  /** How many grants still count. */
  int used(long now) {
    while (size > 0 && grants[oldest] + length <= now) {
      oldest = (oldest + 1) % grants.length;
      size--;
    }
    return size;
  }

  /** When the grant after {@code ahead} others could be made if each is made as soon as it may. */
  long freeAt(int ahead, long now) {
    int free = grants.length - used(now);
    if (ahead < free) {
      return now;
    }
    int rounds = (ahead - free) / grants.length;
    int place = (ahead - free) % grants.length;
    // Grants made now for the free places age out one length from now, after all older ones.
    long base = place < size ? grants[(oldest + place) % grants.length] : now;
    return base + length * (rounds + 1L);
  }

  void grant(long now) {
    if (used(now) == grants.length) {
      throw new IllegalStateException("a grant into a full window");
    }
    grants[(oldest + size) % grants.length] = now;
    size++;
  }
}
