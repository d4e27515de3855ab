package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The laws of the budget, in simulated time, for many callers at once. */
class TurnstileTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long MINUTE = 60 * SECOND;

  @Provide
  Arbitrary<List<TurnstileRun.Step>> steps() {
    Arbitrary<Long> gaps =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.longs().between(0, 50)),
            Tuple.of(2, Arbitraries.longs().between(1, 20_000)),
            Tuple.of(1, Arbitraries.longs().between(50_000, 400_000)));
    Arbitrary<Caller> callers =
        Combinators.combine(
                Arbitraries.of("", "a", "b", "c"),
                Arbitraries.frequency(
                    Tuple.of(1, Priority.INTERACTIVE),
                    Tuple.of(1, Priority.GAP_FILL),
                    Tuple.of(3, Priority.BACKFILL)))
            .as(Caller::new);
    Arbitrary<Long> latencies =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.longs().between(0, 300)),
            Tuple.of(1, Arbitraries.longs().between(0, 100_000)));
    Arbitrary<TurnstileRun.Fate> fates =
        Arbitraries.frequency(
            Tuple.of(20, TurnstileRun.Fate.ACCEPTED),
            Tuple.of(3, TurnstileRun.Fate.REFUSED),
            Tuple.of(2, TurnstileRun.Fate.GIVEN_UP));
    Arbitrary<Long> pauses =
        Arbitraries.frequencyOf(
            Tuple.of(15, Arbitraries.just(0L)),
            Tuple.of(1, Arbitraries.longs().between(1, 90_000)));
    return Combinators.combine(gaps, callers, latencies, fates, pauses)
        .as(TurnstileRun.Step::new)
        .list()
        .ofMaxSize(100);
  }

  @Property(tries = 300)
  void theVendorNeverGetsMoreThanTheLimitInAnyMinute(
      @ForAll("steps") List<TurnstileRun.Step> steps,
      @ForAll @IntRange(min = 1, max = 12) int perMinute,
      @ForAll @Size(10) List<@IntRange(min = 0, max = 100) Integer> onTheWay) {
    TurnstileRun run = new TurnstileRun(perMinute, 5).play(steps);

    // A request arrives somewhere between its being granted and its being answered.
    long[] arrivals =
        run.granted.stream()
            .mapToLong(
                r -> r.grantedAt + (r.endedAt - r.grantedAt) / 100 * onTheWay.get(r.number % 10))
            .sorted()
            .toArray();
    for (int i = perMinute; i < arrivals.length; i++) {
      assertThat(arrivals[i] - arrivals[i - perMinute]).isGreaterThanOrEqualTo(MINUTE);
    }
  }

  @Property(tries = 300)
  void noSecondHasMoreGrantsThanTheCeiling(
      @ForAll("steps") List<TurnstileRun.Step> steps,
      @ForAll @IntRange(min = 1, max = 5) int perSecond) {
    List<TurnstileRun.Request> granted = new TurnstileRun(30, perSecond).play(steps).granted;

    for (int i = perSecond; i < granted.size(); i++) {
      assertThat(granted.get(i).grantedAt - granted.get(i - perSecond).grantedAt)
          .isGreaterThanOrEqualTo(SECOND);
    }
  }

  @Property(tries = 300)
  void whoeverWaitsDoesSoForAFullWindowOrAPause(
      @ForAll("steps") List<TurnstileRun.Step> steps,
      @ForAll @IntRange(min = 1, max = 12) int perMinute,
      @ForAll @IntRange(min = 1, max = 5) int perSecond) {
    TurnstileRun run = new TurnstileRun(perMinute, perSecond).play(steps);

    assertThat(run.needlessWaits).isEmpty();
    assertThat(run.granted)
        .hasSameSizeAs(
            run.requests.stream().filter(r -> r.fate != TurnstileRun.Fate.LEFT).toList());
  }

  @Property(tries = 300)
  void theMostUrgentGoesFirst(
      @ForAll("steps") List<TurnstileRun.Step> steps,
      @ForAll @IntRange(min = 1, max = 4) int perMinute) {
    TurnstileRun run = new TurnstileRun(perMinute, 5).play(steps);

    for (TurnstileRun.Request one : run.requests) {
      for (TurnstileRun.Request other : run.requests) {
        if (other.caller.priority().compareTo(one.caller.priority()) < 0
            && one.turn >= 0
            && other.joinedBefore(one.turn)
            && other.waitedAt(one.turn)) {
          throw new AssertionError("%s went before %s".formatted(one, other));
        }
      }
    }
  }

  /** While one waits that has n of its own before it, another caller gets at most n + 1 turns. */
  @Property(tries = 300)
  void callersOfOnePriorityTakeTurns(
      @ForAll("steps") List<TurnstileRun.Step> steps,
      @ForAll @IntRange(min = 1, max = 4) int perMinute) {
    TurnstileRun run = new TurnstileRun(perMinute, 5).play(steps);

    for (TurnstileRun.Request one : run.granted) {
      for (String name : List.of("", "a", "b", "c")) {
        Caller other = one.caller.named(name);
        long between =
            run.granted.stream()
                .filter(r -> r.caller.equals(other) && r.turn < one.turn)
                .filter(r -> one.joinedBefore(r.turn))
                .count();
        if (other.equals(one.caller)) {
          assertThat(between).isLessThanOrEqualTo(one.ownBefore);
        } else {
          assertThat(between).isLessThanOrEqualTo(one.ownBefore + 1);
        }
      }
    }
  }

  @Property(tries = 300)
  void requestsOfOneCallerGoInOrder(@ForAll("steps") List<TurnstileRun.Step> steps) {
    TurnstileRun run = new TurnstileRun(2, 5).play(steps);

    for (int i = 0; i < run.granted.size(); i++) {
      TurnstileRun.Request one = run.granted.get(i);
      assertThat(run.granted.subList(i + 1, run.granted.size()))
          .noneMatch(later -> later.caller.equals(one.caller) && later.number < one.number);
    }
  }

  @Property(tries = 300)
  void whoeverJoinsLastGoesWhenItWasExpectedTo(
      @ForAll("steps") List<TurnstileRun.Step> steps,
      @ForAll @IntRange(min = 1, max = 12) int perMinute,
      @ForAll @IntRange(min = 0, max = 100_000) int pauseMillis) {
    // Answers come at once and nothing is refused: then the future is known.
    List<TurnstileRun.Step> crowd =
        steps.stream()
            .map(s -> new TurnstileRun.Step(0, s.caller(), 0, TurnstileRun.Fate.ACCEPTED, 0))
            .toList();
    TurnstileRun run = new TurnstileRun(perMinute, perMinute);
    run.turnstile.close(pauseMillis * MILLI);
    run.play(crowd);

    if (!crowd.isEmpty()) {
      TurnstileRun.Request last = run.requests.getLast();
      assertThat(last.grantedAt).isEqualTo(last.expectedAt);
    }
  }

  @Property(tries = 200)
  void whatIsSentNeverExceedsWhatWasLearned(
      @ForAll("steps") List<TurnstileRun.Step> steps,
      @ForAll @IntRange(min = 1, max = 40) int perMinute) {
    TurnstileRun run = new TurnstileRun(perMinute, 100).play(steps);

    for (TurnstileRun.Request request : run.granted) {
      assertThat(request.limitThen).isBetween(1, perMinute);
      assertThat(request.countedThen).isLessThanOrEqualTo(request.limitThen);
    }
  }

  @Property(tries = 200)
  void noFloodKeepsOthersOutOfALine(
      @ForAll @IntRange(min = 1, max = 30) int capacity,
      @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 6) Integer> callers) {
    Line line = new Line(capacity);
    for (int number : callers) {
      Caller caller = new Caller("caller " + number, Priority.BACKFILL);
      // Fewer callers than places: whoever has none waiting gets in.
      boolean entitled = line.waiting(caller.name()) == 0 && capacity >= 7;
      boolean admitted = line.admits(caller.name());
      assertThat(admitted || !entitled).isTrue();
      if (admitted) {
        line.add(new Turnstile.Waiter(caller));
      }
      assertThat(line.size()).isLessThanOrEqualTo(2 * capacity);
      assertThat(line.waiting(caller.name())).isLessThanOrEqualTo(Math.max(1, capacity / 2 + 1));
    }
  }

  @Property(tries = 100)
  void oneRequestIsDelayedByAFloodByOneTurn(@ForAll @IntRange(min = 1, max = 500) int flood) {
    Turnstile turnstile = new Turnstile(1, 100, 1_000);
    Caller bulk = new Caller("bulk", Priority.INTERACTIVE);
    Caller desk = new Caller("desk", Priority.INTERACTIVE);
    for (int i = 0; i < flood; i++) {
      assertThat(turnstile.join(bulk)).isNotNull();
    }
    assertThat(turnstile.expected(desk, 0)).isEqualTo(MINUTE);
    assertThat(turnstile.expected(bulk, 0)).isEqualTo(flood * MINUTE);
    Turnstile.Waiter one = turnstile.join(desk);
    assertThat(turnstile.admit(0)).hasSize(1).doesNotContain(one);
    turnstile.finish(0);
    assertThat(turnstile.due(0)).isEqualTo(MINUTE);
    assertThat(turnstile.admit(MINUTE)).containsExactly(one);
  }

  @Property(tries = 50)
  void aRequestUnderWayCountsUntilAMinuteAfterItsAnswer(
      @ForAll @IntRange(min = 0, max = 300) int seconds) {
    Turnstile turnstile = new Turnstile(1, 100, 10);
    Caller caller = Caller.of(Priority.INTERACTIVE);
    turnstile.join(caller);
    turnstile.admit(0);
    turnstile.join(caller);
    long answered = seconds * SECOND;
    for (long now = 0; now < answered; now = Math.min(answered, turnstile.due(now))) {
      assertThat(turnstile.admit(now)).isEmpty();
    }

    turnstile.finish(answered);

    assertThat(turnstile.due(answered)).isEqualTo(answered + MINUTE);
    assertThat(turnstile.admit(answered + Duration.ofSeconds(59).toNanos())).isEmpty();
    assertThat(turnstile.admit(answered + MINUTE)).hasSize(1);
  }
}
