package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException.RateLimited;
import com.alphaxiii.polygon.core.Tier;
import com.alphaxiii.polygon.core.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RateBudgetTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Property(tries = 200)
  void aSingleCallerWaitsExactlyAsLongAsTheLawDemands(
      @ForAll @Size(max = 60) List<@LongRange(min = 0, max = 40_000) Long> pausesBetween)
      throws InterruptedException {
    SimulatedClock clock = SimulatedClock.movedBySleepers();
    RateBudget budget = RateBudget.of(Tier.BASIC, clock);
    List<Long> granted = new ArrayList<>();

    for (long idle : pausesBetween) {
      clock.sleep(Duration.ofMillis(idle));
      long came = clock.nanoTime();
      budget.acquire(Priority.INTERACTIVE).close();
      int n = granted.size();
      long lawful = n < 5 ? came : Math.max(came, granted.get(n - 5) + MINUTE.toNanos());
      granted.add(clock.nanoTime());
      assertThat(clock.nanoTime()).isEqualTo(lawful);
    }
  }

  @Property(tries = 100)
  void aPauseMovesTheNextRequestOfEveryone(@ForAll @IntRange(min = 1, max = 300) int seconds)
      throws InterruptedException {
    SimulatedClock clock = SimulatedClock.movedBySleepers();
    RateBudget budget = RateBudget.of(Tier.ADVANCED, clock);
    RateBudget.Permit first = budget.acquire(Priority.INTERACTIVE);
    RateBudget.Permit second = budget.acquire(Priority.INTERACTIVE);

    first.refused(Optional.of(Duration.ofSeconds(seconds)));
    second.refused(Optional.of(Duration.ofSeconds(1)));
    first.close();
    second.close();
    budget.acquire(Priority.INTERACTIVE).close();

    assertThat(clock.nanoTime()).isEqualTo(Duration.ofSeconds(Math.min(seconds, 120)).toNanos());
    assertThat(budget.status().rejectedByUpstreamTotal()).isEqualTo(2);
  }

  @Test
  void idlingEarnsNoBurst() throws InterruptedException {
    SimulatedClock clock = SimulatedClock.movedBySleepers();
    RateBudget budget = RateBudget.of(Tier.BASIC, clock);
    clock.sleep(Duration.ofHours(10));

    long start = clock.nanoTime();
    List<Duration> waited = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      budget.acquire(Priority.BACKFILL).close();
      waited.add(Duration.ofNanos(clock.nanoTime() - start));
    }

    assertThat(waited.subList(0, 5)).containsOnly(Duration.ZERO);
    assertThat(waited.subList(5, 10)).containsOnly(MINUTE);
    assertThat(waited.get(10)).isEqualTo(MINUTE.multipliedBy(2));
  }

  @Test
  void paidPlansSpreadTheirBurstsOverSeconds() throws InterruptedException {
    SimulatedClock clock = SimulatedClock.movedBySleepers();
    RateBudget budget = RateBudget.of(Tier.DEVELOPER, clock);
    for (int i = 0; i < 100; i++) {
      budget.acquire(Priority.INTERACTIVE).close();
    }
    assertThat(clock.nanoTime()).isZero();

    budget.acquire(Priority.INTERACTIVE).close();

    assertThat(clock.nanoTime()).isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void theWholeMinuteOfTheLargestPlanCanBeUsed() throws InterruptedException {
    SimulatedClock clock = SimulatedClock.movedBySleepers();
    RateBudget budget = RateBudget.of(Tier.ADVANCED, clock);

    for (int i = 0; i < 10_000; i++) {
      budget.acquire(Priority.INTERACTIVE).close();
    }

    assertThat(clock.nanoTime()).isLessThan(MINUTE.toNanos());
  }

  @Test
  void theMostUrgentWaiterGoesFirstThoughItCameLast() throws InterruptedException {
    SimulatedClock clock = SimulatedClock.held();
    RateBudget budget = new RateBudget(Tier.BASIC, 1, 10, clock, new Random(1));
    budget.acquire(Priority.INTERACTIVE).close();
    BlockingQueue<String> order = new LinkedBlockingQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (String name : List.of("BACKFILL 1", "BACKFILL 2", "GAP_FILL 1", "INTERACTIVE 1")) {
      Priority priority = Priority.valueOf(name.substring(0, name.indexOf(' ')));
      threads.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  budget.acquire(priority).close();
                  order.add(name);
                } catch (InterruptedException e) {
                  order.add("interrupted " + name);
                }
              }));
      int waiting = threads.size();
      Await.until(name + " waits", () -> budget.status().queued() == waiting);
    }

    List<String> came = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Await.until("one sleeps", () -> clock.sleepers() == 1);
      clock.advance(MINUTE);
      came.add(order.poll(20, TimeUnit.SECONDS));
    }

    assertThat(came).containsExactly("INTERACTIVE 1", "GAP_FILL 1", "BACKFILL 1", "BACKFILL 2");
  }

  @Test
  void patientWorkThatSomebodyComesToWaitForOvertakesThePatient() throws InterruptedException {
    SimulatedClock clock = SimulatedClock.held();
    RateBudget budget = new RateBudget(Tier.BASIC, 1, 100, clock, new Random(1));
    budget.acquire(Priority.INTERACTIVE).close();
    BlockingQueue<String> order = new LinkedBlockingQueue<>();
    Urgency urgency = new Urgency();
    for (int i = 0; i < 32; i++) {
      patient(budget, order, "patient " + i, new Urgency());
    }
    patient(budget, order, "awaited", urgency);
    patient(budget, order, "last", new Urgency());
    Await.until("all wait", () -> budget.status().queued() == 34);

    urgency.raise();

    assertThat(next(clock, order)).isEqualTo("awaited");
    // What the same work asks for next goes with the urgent at once.
    patient(budget, order, "awaited again", urgency);
    Await.until("it waits", () -> budget.status().queued() == 34);
    assertThat(next(clock, order)).isEqualTo("awaited again");
    assertThat(next(clock, order)).startsWith("patient");
    for (int left = budget.status().queued(); left > 0; left--) {
      next(clock, order);
    }
    assertThat(budget.status().queued()).isZero();
  }

  private static String next(SimulatedClock clock, BlockingQueue<String> order)
      throws InterruptedException {
    Await.until("one sleeps", () -> clock.sleepers() == 1);
    clock.advance(MINUTE);
    return String.valueOf(order.poll(20, TimeUnit.SECONDS));
  }

  private static void patient(
      RateBudget budget, BlockingQueue<String> order, String name, Urgency urgency) {
    int before = budget.status().queued();
    Thread.startVirtualThread(
        () ->
            urgency.run(
                () -> {
                  try {
                    budget.acquire(Priority.BACKFILL).close();
                    order.add(name);
                  } catch (InterruptedException e) {
                    order.add("interrupted " + name);
                  }
                }));
    Await.until(name + " waits", () -> budget.status().queued() == before + 1);
  }

  @Test
  void whoGivesUpWhileBeingHurriedLeavesNoTrace() throws InterruptedException {
    SimulatedClock clock = SimulatedClock.held();
    RateBudget budget = new RateBudget(Tier.BASIC, 1, 10, clock, new Random(1));
    budget.acquire(Priority.INTERACTIVE).close();
    Urgency urgency = new Urgency();
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread waiting =
        Thread.startVirtualThread(
            () ->
                urgency.run(
                    () -> {
                      try {
                        budget.acquire(Priority.BACKFILL).close();
                      } catch (InterruptedException e) {
                        interrupted.countDown();
                      }
                    }));
    Await.until("it waits", () -> budget.status().queued() == 1);
    urgency.raise();
    waiting.interrupt();
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    urgency.raise();
    assertThat(budget.status().queued()).isZero();
  }

  @Test
  void anInterruptedWaiterLeavesAndTheOthersStillGo() throws InterruptedException {
    SimulatedClock clock = SimulatedClock.held();
    RateBudget budget = new RateBudget(Tier.BASIC, 1, 10, clock, new Random(1));
    budget.acquire(Priority.INTERACTIVE).close();
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch granted = new CountDownLatch(1);
    Thread first =
        Thread.startVirtualThread(
            () -> {
              try {
                budget.acquire(Priority.INTERACTIVE).close();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    Await.until("the first waits", () -> clock.sleepers() == 1);
    Thread.startVirtualThread(
        () -> {
          try {
            budget.acquire(Priority.BACKFILL).close();
            granted.countDown();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    Await.until("both wait", () -> budget.status().queued() == 2);

    first.interrupt();

    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    Await.until("the second keeps watch", () -> clock.sleepers() == 1);
    assertThat(budget.status().queued()).isEqualTo(1);
    clock.advance(MINUTE);
    assertThat(granted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCallerWithItsShareOfTheLineIsRefusedAndOthersGetIn() throws InterruptedException {
    SimulatedClock clock = SimulatedClock.held();
    RateBudget budget = new RateBudget(Tier.BASIC, 1, 4, clock, new Random(1));
    Caller bulk = new Caller("bulk", Priority.BACKFILL);
    budget.acquire(bulk).close();
    List<Thread> waiters = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      waiters.add(waiter(budget, bulk));
    }
    Await.until("two wait", () -> budget.status().queued() == 2);

    assertThatThrownBy(() -> budget.acquire(bulk))
        .isInstanceOfSatisfying(
            RateLimited.class, e -> assertThat(e.retryAfter()).contains(Duration.ofMinutes(3)))
        .hasMessageContaining("basic (1 a minute)")
        .hasMessageContaining("2 requests wait, 2 of them backfill ones of 'bulk'")
        .hasMessageContaining("about 180 s");

    waiters.add(waiter(budget, new Caller("other", Priority.BACKFILL)));
    waiters.add(waiter(budget, bulk.with(Priority.INTERACTIVE)));
    Await.until("others get in", () -> budget.status().queued() == 4);
    waiters.forEach(Thread::interrupt);
    Await.until("all left", () -> budget.status().queued() == 0);
  }

  private static Thread waiter(RateBudget budget, Caller caller) {
    return Thread.startVirtualThread(
        () -> {
          try {
            budget.acquire(caller).close();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void statusTellsWhatNobodyIsToldOtherwise() throws InterruptedException {
    SimulatedClock clock = SimulatedClock.held();
    RateBudget budget = new RateBudget(Tier.BASIC, 1, 10, clock, new Random(1));
    assertThat(budget.status().expectedWait()).isZero();
    budget.acquire(Priority.INTERACTIVE).close();
    assertThat(budget.status().expectedWait()).isEqualTo(MINUTE);
    List<Thread> waiters =
        List.of(
            waiter(budget, new Caller("a", Priority.INTERACTIVE)),
            waiter(budget, new Caller("a", Priority.INTERACTIVE)),
            waiter(budget, new Caller("b", Priority.INTERACTIVE)),
            waiter(budget, Caller.of(Priority.BACKFILL)));
    Await.until("four wait", () -> budget.status().queued() == 4);

    // One turn of each caller that waits interactively comes before.
    assertThat(budget.status().expectedWait()).isEqualTo(MINUTE.multipliedBy(3));

    waiters.forEach(Thread::interrupt);
    Await.until("all left", () -> budget.status().queued() == 0);
  }

  @Test
  void statusTellsWhatIsUsedAndWhenItResets() throws InterruptedException {
    SimulatedClock clock = SimulatedClock.movedBySleepers();
    RateBudget budget = RateBudget.of(Tier.BASIC, clock);
    assertThat(budget.status().reset()).isZero();

    RateBudget.Permit first = budget.acquire(Priority.INTERACTIVE);
    clock.sleep(Duration.ofSeconds(10));
    RateBudget.Permit second = budget.acquire(Priority.INTERACTIVE);

    var busy = budget.status();
    assertThat(busy.usedLastMinute()).isEqualTo(2);
    assertThat(busy.remaining()).isEqualTo(3);
    assertThat(busy.limitPerMinute()).isEqualTo(5);
    assertThat(busy.inFlight()).isEqualTo(2);
    assertThat(busy.effectiveLimitPerMinute()).isEqualTo(5);
    assertThat(busy.notice()).isEmpty();
    // A request under way counts for a minute from its end, which is not before now.
    assertThat(busy.reset()).isEqualTo(MINUTE);

    first.close();
    first.close();
    clock.sleep(Duration.ofSeconds(10));
    second.close();
    assertThat(budget.status().inFlight()).isZero();
    assertThat(budget.status().reset()).isEqualTo(Duration.ofSeconds(50));
    clock.sleep(Duration.ofSeconds(50));

    var later = budget.status();
    assertThat(later.usedLastMinute()).isEqualTo(1);
    assertThat(later.reset()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void manyThreadsNeverExceedTheLaw() throws InterruptedException {
    // Real threads and real waiting, on a clock that runs 200 times as fast.
    NanoClock fast = new FastClock(200);
    int perMinute = 40;
    RateBudget budget = new RateBudget(Tier.BASIC, perMinute, 1_000, fast, new Random(1));
    List<Long> grants = Collections.synchronizedList(new ArrayList<>());
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 160; i++) {
      Caller caller = new Caller("caller " + i % 7, Priority.values()[i % 3]);
      threads.add(
          Thread.startVirtualThread(
              () -> {
                long before = fast.nanoTime();
                try (RateBudget.Permit permit = budget.acquire(caller)) {
                  grants.add(fast.nanoTime());
                } catch (InterruptedException | RuntimeException e) {
                  failure.set(e);
                }
                assertThat(fast.nanoTime()).isGreaterThanOrEqualTo(before);
              }));
    }
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
    }

    assertThat(failure.get()).isNull();
    assertThat(grants).hasSize(160);
    List<Long> sorted = grants.stream().sorted().toList();
    // Each time is taken after its grant, so the k-th of them cannot come before the law lets the
    // k-th request go.
    long start = 0;
    for (int k = 0; k < sorted.size(); k++) {
      assertThat(sorted.get(k)).isGreaterThanOrEqualTo(start + k / perMinute * MINUTE.toNanos());
    }
    assertThat(budget.status().queued()).isZero();
    assertThat(budget.status().throttledTotal()).isGreaterThanOrEqualTo(120);
  }

  /** The machine's clock, accelerated. */
  private record FastClock(int factor, long origin) implements NanoClock {
    FastClock(int factor) {
      this(factor, System.nanoTime());
    }

    @Override
    public long nanoTime() {
      return (System.nanoTime() - origin) * factor;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      NanoClock.system().sleep(duration.dividedBy(factor).plusNanos(1));
    }
  }
}
