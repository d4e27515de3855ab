package com.alphaxiii.polygon.server;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A bounded queue from exactly one thread to exactly one other; neither ever waits. */
final class RingQueue<T> {
  private final AtomicReferenceArray<@Nullable T> slots;
  private final int mask;

  /** Count of elements ever taken: the consumer's own. */
  private long taken;

  /** Count of elements ever put: the producer's own. */
  private long put;

  /** Room for so many, a power of two. */
  RingQueue(int capacity) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity is not a power of two: " + capacity);
    }
    slots = new AtomicReferenceArray<>(capacity);
    mask = capacity - 1;
  }

  /** Adds an element; false when the queue is full. */
  boolean offer(T element) {
    int slot = (int) put & mask;
    if (slots.get(slot) != null) {
      return false;
    }
    slots.set(slot, element);
    put++;
    return true;
  }

  /** The oldest element; null when there is none. */
  @Nullable T poll() {
    int slot = (int) taken & mask;
    T element = slots.get(slot);
    if (element != null) {
      slots.set(slot, null);
      taken++;
    }
    return element;
  }

  /** How many elements it holds at most. */
  int capacity() {
    return mask + 1;
  }

  /** True when there is nothing to poll; for the consumer. */
  boolean isEmpty() {
    return slots.get((int) taken & mask) == null;
  }
}
