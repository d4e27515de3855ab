package com.alphaxiii.polygon.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may send a request and when: two window laws, a common pause, what the vendor's
 * refusals taught, and one line for each priority. It knows no thread and no clock; {@link
 * RateBudget} brings both. Times are nanoseconds since one origin, never before it. Not
 * thread-safe.
 */
final class Turnstile {
  /** A request in line; {@code admitted} turns true once. */
  static final class Waiter {
    /** With the priority of the line that it is in. */
    Caller caller;

    boolean admitted;
    long admittedAt;

    Waiter(Caller caller) {
      this.caller = caller;
    }
  }

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final int perMinute;
  private final int perSecond;
  private final SlidingWindow minute;
  private final SlidingWindow second;
  private final LearnedLimit learned;
  private final Map<Priority, Line> lines = new EnumMap<>(Priority.class);
  private long closedUntil;

  /**
   * @param capacity the bound of each line
   */
  Turnstile(int perMinute, int perSecond, int capacity) {
    this.perMinute = perMinute;
    this.perSecond = perSecond;
    this.minute = new SlidingWindow(perMinute, MINUTE);
    this.second = new SlidingWindow(perSecond, SECOND);
    this.learned = new LearnedLimit(perMinute);
    for (Priority priority : Priority.values()) {
      lines.put(priority, new Line(capacity));
    }
  }

  /** Joins a line; null when the caller has its share of that line. */
  @Nullable Waiter join(Caller caller) {
    Line line = line(caller.priority());
    if (!line.admits(caller.name())) {
      return null;
    }
    Waiter waiter = new Waiter(caller);
    line.add(waiter);
    return waiter;
  }

  /** Gives up waiting. */
  void leave(Waiter waiter) {
    line(waiter.caller.priority()).remove(waiter);
  }

  boolean isWaiting(Waiter waiter) {
    return line(waiter.caller.priority()).holds(waiter);
  }

  /** Moves one who waits to the end of its caller's turns in another line, however long that is. */
  void move(Waiter waiter, Priority priority) {
    leave(waiter);
    waiter.caller = waiter.caller.with(priority);
    line(priority).add(waiter);
  }

  /** Lets in whoever may go now, the most urgent first, and returns them. */
  List<Waiter> admit(long now) {
    pass(now);
    List<Waiter> admitted = new ArrayList<>();
    for (Waiter next = first(); next != null && freeAt(0, now) <= now; next = first()) {
      line(next.caller.priority()).removeFirst();
      minute.begin(now);
      second.begin(now);
      // The burst law is a courtesy and counts beginnings; the minute's law must hold on the
      // vendor's clock, so there a request counts until its answer is old enough.
      second.end(now);
      next.admitted = true;
      next.admittedAt = now;
      admitted.add(next);
    }
    return admitted;
  }

  /** An admitted request has its answer, or has none to expect any more. */
  void finish(long now) {
    minute.end(now);
  }

  /** When to look again for whoever is first: nobody could go before, unless somebody leaves. */
  long due(long now) {
    pass(now);
    return Math.min(freeAt(0, now), learned.growsAt());
  }

  /**
   * When a request of the caller joining now would go, if nobody more urgent and no other caller
   * came after it, those under way ended now, and no refusal came.
   */
  long expected(Caller caller, long now) {
    pass(now);
    int ahead = line(caller.priority()).ahead(caller.name());
    for (Priority other : Priority.values()) {
      if (other.compareTo(caller.priority()) < 0) {
        ahead += line(other).size();
      }
    }
    return freeAt(ahead, now);
  }

  private long freeAt(int ahead, long now) {
    long from = Math.max(closedUntil, now);
    return Math.max(minute.freeAt(ahead, now, from), second.freeAt(ahead, now, from));
  }

  /** Nobody goes before {@code until}; never shortens an earlier pause. */
  void close(long until) {
    closedUntil = Math.max(closedUntil, until);
    learned.resumeAt(closedUntil);
  }

  long closedUntil() {
    return closedUntil;
  }

  /** A request admitted at {@code admittedAt} was refused for there being too many. */
  void refused(long admittedAt, long now) {
    pass(now);
    learned.refused(admittedAt, now);
    learned.resumeAt(Math.max(closedUntil, now));
    applyLearned();
  }

  /** A request admitted at {@code admittedAt} was answered in any other way. */
  void accepted(long admittedAt) {
    learned.accepted(admittedAt);
  }

  private void pass(long now) {
    if (learned.growsAt() <= now) {
      learned.passUntil(now);
      applyLearned();
    }
  }

  /** Bursts shrink with the minute's limit: which of the two the vendor minds is not told. */
  private void applyLearned() {
    int limit = learned.perMinute();
    minute.limit(limit);
    second.limit((int) Math.max(1, (long) perSecond * limit / perMinute));
  }

  /** The one whose turn is next; null when nobody waits. */
  @Nullable Waiter first() {
    for (Line line : lines.values()) {
      Waiter first = line.first();
      if (first != null) {
        return first;
      }
    }
    return null;
  }

  int waiting() {
    int waiting = 0;
    for (Line line : lines.values()) {
      waiting += line.size();
    }
    return waiting;
  }

  /** How many of one caller wait. */
  int waiting(Caller caller) {
    return line(caller.priority()).waiting(caller.name());
  }

  LearnedLimit learned() {
    return learned;
  }

  SlidingWindow minute() {
    return minute;
  }

  private Line line(Priority priority) {
    return Objects.requireNonNull(lines.get(priority));
  }
}
