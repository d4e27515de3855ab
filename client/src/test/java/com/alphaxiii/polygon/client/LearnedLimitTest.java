package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Tier;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the budget makes of refusals, against a vendor in simulated time. */
@Timeout(60)
class LearnedLimitTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** A vendor that grants so many requests in any minute, and one caller that asks without end. */
  private static final class Vendor {
    final SimulatedClock clock = SimulatedClock.movedBySleepers();
    final RateBudget budget;
    private final Deque<Long> grants = new ArrayDeque<>();
    int perMinute;
    int accepted;
    int refused;

    Vendor(Tier tier, int perMinute) {
      this.budget = RateBudget.of(tier, clock, new Random(11));
      this.perMinute = perMinute;
    }

    void beAskedFor(Duration time) throws InterruptedException {
      accepted = 0;
      refused = 0;
      long end = clock.nanoTime() + time.toNanos();
      while (clock.nanoTime() < end) {
        ask();
      }
    }

    boolean ask() throws InterruptedException {
      try (RateBudget.Permit permit = budget.acquire(Priority.BACKFILL)) {
        long now = clock.nanoTime();
        while (!grants.isEmpty() && grants.element() + MINUTE.toNanos() <= now) {
          grants.remove();
        }
        if (grants.size() >= perMinute) {
          refused++;
          permit.refused(Optional.empty());
          return false;
        }
        grants.add(now);
        accepted++;
        permit.accepted();
        return true;
      }
    }
  }

  @Property(tries = 20)
  void aPlanSmallerThanConfiguredIsFound(@ForAll @IntRange(min = 5, max = 2_000) int real)
      throws InterruptedException {
    Vendor vendor = new Vendor(Tier.ADVANCED, real);
    vendor.beAskedFor(Duration.ofMinutes(30));

    vendor.beAskedFor(Duration.ofMinutes(60));

    // Most of what there is gets used, with a refusal now and then to see whether there is more.
    assertThat(vendor.accepted).isGreaterThan(60 * real / 2);
    assertThat(vendor.refused).isBetween(1, 60);
    // It grows by a quarter a minute until refused, so it overshoots; all of 5 to 2,000 keep this.
    assertThat(vendor.budget.status().effectiveLimitPerMinute())
        .isLessThanOrEqualTo(5 * real / 2 + 1);
  }

  @Test
  void aFreeKeyOnALargePlanIsSaidToBeOne() throws InterruptedException {
    Vendor vendor = new Vendor(Tier.ADVANCED, 5);
    assertThat(vendor.budget.status().notice()).isEmpty();

    vendor.beAskedFor(Duration.ofMinutes(30));

    assertThat(vendor.budget.status().notice())
        .hasValueSatisfying(
            notice ->
                assertThat(notice)
                    .contains("another program seems to use this key")
                    .contains("the plan allows less than POLYGON_TIER=advanced says")
                    .contains("instead of 10000 requests a minute"));
    assertThat(vendor.budget.status().limitPerMinute()).isEqualTo(10_000);
  }

  @Test
  void whenTheOtherProgramEndsThePlanIsUsedAgain() throws InterruptedException {
    Vendor vendor = new Vendor(Tier.DEVELOPER, 60);
    vendor.beAskedFor(Duration.ofMinutes(20));
    assertThat(vendor.budget.status().effectiveLimitPerMinute()).isLessThan(200);

    vendor.perMinute = 6_000;
    vendor.beAskedFor(Duration.ofMinutes(30));

    assertThat(vendor.refused).isZero();
    assertThat(vendor.budget.status().effectiveLimitPerMinute()).isEqualTo(6_000);
    assertThat(vendor.budget.status().notice()).isEmpty();
  }

  @Test
  void oneRefusalIsAnAccidentAndMakesOnlyAPause() throws InterruptedException {
    Vendor vendor = new Vendor(Tier.BASIC, 0);
    vendor.ask();
    var paused = vendor.budget.status();
    assertThat(paused.effectiveLimitPerMinute()).isEqualTo(5);
    assertThat(paused.expectedWait()).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(15));
    assertThat(paused.notice().orElseThrow()).startsWith("nothing is sent for 1");

    vendor.perMinute = 5;
    vendor.clock.sleep(Duration.ofMinutes(6));
    vendor.perMinute = 0;
    vendor.ask();

    assertThat(vendor.budget.status().effectiveLimitPerMinute()).isEqualTo(5);
    vendor.ask();
    assertThat(vendor.budget.status().effectiveLimitPerMinute()).isEqualTo(2);
    assertThat(vendor.budget.status().rejectedByUpstreamTotal()).isEqualTo(3);
  }

  @Test
  void refusalsOfRequestsThatWereUnderWayTogetherAreOneEvent() throws InterruptedException {
    SimulatedClock clock = SimulatedClock.movedBySleepers();
    RateBudget budget = RateBudget.of(Tier.ADVANCED, clock, new Random(1));
    budget.acquire(Priority.INTERACTIVE).refused(Optional.empty());
    clock.sleep(MINUTE);
    RateBudget.Permit[] together = new RateBudget.Permit[50];
    for (int i = 0; i < together.length; i++) {
      together[i] = budget.acquire(Priority.INTERACTIVE);
    }
    for (RateBudget.Permit permit : together) {
      clock.sleep(Duration.ofMillis(20));
      permit.refused(Optional.empty());
      permit.close();
    }
    assertThat(budget.status().effectiveLimitPerMinute()).isEqualTo(5_000);
    assertThat(budget.status().rejectedByUpstreamTotal()).isEqualTo(51);
  }

  /** Four attempts, the usual number, must outlast a minute that another program has used up. */
  @Property(tries = 50)
  void refusalsInARowMakePausesThatOutlastTheMinute(@ForAll long seed) throws InterruptedException {
    SimulatedClock clock = SimulatedClock.movedBySleepers();
    RateBudget budget = RateBudget.of(Tier.ADVANCED, clock, new Random(seed));
    long start = clock.nanoTime();
    for (int refusal = 0; refusal < 3; refusal++) {
      try (RateBudget.Permit permit = budget.acquire(Priority.INTERACTIVE)) {
        Duration pause = permit.refused(Optional.empty());
        Duration least = Duration.ofSeconds(refusal == 0 ? 1 : refusal == 1 ? 8 : 60);
        assertThat(pause).isBetween(least, least.multipliedBy(5).dividedBy(4));
      }
    }
    budget.acquire(Priority.INTERACTIVE).close();
    assertThat(clock.nanoTime() - start).isGreaterThan(MINUTE.toNanos());
  }

  @Test
  void anAnswerEndsTheRowOfRefusals() throws InterruptedException {
    SimulatedClock clock = SimulatedClock.movedBySleepers();
    RateBudget budget = RateBudget.of(Tier.ADVANCED, clock, new Random(3));
    budget.acquire(Priority.INTERACTIVE).refused(Optional.empty());
    budget.acquire(Priority.INTERACTIVE).refused(Optional.empty());
    budget.acquire(Priority.INTERACTIVE).accepted();

    Duration pause = budget.acquire(Priority.INTERACTIVE).refused(Optional.empty());

    assertThat(pause).isLessThan(Duration.ofSeconds(2));
  }
}
