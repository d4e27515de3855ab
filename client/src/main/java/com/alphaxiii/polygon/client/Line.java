package com.alphaxiii.polygon.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those of one priority who wait. Callers take turns: each has a line of its own, in order of
 * arrival, and whoever went is last in the round. Not thread-safe.
 *
 * <p>The line is bounded. A caller may add to it while fewer of its own wait than places are free,
 * so one alone gets half of it and many share it; a caller of whom nobody waits gets in beyond
 * that, up to as many again, so that no flood keeps it out.
 */
final class Line {
  private final int capacity;
  // In the order of the round: the first key's first waiter goes next.
  private final Map<String, Deque<Turnstile.Waiter>> round = new LinkedHashMap<>();
  private int size;

  Line(int capacity) {
    this.capacity = capacity;
  }

  /** Whether the caller may add one more. */
  boolean admits(String caller) {
    int own = waiting(caller);
    return own == 0 ? size < 2 * capacity : own < capacity - size;
  }

  void add(Turnstile.Waiter waiter) {
    round.computeIfAbsent(waiter.caller.name(), name -> new ArrayDeque<>()).addLast(waiter);
    size++;
  }

  /** Takes one out who gave up; its caller keeps its place in the round while others of it wait. */
  void remove(Turnstile.Waiter waiter) {
    String name = waiter.caller.name();
    Deque<Turnstile.Waiter> own = round.get(name);
    if (own != null && own.remove(waiter)) {
      size--;
      if (own.isEmpty()) {
        round.remove(name);
      }
    }
  }

  boolean holds(Turnstile.Waiter waiter) {
    Deque<Turnstile.Waiter> own = round.get(waiter.caller.name());
    return own != null && own.contains(waiter);
  }

  /** Who goes next; null when nobody waits. */
  Turnstile.@Nullable Waiter first() {
    return size == 0 ? null : round.values().iterator().next().getFirst();
  }

  /** Takes out {@link #first}, whose caller is then last in the round. */
  void removeFirst() {
    Map.Entry<String, Deque<Turnstile.Waiter>> turn = round.entrySet().iterator().next();
    String name = turn.getKey();
    Deque<Turnstile.Waiter> own = turn.getValue();
    round.remove(name);
    own.removeFirst();
    size--;
    if (!own.isEmpty()) {
      round.put(name, own);
    }
  }

  /** How many go before one more of this caller, if nobody else joins. */
  int ahead(String caller) {
    int own = waiting(caller);
    int ahead = own;
    // Until its own first turn a caller meets those before it in the round once more than those
    // after it.
    boolean before = true;
    for (Map.Entry<String, Deque<Turnstile.Waiter>> other : round.entrySet()) {
      if (other.getKey().equals(caller)) {
        before = false;
      } else {
        ahead += Math.min(other.getValue().size(), before ? own + 1 : own);
      }
    }
    return ahead;
  }

  int waiting(String caller) {
    Deque<Turnstile.Waiter> own = round.get(caller);
    return own == null ? 0 : own.size();
  }

  int size() {
    return size;
  }
}
