package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.PolygonException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the stream's events, tells where it is to break and when it stands still. Lives on the
 * hub's event loop.
 */
final class StreamScript {
  private final Deque<StreamFault> faults = new ArrayDeque<>();
  private final List<Runnable> parked = new ArrayList<>();
  private long delivered;
  private long standstill = Long.MAX_VALUE;
  private Set<String> missed = Set.of();

  /** Throws {@link PolygonException.InvalidRequest} unless places ascend. */
  static void check(List<StreamFault> faults) {
    for (int i = 1; i < faults.size(); i++) {
      if (faults.get(i).after() <= faults.get(i - 1).after()) {
        throw new PolygonException.InvalidRequest(
            "after",
            Long.toString(faults.get(i).after()),
            "the places of a script ascend, and this one does not follow "
                + faults.get(i - 1).after());
      }
    }
  }

  /** Replaces what is still to come; places that are past already are left out. */
  void play(List<StreamFault> script) {
    faults.clear();
    script.stream().filter(fault -> fault.after() > delivered).forEach(faults::add);
  }

  long delivered() {
    return delivered;
  }

  /** Whether the next event is not sent, because a break is near. */
  boolean isQuiet() {
    StreamFault next = faults.peek();
    return next != null && delivered >= next.after() - next.quiet();
  }

  /** Counts an event; what is to break right after it. */
  Optional<StreamFault> counted() {
    delivered++;
    StreamFault next = faults.peek();
    return next != null && next.after() == delivered
        ? Optional.of(faults.remove())
        : Optional.empty();
  }

  /**
   * Remembers what a break interrupts.
   *
   * @param topics all that was subscribed to
   */
  void broken(StreamFault fault, Set<String> topics) {
    if (fault.skipped() >= 0) {
      standstill = delivered + fault.skipped();
      missed = topics;
    }
  }

  /** Whether the next event must wait for listeners; it then calls {@code resume} later. */
  boolean parks(Set<String> topics, Runnable resume) {
    if (delivered < standstill) {
      return false;
    }
    if (topics.containsAll(missed)) {
      standstill = Long.MAX_VALUE;
      return false;
    }
    parked.add(resume);
    return true;
  }

  /** Goes on where it stood still, when all are back. */
  void subscribed(Set<String> topics) {
    if (!parked.isEmpty() && topics.containsAll(missed)) {
      standstill = Long.MAX_VALUE;
      List<Runnable> all = List.copyOf(parked);
      parked.clear();
      all.forEach(Runnable::run);
    }
  }
}
