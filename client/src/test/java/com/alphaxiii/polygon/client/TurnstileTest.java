package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** The laws of the budget, in simulated time, for many callers at once. */
class TurnstileTest {
  private static final long MINUTE = 60_000;
  private static final long SECOND = 1_000;

  /**
   * After {@code gap} ms, at least one, somebody comes or, if {@code pause} is not 0, a pause of so
   * many ms is asked for.
   */
  record Step(long gap, Priority priority, long pause) {}

  record Grant(int caller, long at) {}

  private static final class Run {
    final Turnstile turnstile;
    final List<Long> arrivals = new ArrayList<>();
    final List<Priority> priorities = new ArrayList<>();
    final List<Grant> grants = new ArrayList<>();
    final List<long[]> pauses = new ArrayList<>();
    private final Map<Turnstile.Waiter, Integer> callers = new HashMap<>();

    Run(int perMinute, int perSecond) {
      turnstile =
          new Turnstile(
              new SlidingWindow(perMinute, MINUTE), new SlidingWindow(perSecond, SECOND), 1_000);
    }

    Run play(List<Step> steps) {
      long now = 0;
      for (Step step : steps) {
        long next = now + step.gap();
        passUntil(now, next);
        now = next;
        if (step.pause() > 0) {
          turnstile.close(now + step.pause());
          pauses.add(new long[] {now, now + step.pause()});
        } else {
          callers.put(turnstile.join(step.priority()), arrivals.size());
          arrivals.add(now);
          priorities.add(step.priority());
          admit(now);
        }
      }
      passUntil(now, Long.MAX_VALUE);
      return this;
    }

    private void passUntil(long from, long end) {
      long now = from;
      while (turnstile.first() != null) {
        now = Math.max(now, turnstile.freeAt(now));
        if (now >= end) {
          return;
        }
        admit(now);
      }
    }

    private void admit(long now) {
      for (Turnstile.Waiter waiter : turnstile.admit(now)) {
        grants.add(new Grant(callers.get(waiter), now));
      }
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Long> gaps =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.longs().between(1, 50)),
            Tuple.of(2, Arbitraries.longs().between(1, 20_000)),
            Tuple.of(1, Arbitraries.longs().between(50_000, 200_000)));
    Arbitrary<Long> pauses =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.just(0L)), Tuple.of(1, Arbitraries.longs().between(1, 90_000)));
    return Combinators.combine(gaps, Arbitraries.of(Priority.class), pauses)
        .as(Step::new)
        .list()
        .ofMaxSize(80);
  }

  @Property(tries = 400)
  void noWindowHoldsMoreThanItsLimit(
      @ForAll("steps") List<Step> steps,
      @ForAll @IntRange(min = 1, max = 12) int perMinute,
      @ForAll @IntRange(min = 1, max = 5) int perSecond) {
    List<Grant> grants = new Run(perMinute, perSecond).play(steps).grants;

    assertThat(mostWithin(grants, MINUTE)).isLessThanOrEqualTo(perMinute);
    assertThat(mostWithin(grants, SECOND)).isLessThanOrEqualTo(perSecond);
  }

  @Property(tries = 400)
  void nobodyWaitsLongerThanTheLawsAndPausesDemand(
      @ForAll("steps") List<Step> steps,
      @ForAll @IntRange(min = 1, max = 12) int perMinute,
      @ForAll @IntRange(min = 1, max = 5) int perSecond) {
    Run run = new Run(perMinute, perSecond).play(steps);

    // Priorities change who goes, never when somebody goes: so first come, first served, computed
    // from the laws alone, must give the same times.
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < run.arrivals.size(); i++) {
      long at = run.arrivals.get(i);
      at = i == 0 ? at : Math.max(at, expected.get(i - 1));
      at = i < perMinute ? at : Math.max(at, expected.get(i - perMinute) + MINUTE);
      at = i < perSecond ? at : Math.max(at, expected.get(i - perSecond) + SECOND);
      at = afterPauses(run.pauses, at);
      expected.add(at);
    }
    assertThat(run.grants).extracting(Grant::at).isEqualTo(expected);
  }

  private static long afterPauses(List<long[]> pauses, long at) {
    long free = at;
    for (boolean moved = true; moved; ) {
      moved = false;
      for (long[] pause : pauses) {
        if (pause[0] <= free && free < pause[1]) {
          free = pause[1];
          moved = true;
        }
      }
    }
    return free;
  }

  @Property(tries = 400)
  void theMostUrgentGoesFirstAndEqualsInOrderOfArrival(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 4) int perMinute) {
    Run run = new Run(perMinute, 5).play(steps);

    List<Integer> waiting = new ArrayList<>();
    int arrived = 0;
    for (Grant grant : run.grants) {
      while (arrived < run.arrivals.size() && run.arrivals.get(arrived) <= grant.at()) {
        waiting.add(arrived++);
      }
      Integer first =
          waiting.stream()
              .min(
                  Comparator.<Integer, Priority>comparing(run.priorities::get)
                      .thenComparing(i -> i))
              .orElseThrow();
      assertThat(grant.caller()).isEqualTo(first);
      waiting.remove(first);
    }
    assertThat(waiting).isEmpty();
  }

  private static int mostWithin(List<Grant> grants, long length) {
    int most = 0;
    for (Grant first : grants) {
      int within = 0;
      for (Grant other : grants) {
        if (other.at() >= first.at() && other.at() < first.at() + length) {
          within++;
        }
      }
      most = Math.max(most, within);
    }
    return most;
  }
}
