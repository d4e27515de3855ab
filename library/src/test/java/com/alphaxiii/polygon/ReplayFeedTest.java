package com.alphaxiii.polygon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Replay;
import com.alphaxiii.polygon.core.ReplayRequest;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.store.BarStore;
import com.alphaxiii.polygon.store.Recorder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays of a recording, in simulated time. */
class ReplayFeedTest {
  private static final Instant START = Instant.parse("2013-10-08T13:30:00Z");
  private static final Instant GAP = START.plusSeconds(30);
  private static final Set<Topic> TOPICS =
      Set.of(
          Topic.parse("T.SPY"), Topic.parse("T.AIG"), Topic.parse("Q.SPY"), Topic.parse("Q.AIG"));

  /** Time passes only while somebody sleeps, and then at once. */
  private static final class SimulatedTime implements NanoClock {
    private final AtomicLong now = new AtomicLong(1_000);

    @Override
    public long nanoTime() {
      return now.get();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      now.addAndGet(Math.max(0, duration.toNanos()));
    }
  }

  private record Heard(MarketEvent event, long nanos, Instant tape) {}

  @TempDir Path folder;
  private final SimulatedTime time = new SimulatedTime();
  private final List<TickerEvent> arrived = new ArrayList<>();

  @BeforeEach
  void record() {
    Random random = new Random(4711);
    try (Recorder recorder =
        Recorder.start(folder.resolve("recordings"), TOPICS, InstantSource.fixed(START), time)) {
      for (int i = 0; i < 2_000; i++) {
        // As on a real stream: times of different symbols and channels are not in order.
        long at = nanos(START) + i * 30_000_000L + random.nextInt(50_000_000);
        Ticker ticker = Ticker.of(random.nextBoolean() ? "SPY" : "AIG");
        TickerEvent event = random.nextInt(3) == 0 ? trade(ticker, at, i) : quote(ticker, at, i);
        arrived.add(event);
        recorder.accept(event);
      }
      recorder.accept(new Gap(Set.of(Topic.parse("Q.AIG")), GAP.minusSeconds(2), GAP));
    }
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }

  private static Trade trade(Ticker ticker, long at, int number) {
    return new Trade(
        ticker, 100, 1, Conditions.NONE, at, 0, 4, Integer.toString(number), 1, number, 0, 0);
  }

  private static Quote quote(Ticker ticker, long at, int number) {
    return new Quote(
        ticker, 4, 99, 1, 7, 101, 2, Conditions.NONE, Conditions.of(1), at, 0, 1, number);
  }

  private Replays replays() {
    return Replays.open(
        folder.resolve("cache"),
        folder.resolve("recordings"),
        InstantSource.fixed(Instant.parse("2013-12-01T12:00:00Z")),
        time);
  }

  private static ReplayRequest at(double speed) {
    return new ReplayRequest(
        START, START.plusSeconds(3_600), speed, ReplayRequest.Origin.ANY, false);
  }

  /** Plays until the tape ends. */
  private List<Heard> play(ReplayRequest request, Set<Topic> topics) throws Exception {
    List<Heard> heard = new ArrayList<>();
    CountDownLatch ended = new CountDownLatch(1);
    try (Replays replays = replays();
        Replay replay = replays.open(request);
        Subscription subscription =
            replay.subscribe(
                topics,
                event -> {
                  heard.add(new Heard(event, time.nanoTime(), replay.clock().instant()));
                  if (event instanceof FeedStatus status
                      && status.state() == FeedStatus.State.DOWN) {
                    ended.countDown();
                  }
                })) {
      assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    }
    return heard;
  }

  private static List<TickerEvent> events(List<Heard> heard) {
    List<TickerEvent> events = new ArrayList<>();
    for (Heard each : heard) {
      if (each.event() instanceof TickerEvent event) {
        events.add(event);
      }
    }
    return events;
  }

  @Test
  void aRecordingIsPlayedAsItArrivedEachTime() throws Exception {
    ReplayRequest fast = at(Double.POSITIVE_INFINITY);
    List<Heard> first = play(fast, TOPICS);
    assertThat(events(first)).isEqualTo(arrived);
    List<Heard> again = play(fast, TOPICS);
    assertThat(again.stream().map(Heard::event).toList())
        .isEqualTo(first.stream().map(Heard::event).toList());
    assertThat(again.stream().map(Heard::tape).toList())
        .isEqualTo(first.stream().map(Heard::tape).toList());

    Topic one = Topic.parse("T.SPY");
    assertThat(events(play(fast, Set.of(one))))
        .isEqualTo(
            arrived.stream().filter(e -> e instanceof Trade && e.symbol().equals("SPY")).toList());
    assertThat(events(play(fast, Set.of(Topic.parse("Q.*")))))
        .isEqualTo(arrived.stream().filter(e -> e instanceof Quote).toList());
  }

