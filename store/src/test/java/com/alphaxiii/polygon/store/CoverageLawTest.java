package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever is asked in whatever order, the answer is the plain source's, and nothing twice. */
class CoverageLawTest {
  /** Holds a change of clocks (9 March), a holiday (17 February) and ends of months. */
  private static final TimeRange RECORDED = days("2014-01-27", "2014-03-31");

  private static final Instant FIRST_NOW = Instant.parse("2014-02-03T12:00:00Z");
  private static final Ticker BITCOIN = Ticker.of("X:BTCUSD");

  /** A request, after some time has gone by. */
  record Step(Duration pause, BarRequest request) {}

  private Path root;

  @BeforeTry
  void makeFolder() throws IOException {
    root = Files.createTempDirectory("store");
  }

  @AfterTry
  void removeFolder() throws IOException {
    try (var files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Duration> pauses =
        Arbitraries.frequency(Tuple.of(3, 0), Tuple.of(2, 1), Tuple.of(1, 2))
            .flatMap(
                kind ->
                    switch (kind) {
                      case 0 -> Arbitraries.just(Duration.ZERO);
                      case 1 -> Arbitraries.integers().between(1, 3_000).map(Duration::ofMinutes);
                      default -> Arbitraries.integers().between(1, 20).map(Duration::ofDays);
                    });
    Arbitrary<Timeframe> timeframes =
        Arbitraries.of("1min", "5min", "30min", "1hour", "4hour", "1day", "1week", "1month")
            .map(Timeframe::parse);
    Arbitrary<Instant> starts =
        Arbitraries.longs()
            .between(0, Duration.ofDays(70).toMinutes())
            .map(minutes -> RECORDED.start().plus(Duration.ofMinutes(minutes)));
    Arbitrary<Duration> lengths =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 3 * 1_440).map(Duration::ofMinutes),
            Arbitraries.longs().between(0, 40).map(Duration::ofDays));
    Arbitrary<BarRequest> requests =
        Combinators.combine(Arbitraries.of(AAPL, AAPL, BITCOIN), timeframes, starts, lengths)
            .as(
                (ticker, timeframe, start, length) ->
                    BarRequest.raw(ticker, timeframe, TimeRange.of(start, start.plus(length))));
    return Combinators.combine(pauses, requests).as(Step::new).list().ofMinSize(1).ofMaxSize(12);
  }

  @Property(tries = 80)
  void answersAsThePlainSourceAndAsksForNothingSettledTwice(@ForAll("steps") List<Step> steps) {
    Samples.TestClock clock = new Samples.TestClock(FIRST_NOW.toString());
    ListSource upstream =
        new ListSource(clock)
            .put(Samples.minutes(AAPL, RECORDED, 17))
            .put(Samples.dailies(AAPL, RECORDED))
            .put(Samples.everyMinutes(BITCOIN, RECORDED, 97))
            .put(Samples.everyDay(BITCOIN, RECORDED));
    List<Asked> settledAsked = new ArrayList<>();
    upstream.before(request -> settledAsked.add(Asked.of(request, clock.instant())));
    try (BarStore store =
        BarStore.open(root, upstream, new ListReference(), clock, Samples.CALENDAR)) {
      for (Step step : steps) {
        clock.set(clock.instant().plus(step.pause()));
        upstream.clear();
        BarAnswer answer = store.bars(step.request());
        assertThat(answer.bars()).isEqualTo(upstream.plain(step.request()));
        assertThat(answer.cached()).isEqualTo(upstream.requests().isEmpty());
        assertThat(answer.complete()).isTrue();
        assertThat(upstream.requests())
            .allSatisfy(
                request -> {
                  assertThat(request.timeframe().isBase()).isTrue();
                  assertThat(request.adjustment()).isEqualTo(Adjustment.NONE);
                  assertThat(request.range().end()).isBeforeOrEqualTo(clock.instant());
                });
      }
    }
    for (int i = 0; i < settledAsked.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(settledAsked.get(i).overlaps(settledAsked.get(j)))
            .as("%s and %s", settledAsked.get(j), settledAsked.get(i))
            .isFalse();
      }
    }
  }

  /** The part of a request that could be kept when it was made. */
  private record Asked(Series series, TimeRange settled) {
    static Asked of(BarRequest request, Instant now) {
      Series series = new Series(request.ticker(), request.timeframe());
      Instant settled = new Coverage(Samples.CALENDAR).settled(series, now);
      TimeRange range = request.range();
      Instant end = Coverage.earliest(range.end(), settled);
      return new Asked(series, TimeRange.of(Coverage.earliest(range.start(), end), end));
    }

    boolean overlaps(Asked other) {
      return series.equals(other.series) && !settled.intersect(other.settled).isEmpty();
    }
  }
}
