package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * Whatever is done to a cache in whatever order, answers are those of the plain source: fetches,
 * clears, evictions, compactions, verifications and restarts.
 */
class CacheLawTest {
  private static final TimeRange RECORDED = days("2013-11-01", "2014-04-30");
  private static final List<Ticker> TICKERS = List.of(AAPL, Ticker.of("BCpA"));

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

  @Property(tries = 40)
  void answersAsThePlainSource(@ForAll long seed, @ForAll @IntRange(min = 5, max = 25) int steps)
      throws IOException {
    Random random = new Random(seed);
    Samples.TestClock clock = new Samples.TestClock("2014-03-03T12:00:00Z");
    ListSource upstream = new ListSource(clock);
    for (Ticker ticker : TICKERS) {
      upstream.put(Samples.minutes(ticker, RECORDED, 29)).put(Samples.dailies(ticker, RECORDED));
    }
    BarStore store = open(upstream, clock, random);
    try {
      for (int step = 0; step < steps; step++) {
        Ticker ticker = TICKERS.get(random.nextInt(TICKERS.size()));
        switch (random.nextInt(12)) {
          case 0 -> store.clear(Optional.of(ticker), OptionalInt.empty());
          case 1 -> store.clear(Optional.empty(), OptionalInt.of(random.nextInt(5)));
          case 2 -> compact(clock);
          case 3 ->
              assertThat(CacheFolder.verify(root, random.nextBoolean(), clock).damages()).isEmpty();
          case 4 -> {
            store.close();
            store = open(upstream, clock, random);
          }
          case 5 -> clock.set(clock.instant().plus(Duration.ofHours(random.nextInt(60))));
          default -> ask(store, upstream, request(ticker, random));
        }
      }
      assertThat(CacheFolder.verify(root, false, clock).damages()).isEmpty();
    } finally {
      store.close();
    }
  }

  /** With room for everything, for some, or for nearly nothing. */
  private BarStore open(ListSource upstream, Samples.TestClock clock, Random random) {
    OptionalLong mostBytes =
        switch (random.nextInt(3)) {
          case 0 -> OptionalLong.empty();
          case 1 -> OptionalLong.of(60_000);
          default -> OptionalLong.of(5_000);
        };
    return BarStore.open(root, upstream, new ListReference(), clock, Samples.CALENDAR, mostBytes);
  }

  private void compact(Samples.TestClock clock) {
    try (CacheFolder folder = CacheFolder.open(root, clock)) {
      folder.compact(Samples.CALENDAR);
    }
  }

  private static BarRequest request(Ticker ticker, Random random) {
    String[] timeframes = {"1min", "5min", "1hour", "1day", "1week"};
    TimeRange range =
        TimeRange.of(
            RECORDED.start().plus(Duration.ofHours(random.nextInt(24 * 150))),
            RECORDED.start().plus(Duration.ofHours(24L * 150 + random.nextInt(24 * 40))));
    BarRequest request =
        BarRequest.raw(
            ticker, Timeframe.parse(timeframes[random.nextInt(timeframes.length)]), range);
    return new BarRequest(
        ticker, request.timeframe(), range, request.adjustment(), null, random.nextInt(5) > 0);
  }

  private static void ask(BarStore store, ListSource upstream, BarRequest request) {
    assertThat(store.bars(request).bars()).isEqualTo(upstream.plain(request));
  }
}
