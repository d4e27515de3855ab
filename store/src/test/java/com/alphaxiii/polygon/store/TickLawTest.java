package com.alphaxiii.polygon.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever is read, cleared, damaged, broken off or started again in whatever order, answers are
 * those of the vendor.
 */
class TickLawTest {
  private static final LocalDate FIRST = LocalDate.parse("2013-10-04");
  private static final int DAYS = 8;
  private static final List<Ticker> TICKERS = List.of(Ticker.of("SPY"), Ticker.of("X:BTCUSD"));
  private static final ListTicks VENDOR = new ListTicks();

  static {
    for (Ticker ticker : TICKERS) {
      for (int day = 0; day < DAYS; day++) {
        if (day % 3 > 0) {
          VENDOR.addTrades(ListTicks.someTrades(ticker, FIRST.plusDays(day), 300));
          VENDOR.addQuotes(ListTicks.someQuotes(ticker, FIRST.plusDays(day), 300));
        }
      }
    }
  }

  @Property(tries = 12)
  void theCacheIsNotSeen(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Path root = Files.createTempDirectory("law");
    Samples.TestClock clock = new Samples.TestClock("2013-10-09T16:00:00Z");
    for (int run = 0; run < 3; run++) {
      try (BarStore store = open(root, clock)) {
        TickStore ticks = store.ticks(VENDOR);
        for (int step = 0; step < 8; step++) {
          switch (random.nextInt(8)) {
            case 0 -> store.clear(Optional.of(any(random)), OptionalInt.empty());
            case 1 -> damage(root, random);
            case 2 -> clock.set(clock.instant().plus(Duration.ofHours(random.nextInt(20))));
            case 3 -> broken(ticks, random);
            default -> read(ticks, random);
          }
        }
      }
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
  }

  private static BarStore open(Path root, Samples.TestClock clock) {
    return BarStore.open(
        root,
        request -> {
          throw new AssertionError("asked for bars " + request);
        },
        new ListReference(),
        clock,
        Samples.CALENDAR);
  }

  private static Ticker any(Random random) {
    return TICKERS.get(random.nextInt(TICKERS.size()));
  }

  private static TickRequest request(Random random) {
    Instant first = FIRST.atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
    Instant start = first.plusSeconds(random.nextInt(DAYS * 86_400));
    Instant end = start.plusSeconds(random.nextInt(4 * 86_400));
    return new TickRequest(
        any(random), TimeRange.of(start, end), random.nextBoolean(), random.nextInt(9) > 0);
  }

  private static void read(TickStore ticks, Random random) {
    TickRequest request = request(random);
    // A coin has no SIP, and its trades are found by the exchange's time.
    if (random.nextBoolean()) {
      assertSame(ticks.trades(request), VENDOR.plainTrades(request));
    } else {
      assertSame(ticks.quotes(request), VENDOR.plainQuotes(request));
    }
  }

  private static <T extends TickerEvent> void assertSame(Cursor<T> read, List<T> plain) {
    assertThat(read.rest().values()).isEqualTo(plain);
  }

  /** The vendor goes away in the middle of an answer. */
  private static void broken(TickStore ticks, Random random) {
    VENDOR.breakAfter(random.nextInt(400));
    try {
      ticks.trades(request(random)).rest();
    } catch (PolygonException.Unavailable e) {
      // As it should be.
    } finally {
      VENDOR.breakAfter(-1);
    }
  }

  private static void damage(Path root, Random random) throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve("parquet/symbols"))) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      if (!files.isEmpty()) {
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
      }
    }
  }
}
