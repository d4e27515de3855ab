package com.alphaxiii.polygon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.BackfillReport.Outcome;
import com.alphaxiii.polygon.BackfillReport.Status;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.InclusiveRange;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Tier;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.simulator.Fault;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backfills over the simulated vendor. */
class BackfillTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2024-03-13T14:30:30Z"));
  private static final LocalDate FROM = LocalDate.parse("2024-01-02");
  private static final LocalDate TO = LocalDate.parse("2024-02-09");
  private static final int BASIC_BUDGET = 5;

  @TempDir Path folder;
  private Simulator simulator;
  private PolygonDataManager manager;

  @BeforeEach
  void open() {
    simulator = Simulator.start(Scenario.builder().clock(CLOCK).build());
    manager = manager(Tier.ADVANCED, "key-of-the-test", NanoClock.system());
  }

  private PolygonDataManager manager(Tier tier, String key, NanoClock nanoClock) {
    PolygonConfig config =
        PolygonConfig.builder()
            .apiKey(key)
            .tier(tier)
            .baseUrl(simulator.baseUrl())
            .streamUrl(simulator.streamUrl())
            .cacheDir(folder.resolve("cache"))
            .build();
    return PolygonDataManager.open(config, CLOCK, nanoClock);
  }

  @AfterEach
  void close() {
    manager.close();
    simulator.close();
  }

  private static BackfillRequest request(String timeframe, String... symbols) {
    return new BackfillRequest(List.of(symbols), Timeframe.parse(timeframe), FROM, TO);
  }

  private BackfillReport fill(BackfillRequest request) {
    return manager.backfill(request, progress -> {});
  }

  private BarAnswer raw(String symbol, String timeframe) {
    return manager.bars(
        BarRequest.raw(
            Ticker.of(symbol),
            Timeframe.parse(timeframe),
            TimeRange.ofDays(FROM, TO, Market.NEW_YORK)));
  }

  @Test
  void whatWasFilledIsReadWithoutARequest() {
    List<BackfillProgress> told = new ArrayList<>();
    BackfillReport report = manager.backfill(request("5min", "MSFT", "AAPL", "MSFT"), told::add);
    assertThat(report.outcomes()).extracting(Outcome::symbol).containsExactly("MSFT", "AAPL");
    assertThat(report.count(Status.FILLED)).isEqualTo(2);
    long asked = simulator.requests().total();
    for (Outcome outcome : report.outcomes()) {
      BarAnswer minutes = raw(outcome.symbol(), "1min");
      assertThat(minutes.cached()).isTrue();
      assertThat((long) minutes.bars().size()).isEqualTo(outcome.bars());
      assertThat(minutes.bars().size()).isGreaterThan(10_000);
    }
    assertThat(simulator.requests().total()).isEqualTo(asked);

    assertThat(told.getFirst()).isEqualTo(new BackfillProgress(2, 0, 2 * 39, 0, 0));
    assertThat(told.getLast()).isEqualTo(new BackfillProgress(2, 2, 2 * 39, 2 * 39, report.bars()));
    for (int i = 1; i < told.size(); i++) {
      assertThat(told.get(i).daysDone()).isGreaterThanOrEqualTo(told.get(i - 1).daysDone());
    }
  }

  @Test
  void asksOnlyForWhatIsMissing() {
    fill(request("1min", "MSFT"));
    long asked = simulator.requests().total();
    BackfillReport again = fill(request("1min", "MSFT"));
    assertThat(again.outcomes().getFirst().status()).isEqualTo(Status.CACHED);
    assertThat(simulator.requests().total()).isEqualTo(asked);

    List<BackfillProgress> told = new ArrayList<>();
    BackfillRequest longer =
        new BackfillRequest(List.of("MSFT"), Timeframe.MINUTE_1, FROM, TO.plusDays(7));
    assertThat(manager.backfill(longer, told::add).count(Status.FILLED)).isEqualTo(1);
    assertThat(told.getFirst().days()).isEqualTo(5);
    assertThat(simulator.requests().paths().getLast())
        .contains("/1/minute/" + millis("2024-02-12T05:00:00Z") + "/");
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  @Test
  void leavesOutWhatMayStillChange() {
    LocalDate today = LocalDate.parse("2024-03-13");
    BackfillRequest untilToday =
        new BackfillRequest(List.of("MSFT"), Timeframe.MINUTE_1, today.minusDays(6), today);
    fill(untilToday);
    BarAnswer answer =
        manager.bars(
            BarRequest.raw(
                Ticker.of("MSFT"),
                Timeframe.MINUTE_1,
                InclusiveRange.parse("2024-03-07", "2024-03-13", Market.NEW_YORK)));
    assertThat(answer.source()).isEqualTo(BarAnswer.Source.MIXED);
    assertThat(fill(untilToday).outcomes().getFirst().status()).isEqualTo(Status.CACHED);
  }

  @Test
  void oneBadSymbolSpoilsNoOther() {
    simulator.faults().when(path -> path.contains("/IBM/"), Fault.status(400), 100);
    BackfillReport report = fill(request("1day", "MSFT", "NO SUCH", "IBM", "NOPE", "AAPL"));
    assertThat(report.outcomes())
        .extracting(Outcome::status)
        .containsExactly(Status.FILLED, Status.FAILED, Status.FAILED, Status.EMPTY, Status.FILLED);
    assertThat(report.outcomes().get(1).failure().orElseThrow()).hasMessageContaining("NO SUCH");
    assertThat(report.outcomes().get(2).failure().orElseThrow()).hasMessageContaining("IBM");
  }

  @Test
  void aFailureOfAnotherKindIsThrownAndDoesNotLookAsIfSomebodyHadStoppedIt() {
    assertThatThrownBy(
            () ->
                manager.backfill(
                    request("1day", "MSFT"),
                    progress -> {
                      if (progress.bars() > 0) {
                        throw new IllegalStateException("the listener fails");
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the listener fails");
  }

  @Test
  void aRefusedKeyEndsTheRunInsteadOfFailingForEachSymbol() {
    manager.close();
    manager = manager(Tier.ADVANCED, "bad-key-of-the-test", NanoClock.system());
    BackfillReport report = fill(new BackfillRequest(symbols(500), Timeframe.DAY_1, FROM, TO));
    assertThat(report.count(Status.FAILED)).isEqualTo(500);
    assertThat(report.outcomes())
        .allSatisfy(
            outcome ->
                assertThat(outcome.failure())
                    .containsInstanceOf(PolygonException.Unauthorized.class));
    assertThat(simulator.requests().total()).isLessThan(100);
  }

  @Test
  void requestsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> request("7min", "MSFT"))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("7min");
    assertThatThrownBy(() -> request("1min")).hasMessageContaining("needs a symbol");
    assertThatThrownBy(() -> new BackfillRequest(List.of("A"), Timeframe.DAY_1, TO, FROM))
        .hasMessageContaining("before the first");
  }

  /**
   * Of a budget of five a minute that a backfill of 60 symbols has long used up, with eleven of its
   * requests in line, a person's request is among the next five.
   */
  @Test
  void aPersonsRequestGoesBeforeAllThatTheBackfillHasWaiting() throws Exception {
    manager.close();
    ManualNanoClock time = new ManualNanoClock();
    manager = manager(Tier.BASIC, "key-of-the-test", time);
    FutureTask<BackfillReport> backfill =
        new FutureTask<>(() -> fill(new BackfillRequest(symbols(60), Timeframe.DAY_1, FROM, TO)));
    Thread thread = Thread.ofVirtual().start(backfill);
    int sent = BASIC_BUDGET;
    for (String symbol : List.of("MSFT", "AAPL", "IBM")) {
      int before = sent;
      await(() -> simulator.requests().total() == before && queued() == 16 && idle());
      FutureTask<BarAnswer> person = new FutureTask<>(() -> raw(symbol, "1day"));
      Thread.ofVirtual().start(person);
      await(() -> queued() == 17);
      time.advance(Duration.ofSeconds(61));
      assertThat(person.get(20, TimeUnit.SECONDS).bars().isEmpty()).isFalse();
      sent += BASIC_BUDGET;
      int position =
          IntStream.range(0, simulator.requests().paths().size())
              .filter(i -> simulator.requests().paths().get(i).contains("/" + symbol + "/"))
              .findFirst()
              .orElseThrow();
      assertThat(position).as("requests before the person's").isLessThan(sent);
    }
    await(() -> queued() == 16);
    thread.interrupt();
    BackfillReport report = backfill.get(20, TimeUnit.SECONDS);
    assertThat(report.outcomes()).hasSize(60);
    assertThat(report.count(Status.FAILED)).isZero();
    assertThat(report.count(Status.STOPPED)).isEqualTo(60 - 4 * BASIC_BUDGET + 3);
  }

  private int queued() {
    return manager.rateLimitStatus().queued();
  }

  private boolean idle() {
    return manager.rateLimitStatus().inFlight() == 0;
  }

  private static List<String> symbols(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "T" + (char) ('A' + i % 26) + (char) ('A' + i / 26))
        .toList();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("twenty seconds have not passed").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
