package com.alphaxiii.polygon.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * Plays a history against a {@link Turnstile} in simulated time, looking again only when the
 * turnstile says that it is due, and keeps a simple count of its own to judge it by.
 */
final class TurnstileRun {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long MINUTE = 60 * SECOND;

  enum Fate {
    ACCEPTED,
    REFUSED,
    /** Gives up when the next step comes, if it waits still. */
    GIVEN_UP,
    /** Gave up. */
    LEFT
  }

  /**
   * After {@code gap} ms the caller asks for a request that is answered {@code latency} ms after it
   * was granted; or, if {@code pause} is not 0, a pause of so many ms is asked for.
   */
  record Step(long gap, Caller caller, long latency, Fate fate, long pause) {}

  static final class Request {
    final int number;
    final Caller caller;
    final int ownBefore;
    final long expectedAt;
    // Turns are counted over all requests: how many had been granted when it joined and left.
    final int joinedTurn;
    int leftTurn = Integer.MAX_VALUE;
    int turn = -1;
    Fate fate;
    long grantedAt = -1;
    long endedAt = -1;
    int limitThen;
    int countedThen;

    Request(int number, Step step, int ownBefore, long expectedAt, int joinedTurn) {
      this.number = number;
      this.caller = step.caller();
      this.fate = step.fate();
      this.ownBefore = ownBefore;
      this.expectedAt = expectedAt;
      this.joinedTurn = joinedTurn;
    }

    boolean joinedBefore(int otherTurn) {
      return joinedTurn <= otherTurn;
    }

    boolean waitedAt(int otherTurn) {
      return turn < 0 ? leftTurn > otherTurn : turn > otherTurn;
    }

    @Override
    public String toString() {
      return "request %d of %s at %d".formatted(number, caller, grantedAt);
    }
  }

  private record Answer(long at, Request request) {}

  final Turnstile turnstile;
  final List<Request> requests = new ArrayList<>();
  final List<Request> granted = new ArrayList<>();
  final List<String> needlessWaits = new ArrayList<>();
  private final int perMinute;
  private final int perSecond;
  private final Map<Turnstile.Waiter, Request> waiting = new HashMap<>();
  private final Map<Request, Long> latencies = new HashMap<>();
  private final PriorityQueue<Answer> answers =
      new PriorityQueue<>(
          (a, b) ->
              a.at() == b.at()
                  ? Integer.compare(a.request().number, b.request().number)
                  : Long.compare(a.at(), b.at()));

  TurnstileRun(int perMinute, int perSecond) {
    this.perMinute = perMinute;
    this.perSecond = perSecond;
    this.turnstile = new Turnstile(perMinute, perSecond, 1_000);
  }

  TurnstileRun play(List<Step> steps) {
    long now = 0;
    for (Step step : steps) {
      long next = now + step.gap() * MILLI;
      passUntil(now, next);
      now = next;
      if (step.pause() > 0) {
        turnstile.close(now + step.pause() * MILLI);
        continue;
      }
      giveUp();
      join(step, now);
      admit(now);
    }
    giveUp();
    passUntil(now, Long.MAX_VALUE);
    return this;
  }

  private void join(Step step, long now) {
    long expected = turnstile.expected(step.caller(), now);
    int own = turnstile.waiting(step.caller());
    Request request = new Request(requests.size(), step, own, expected, granted.size());
    waiting.put(Objects.requireNonNull(turnstile.join(step.caller())), request);
    latencies.put(request, step.latency() * MILLI);
    requests.add(request);
  }

  private void giveUp() {
    for (Turnstile.Waiter waiter : List.copyOf(waiting.keySet())) {
      Request request = Objects.requireNonNull(waiting.get(waiter));
      if (request.fate == Fate.GIVEN_UP) {
        turnstile.leave(waiter);
        waiting.remove(waiter);
        request.fate = Fate.LEFT;
        request.leftTurn = granted.size();
      }
    }
  }

  private void passUntil(long from, long end) {
    long now = from;
    admit(now);
    while (!waiting.isEmpty() || !answers.isEmpty()) {
      long due = waiting.isEmpty() ? Long.MAX_VALUE : turnstile.due(now);
      long next = Math.min(due, answers.isEmpty() ? Long.MAX_VALUE : answers.element().at());
      // Just before whatever comes next, and so at any time since, somebody may wait only if held.
      if (!waiting.isEmpty() && !held(Math.min(next, end) - 1) && Math.min(next, end) > now) {
        needlessWaits.add("after %d ns until %d ns".formatted(now, next));
      }
      if (next >= end) {
        return;
      }
      now = next;
      answer(now);
      admit(now);
    }
  }

  private void answer(long now) {
    while (!answers.isEmpty() && answers.element().at() <= now) {
      Request request = answers.remove().request();
      request.endedAt = now;
      turnstile.finish(now);
      if (request.fate == Fate.REFUSED) {
        turnstile.refused(request.grantedAt, now);
        turnstile.close(now + turnstile.learned().pause().toNanos());
      } else {
        turnstile.accepted(request.grantedAt);
      }
    }
  }

  private void admit(long now) {
    for (Turnstile.Waiter waiter : turnstile.admit(now)) {
      Request request = Objects.requireNonNull(waiting.remove(waiter));
      request.turn = granted.size();
      request.grantedAt = now;
      granted.add(request);
      request.limitThen = turnstile.minute().limit();
      request.countedThen = counted(now);
      answers.add(new Answer(now + Objects.requireNonNull(latencies.get(request)), request));
    }
  }

  /** Requests that may have reached the vendor in the minute before, by our own count. */
  private int counted(long now) {
    int counted = 0;
    for (Request request : granted) {
      if (request.endedAt < 0 || request.endedAt + MINUTE > now) {
        counted++;
      }
    }
    return counted;
  }

  /** Whether a pause or a full window holds whoever waits. */
  private boolean held(long at) {
    int limit = turnstile.learned().perMinute();
    long lastSecond = granted.stream().filter(r -> r.grantedAt + SECOND > at).count();
    return at < turnstile.closedUntil()
        || counted(at) >= limit
        || lastSecond >= Math.max(1, (long) perSecond * limit / perMinute);
  }
}
