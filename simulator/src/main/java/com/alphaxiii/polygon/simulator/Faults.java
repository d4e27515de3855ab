package com.alphaxiii.polygon.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The script of REST faults: each request takes the first entry that fits its path, in the order in
 * which they were added. Thread-safe.
 */
public final class Faults {
  private final List<Entry> script = new ArrayList<>();
  private int taken;

  Faults() {}

  /** The next {@code times} requests of any path meet this fault. */
  public void next(Fault fault, int times) {
    when(path -> true, fault, times);
  }

  /**
   * The next {@code times} requests whose path (decoded, without query) fits meet this fault;
   * {@link Integer#MAX_VALUE} means all of them.
   */
  public synchronized void when(Predicate<String> path, Fault fault, int times) {
    if (times > 0) {
      script.add(new Entry(path, fault, times));
    }
  }

  /** Forgets what is still to come. */
  public synchronized void clear() {
    script.clear();
  }

  /** How many requests have met a fault. */
  public synchronized int taken() {
    return taken;
  }

  synchronized Optional<Fault> take(String path) {
    for (Iterator<Entry> entries = script.iterator(); entries.hasNext(); ) {
      Entry entry = entries.next();
      if (entry.path.test(path)) {
        if (entry.left != Integer.MAX_VALUE && --entry.left == 0) {
          entries.remove();
        }
        taken++;
        return Optional.of(entry.fault);
      }
    }
    return Optional.empty();
  }

  private static final class Entry {
    private final Predicate<String> path;
    private final Fault fault;
    private int left;

    Entry(Predicate<String> path, Fault fault, int left) {
      this.path = path;
      this.fault = fault;
      this.left = left;
    }
  }
}
