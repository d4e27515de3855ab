package com.alphaxiii.polygon.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may send a request and when: two window laws, a common pause and one line for each
 * priority. It knows no thread and no clock; {@link RateBudget} brings both. Not thread-safe.
 */
final class Turnstile {
  /** A caller in line; {@code admitted} turns true once. */
  static final class Waiter {
    final Priority priority;
    boolean admitted;

    Waiter(Priority priority) {
      this.priority = priority;
    }
  }

  private final SlidingWindow minute;
  private final SlidingWindow second;
  private final int capacity;
  private final Map<Priority, Deque<Waiter>> lines = new EnumMap<>(Priority.class);
  private long closedUntil = Long.MIN_VALUE;

  Turnstile(SlidingWindow minute, SlidingWindow second, int capacity) {
    this.minute = minute;
    this.second = second;
    this.capacity = capacity;
    for (Priority priority : Priority.values()) {
      lines.put(priority, new ArrayDeque<>());
    }
  }

  /** Joins the end of a line; null when that line is full. */
  @Nullable Waiter join(Priority priority) {
    Deque<Waiter> line = line(priority);
    if (line.size() >= capacity) {
      return null;
    }
    Waiter waiter = new Waiter(priority);
    line.addLast(waiter);
    return waiter;
  }

  /** Gives up waiting. */
  void leave(Waiter waiter) {
    line(waiter.priority).remove(waiter);
  }

  /** Lets in whoever may go now, the most urgent first, and returns them. */
  List<Waiter> admit(long now) {
    List<Waiter> admitted = new ArrayList<>();
    for (Waiter next = first(); next != null && freeAt(0, now) <= now; next = first()) {
      line(next.priority).removeFirst();
      minute.grant(now);
      second.grant(now);
      next.admitted = true;
      admitted.add(next);
    }
    return admitted;
  }

  /** When the first in line may go; not after {@code now} when it may go at once. */
  long freeAt(long now) {
    return freeAt(0, now);
  }

  /** When a caller joining now would go, if nobody more urgent came after it. */
  long expected(Priority priority, long now) {
    int ahead = 0;
    for (Priority other : Priority.values()) {
      if (other.compareTo(priority) <= 0) {
        ahead += line(other).size();
      }
    }
    return freeAt(ahead, now);
  }

  private long freeAt(int ahead, long now) {
    return Math.max(closedUntil, Math.max(minute.freeAt(ahead, now), second.freeAt(ahead, now)));
  }

  /** Nobody goes before {@code until}; never shortens an earlier pause. */
  void close(long until) {
    closedUntil = Math.max(closedUntil, until);
  }

  /** The one whose turn is next; null when nobody waits. */
  @Nullable Waiter first() {
    for (Deque<Waiter> line : lines.values()) {
      if (!line.isEmpty()) {
        return line.peekFirst();
      }
    }
    return null;
  }

  int waiting() {
    int waiting = 0;
    for (Deque<Waiter> line : lines.values()) {
      waiting += line.size();
    }
    return waiting;
  }

  SlidingWindow minute() {
    return minute;
  }

  private Deque<Waiter> line(Priority priority) {
    return lines.computeIfAbsent(priority, p -> new ArrayDeque<>());
  }
}