  @Test
  void whatTheRecordingMissesIsToldInItsPlace() throws Exception {
    List<Heard> heard = play(at(Double.POSITIVE_INFINITY), TOPICS);
    List<Heard> gaps = heard.stream().filter(h -> h.event() instanceof Gap).toList();
    assertThat(gaps).hasSize(1);
    assertThat(gaps.getFirst().event())
        .isEqualTo(new Gap(Set.of(Topic.parse("Q.AIG")), GAP.minusSeconds(2), GAP));
    assertThat(gaps.getFirst().tape()).isAfterOrEqualTo(GAP).isBefore(GAP.plusSeconds(1));
    // It concerns nobody else.
    assertThat(play(at(Double.POSITIVE_INFINITY), Set.of(Topic.parse("T.SPY"))))
        .noneMatch(h -> h.event() instanceof Gap);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 10, 1_000})
  void eventsComeWhenTheTapesTimeSaysSo(double speed) throws Exception {
    long began = time.nanoTime();
    List<Heard> heard = play(at(speed), TOPICS);
    assertThat(events(heard)).isEqualTo(arrived);
    long latest = 0;
    for (Heard each : heard) {
      if (each.event() instanceof TickerEvent event) {
        latest = Math.max(latest, event.time());
        double due = (latest - nanos(START)) / speed;
        assertThat((double) (each.nanos() - began)).isBetween(due - 1, due + 2);
        assertThat(nanos(each.tape())).isGreaterThanOrEqualTo(latest);
      }
    }
  }

  @Test
  void itCanBeStoppedWoundAndHurried() throws Exception {
    List<Heard> heard = new ArrayList<>();
    CountDownLatch paused = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (Replays replays = replays();
        Replay replay = replays.open(at(1_000))) {
      Subscription subscription =
          replay.subscribe(
              Set.of(Topic.parse("T.SPY")),
              event -> {
                heard.add(new Heard(event, time.nanoTime(), replay.clock().instant()));
                if (heard.size() == 100) {
                  replay.pause();
                  paused.countDown();
                }
                if (event instanceof FeedStatus status && status.state() == FeedStatus.State.DOWN) {
                  ended.countDown();
                }
              });
      assertThat(paused.await(30, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> replay.seek(START.minusSeconds(1)))
          .isInstanceOf(PolygonException.InvalidRequest.class)
          .hasMessageContaining("does not lie within this replay");
      assertThatThrownBy(() -> replay.speed(0)).hasMessageContaining("is not a speed");
      assertThatThrownBy(() -> subscription.add(Set.of(Topic.parse("T.NOPE"))))
          .isInstanceOf(PolygonException.InvalidRequest.class)
          .hasMessageContaining("nothing of T.NOPE is recorded or cached");
      replay.seek(START.plusSeconds(50));
      replay.speed(Double.POSITIVE_INFINITY);
      replay.resume();
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }
    List<TickerEvent> trades =
        arrived.stream().filter(e -> e instanceof Trade && e.symbol().equals("SPY")).toList();
    List<TickerEvent> played = events(heard);
    int before = 99;
    assertThat(played.subList(0, before)).isEqualTo(trades.subList(0, before));
    assertThat(played.subList(before, played.size()))
        .isEqualTo(trades.stream().filter(t -> t.time() >= nanos(START.plusSeconds(50))).toList());
  }

  @Test
  void topicsThatComeLaterJoinWhereTheTapeIs() throws Exception {
    List<TickerEvent> played = new ArrayList<>();
    CountDownLatch half = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (Replays replays = replays();
        Replay replay = replays.open(at(Double.POSITIVE_INFINITY))) {
      Subscription subscription =
          replay.subscribe(
              Set.of(Topic.parse("T.SPY")),
              event -> {
                if (event instanceof TickerEvent data) {
                  played.add(data);
                  if (played.size() == 100) {
                    replay.pause();
                    half.countDown();
                  }
                }
                if (event instanceof FeedStatus status && status.state() == FeedStatus.State.DOWN) {
                  ended.countDown();
                }
              });
      assertThat(half.await(30, TimeUnit.SECONDS)).isTrue();
      subscription.add(Set.of(Topic.parse("Q.SPY")));
      replay.resume();
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }
    TickerEvent last = played.get(99);
    // The trades go on without a break, and the quotes are those from the tape's time on.
    assertThat(played.stream().filter(e -> e instanceof Trade).toList())
        .isEqualTo(
            arrived.stream().filter(e -> e instanceof Trade && e.symbol().equals("SPY")).toList());
    long from = played.subList(0, 100).stream().mapToLong(TickerEvent::time).max().orElseThrow();
    assertThat(last.time()).isLessThanOrEqualTo(from);
    assertThat(played.stream().filter(e -> e instanceof Quote).toList())
        .isEqualTo(
            arrived.stream()
                .filter(e -> e instanceof Quote && e.symbol().equals("SPY") && e.time() >= from)
                .toList());
  }

  @Test
  void whatIsGivenUpAndAskedForAgainIsNotPlayedTwice() throws Exception {
    List<TickerEvent> played = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger laid = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(1);
    try (Replays replays = replays();
        Replay replay = replays.open(at(Double.POSITIVE_INFINITY))) {
      Subscription subscription =
          replay.subscribe(
              Set.of(Topic.parse("T.SPY"), Topic.parse("T.AIG")),
              event -> {
                if (event instanceof TickerEvent data) {
                  played.add(data);
                  if (played.size() == 100) {
                    replay.pause();
                  }
                }
                if (event instanceof FeedStatus status) {
                  laid.incrementAndGet();
                  if (status.state() == FeedStatus.State.DOWN) {
                    ended.countDown();
                  }
                }
              });
      await(() -> played.size() == 100);
      for (String symbol : List.of("T.SPY", "T.AIG")) {
        int before = laid.get();
        subscription.remove(Set.of(Topic.parse(symbol)));
        await(() -> laid.get() == before + 1);
        subscription.add(Set.of(Topic.parse(symbol)));
        await(() -> laid.get() == before + 2);
      }
      replay.resume();
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(played).doesNotHaveDuplicates();
    // What arrived late of the time before is not waited for by who begins here.
    long from = played.subList(0, 100).stream().mapToLong(TickerEvent::time).max().orElseThrow();
    assertThat(played.subList(100, played.size()))
        .containsExactlyInAnyOrderElementsOf(
            arrived.stream().filter(e -> e instanceof Trade && e.time() > from).toList());
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aGapIsToldOnceWhateverIsChangedWhereItEnds() throws Exception {
    List<Gap> gaps = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch ended = new CountDownLatch(1);
    try (Replays replays = replays();
        Replay replay = replays.open(at(1_000))) {
      Subscription subscription =
          replay.subscribe(
              TOPICS,
              event -> {
                if (event instanceof Gap gap) {
                  gaps.add(gap);
                  replay.speed(500);
                }
                if (event instanceof FeedStatus status && status.state() == FeedStatus.State.DOWN) {
                  ended.countDown();
                }
              });
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(subscription.topics()).isEqualTo(TOPICS);
    }
    assertThat(gaps).hasSize(1);
  }

  @Test
  void marketsWhoseDaysBeginAtOtherTimesArePlayedTogether() throws Exception {
    Set<Topic> topics = Set.of(Topic.parse("T.AAPL"), Topic.parse("T.X:BTCUSD"));
    Instant evening = Instant.parse("2014-06-03T00:30:00Z");
    List<TickerEvent> sent = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      // In New York it is still the day before.
      long at = nanos(evening.plus(Duration.ofMinutes(20L * i)));
      sent.add(trade(Ticker.of(i % 2 == 0 ? "X:BTCUSD" : "AAPL"), at, i));
    }
    sent.add(trade(Ticker.of("AAPL"), nanos(evening.plus(Duration.ofHours(13))), 10));
    try (Recorder recorder =
        Recorder.start(folder.resolve("recordings"), topics, InstantSource.fixed(evening), time)) {
      sent.forEach(recorder);
    }
    List<Heard> heard =
        play(
            new ReplayRequest(
                evening.minus(Duration.ofHours(5)),
                evening.plus(Duration.ofDays(1)),
                Double.POSITIVE_INFINITY,
                ReplayRequest.Origin.ANY,
                false),
            topics);
    assertThat(events(heard)).isEqualTo(sent);
    for (Heard each : heard) {
      if (each.event() instanceof TickerEvent event) {
        assertThat(nanos(each.tape())).isEqualTo(event.time());
      }
    }
  }

  @Test
  void barsThatEndAtMidnightArePlayedInMarketsThatDoNotRest() throws Exception {
    Ticker bitcoin = Ticker.of("X:BTCUSD");
    Instant midnight = Instant.parse("2013-10-09T00:00:00Z");
    TimeRange days =
        TimeRange.of(midnight.minus(Duration.ofDays(1)), midnight.plus(Duration.ofDays(1)));
    BarsBuilder built = Bars.builder(bitcoin, Timeframe.MINUTE_1);
    for (int i = -5; i < 5; i++) {
      built.add(midnight.plus(Duration.ofMinutes(i)).toEpochMilli(), 100, 101, 99, 100, 2, 100, 3);
    }
    Bars minutes = built.build();
    try (BarStore store =
        BarStore.open(
            folder.resolve("cache"),
            request -> BarAnswer.upstream(minutes.slice(request.range())),
            new NoVendor(),
            InstantSource.fixed(Instant.parse("2013-12-01T12:00:00Z")),
            MarketCalendar.usEquities())) {
      store.bars(BarRequest.raw(bitcoin, Timeframe.MINUTE_1, days));
    }
    for (Duration more : List.of(Duration.ofHours(1), Duration.ZERO)) {
      List<Heard> heard =
          play(
              new ReplayRequest(
                  midnight.minus(Duration.ofHours(1)),
                  midnight.plus(more),
                  Double.POSITIVE_INFINITY,
                  ReplayRequest.Origin.ANY,
                  false),
              Set.of(Topic.parse("AM.X:BTCUSD")));
      // The replay's own end lies outside of it.
      assertThat(events(heard)).hasSize(more.isZero() ? 4 : 10);
      assertThat(events(heard)).extracting(TickerEvent::time).isSorted().doesNotHaveDuplicates();
    }
  }
}
