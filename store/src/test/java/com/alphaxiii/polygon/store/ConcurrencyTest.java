package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConcurrencyTest {
  private static final TimeRange JUNE = days("2014-06-02", "2014-06-27");

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2014-07-03T16:00:00Z");
  private final ListSource upstream =
      new ListSource(clock)
          .put(Samples.minutes(AAPL, days("2014-03-03", "2014-07-03"), 13))
          .put(Samples.dailies(AAPL, days("2014-03-03", "2014-07-03")));

  private BarStore open() {
    return BarStore.open(root, upstream, new ListReference(), clock, Samples.CALENDAR);
  }

  private BarRequest minutes(TimeRange range) {
    return BarRequest.raw(AAPL, Timeframe.MINUTE_1, range);
  }

  @Test
  void equalRequestsAtOneTimeMakeOneUpstream() throws Exception {
    assertOneRequest(JUNE);
  }

  @Test
  void equalRequestsForWhatMayStillChangeMakeOneUpstream() throws Exception {
    assertOneRequest(days("2014-07-03", "2014-07-03"));
  }

  private void assertOneRequest(TimeRange range) throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    upstream.before(request -> await(release));
    try (BarStore store = open()) {
      List<FutureTask<BarAnswer>> answers = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        FutureTask<BarAnswer> answer = new FutureTask<>(() -> store.bars(minutes(range)));
        answers.add(answer);
        threads.add(Thread.ofPlatform().daemon().start(answer));
      }
      waitUntilAllWait(threads);
      release.countDown();
      for (FutureTask<BarAnswer> answer : answers) {
        assertThat(answer.get(20, TimeUnit.SECONDS).bars())
            .isEqualTo(upstream.plain(minutes(range)));
      }
      assertThat(upstream.requests()).hasSize(1);
    }
  }

  @Test
  void aLongStretchIsFetchedSideBySide() throws Exception {
    // As dense as it gets, so that no request can be long.
    TimeRange half = days("2014-01-02", "2014-06-30");
    upstream.put(Samples.minutes(AAPL, half, 1));
    CountDownLatch together = new CountDownLatch(2);
    upstream.before(
        request -> {
          if (upstream.requests().size() > 1) {
            together.countDown();
            await(together);
          }
        });
    try (BarStore store = open()) {
      assertThat(store.bars(minutes(half)).bars()).isEqualTo(upstream.plain(minutes(half)));
      assertThat(upstream.requests())
          .extracting(BarRequest::range)
          .containsExactlyInAnyOrder(
              days("2014-01-02", "2014-02-28"),
              days("2014-03-03", "2014-04-30"),
              days("2014-05-01", "2014-06-30"));
      assertThat(store.bars(minutes(half)).cached()).isTrue();
    }
  }

  @Test
  void afterAFailureWhatIsUnderWayIsKeptAndNothingBegun() {
    TimeRange half = days("2014-01-02", "2014-06-30");
    upstream.put(Samples.minutes(AAPL, half, 1));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch failed = new CountDownLatch(1);
    upstream.before(
        request -> {
          if (request.range().start().equals(days("2014-03-03", "2014-03-03").start())) {
            await(begun);
            failed.countDown();
            throw new PolygonException.Unavailable("gone", null, null);
          }
          if (request.range().start().equals(days("2014-05-01", "2014-05-01").start())) {
            begun.countDown();
            await(failed);
          }
        });
    try (BarStore store = open()) {
      assertThatThrownBy(() -> store.bars(minutes(half)))
          .isInstanceOf(PolygonException.Unavailable.class)
          .hasMessage("gone");
      upstream.before(request -> {});
      upstream.clear();
      assertThat(store.bars(minutes(half)).bars()).isEqualTo(upstream.plain(minutes(half)));
      assertThat(upstream.requests())
          .extracting(BarRequest::range)
          .containsExactly(days("2014-03-03", "2014-04-30"));
    }
  }

  @Test
  void storesThatShareAFolderFetchNothingTwiceAtATime() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    upstream.before(request -> await(release));
    List<BarStore> stores = List.of(open(), open(), open());
    try {
      List<FutureTask<BarAnswer>> answers = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (BarStore store : stores) {
        FutureTask<BarAnswer> answer = new FutureTask<>(() -> store.bars(minutes(JUNE)));
        answers.add(answer);
        threads.add(Thread.ofPlatform().daemon().start(answer));
      }
      waitUntilAllWait(threads);
      release.countDown();
      for (FutureTask<BarAnswer> answer : answers) {
        assertThat(answer.get(20, TimeUnit.SECONDS).bars())
            .isEqualTo(upstream.plain(minutes(JUNE)));
      }
      assertThat(upstream.requests()).hasSize(1);
    } finally {
      stores.forEach(BarStore::close);
    }
  }

  @Test
  void aStretchIsNotHeldUpByAnother() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    TimeRange march = days("2014-03-03", "2014-03-07");
    upstream.before(
        request -> {
          if (request.range().start().equals(march.start())) {
            await(release);
          }
        });
    try (BarStore store = open()) {
      FutureTask<BarAnswer> slow = new FutureTask<>(() -> store.bars(minutes(march)));
      Thread thread = Thread.ofPlatform().daemon().start(slow);
      waitUntilAllWait(List.of(thread));
      assertThat(store.bars(minutes(JUNE)).bars()).isEqualTo(upstream.plain(minutes(JUNE)));
      assertThat(slow.isDone()).isFalse();
      release.countDown();
      assertThat(slow.get(20, TimeUnit.SECONDS).bars()).isEqualTo(upstream.plain(minutes(march)));
    }
  }

  @Test
  void oneThatWaitsForAFailureTriesItself() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    upstream.before(
        request -> {
          if (upstream.requests().size() == 1) {
            await(release);
            throw new PolygonException.Unavailable("first one fails", null, null);
          }
        });
    try (BarStore store = open()) {
      FutureTask<BarAnswer> first = new FutureTask<>(() -> store.bars(minutes(JUNE)));
      FutureTask<BarAnswer> second = new FutureTask<>(() -> store.bars(minutes(JUNE)));
      Thread one = Thread.ofPlatform().daemon().start(first);
      Thread two = Thread.ofPlatform().daemon().start(second);
      waitUntilAllWait(List.of(one, two));
      release.countDown();
      int failures = 0;
      for (FutureTask<BarAnswer> answer : List.of(first, second)) {
        try {
          assertThat(answer.get(20, TimeUnit.SECONDS).bars())
              .isEqualTo(upstream.plain(minutes(JUNE)));
        } catch (java.util.concurrent.ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(PolygonException.Unavailable.class);
          failures++;
        }
      }
      assertThat(failures).isEqualTo(1);
    }
  }

  @Test
  void anInterruptOfOneIsNoAnswerForAnother() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    upstream.before(
        request -> {
          if (upstream.requests().size() == 1) {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              throw new PolygonException.Unavailable("interrupted", null, e);
            }
          }
        });
    TimeRange today = days("2014-07-03", "2014-07-03");
    try (BarStore store = open()) {
      FutureTask<BarAnswer> first = new FutureTask<>(() -> store.bars(minutes(today)));
      FutureTask<BarAnswer> second = new FutureTask<>(() -> store.bars(minutes(today)));
      Thread one = Thread.ofPlatform().daemon().start(first);
      waitUntilAllWait(List.of(one));
      Thread two = Thread.ofPlatform().daemon().start(second);
      waitUntilAllWait(List.of(two));
      one.interrupt();
      assertThat(second.get(20, TimeUnit.SECONDS).bars()).isEqualTo(upstream.plain(minutes(today)));
      assertThatThrownBy(() -> first.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(PolygonException.Unavailable.class);
    }
  }

  @Test
  void twoStoresShareAFolder() throws Exception {
    try (BarStore one = open();
        BarStore other = open()) {
      List<FutureTask<Void>> workers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        BarStore store = i % 2 == 0 ? one : other;
        Random random = new Random(i);
        FutureTask<Void> worker = new FutureTask<>(() -> ask(store, random), null);
        workers.add(worker);
        Thread.ofPlatform().daemon().start(worker);
      }
      for (FutureTask<Void> worker : workers) {
        worker.get(50, TimeUnit.SECONDS);
      }
    }
    upstream.clear();
    try (BarStore third = open()) {
      TimeRange all = days("2014-03-03", "2014-06-30");
      third.bars(minutes(all));
      upstream.clear();
      assertThat(third.bars(minutes(all)).bars()).isEqualTo(upstream.plain(minutes(all)));
      assertThat(upstream.requests()).isEmpty();
    }
  }

  private void ask(BarStore store, Random random) {
    for (int i = 0; i < 40; i++) {
      TimeRange range = Samples.someDays(random);
      BarRequest request = BarRequest.raw(AAPL, Timeframe.MINUTE_1, range);
      if (random.nextInt(4) == 0) {
        request =
            new BarRequest(AAPL, Timeframe.MINUTE_1, range, request.adjustment(), null, false);
      }
      Bars found = store.bars(request).bars();
      assertThat(found).isEqualTo(upstream.plain(request));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void waitUntilAllWait(List<Thread> threads) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!threads.stream()
        .allMatch(
            t ->
                t.getState() == Thread.State.WAITING
                    || t.getState() == Thread.State.TIMED_WAITING)) {
      assertThat(System.nanoTime()).as("threads still at work").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
