package com.alphaxiii.polygon.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that stores, clears, evicts and compacts is killed again and again: 25 times, or as
 * often as {@code -Dcrash.kills} says.
 */
class CrashTest {
  private static final int KILLS = Integer.getInteger("crash.kills", 25);
  private static final TimeRange RECORDED = Samples.days("2014-03-03", "2014-06-30");
  private static final List<Ticker> TICKERS = List.of(Ticker.of("AAPL"), Ticker.of("BCpA"));

  private static ListSource source() {
    ListSource source = new ListSource(clock());
    for (Ticker ticker : TICKERS) {
      source.put(Samples.minutes(ticker, RECORDED, 23)).put(Samples.dailies(ticker, RECORDED));
    }
    return source;
  }

  private static Samples.TestClock clock() {
    return new Samples.TestClock("2014-07-03T16:00:00Z");
  }

  /** What the process that will be killed does: asks for this and that for ever. */
  static final class Victim {
    public static void main(String[] args) {
      Random random = new Random(Long.parseLong(args[1]));
      // Every other one has room for about half of what it asks for.
      OptionalLong mostBytes =
          random.nextBoolean() ? OptionalLong.of(150_000) : OptionalLong.empty();
      try (BarStore store =
          BarStore.open(
              Path.of(args[0]),
              source(),
              new ListReference(),
              clock(),
              Samples.CALENDAR,
              mostBytes)) {
        for (int i = 0; true; i++) {
          // Only from the second request on is all code loaded and a write quick.
          if (i == 1) {
            System.out.println("ready");
          }
          Ticker ticker = TICKERS.get(random.nextInt(TICKERS.size()));
          Timeframe base = random.nextInt(4) == 0 ? Timeframe.DAY_1 : Timeframe.MINUTE_1;
          BarRequest raw = BarRequest.raw(ticker, base, Samples.someDays(random));
          boolean useCache = random.nextInt(3) > 0;
          store.bars(new BarRequest(ticker, base, raw.range(), raw.adjustment(), null, useCache));
          if (random.nextInt(60) == 0) {
            store.clear(Optional.of(ticker), OptionalInt.empty());
          }
          if (random.nextInt(20) == 0) {
            try (CacheFolder folder = CacheFolder.open(Path.of(args[0]), clock())) {
              folder.compact(Samples.CALENDAR);
            }
          }
        }
      }
    }
  }

  @Test
  @Timeout(3_600)
  void whateverTheMomentWhatWasCommittedIsThereAndRight(@TempDir Path root) throws Exception {
    Random random = new Random(20140609);
    long rows = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process victim = start(root, random.nextLong());
      try (BufferedReader out = victim.inputReader()) {
        assertThat(out.readLine()).isEqualTo("ready");
        assertThat(victim.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS)).isFalse();
      } finally {
        victim.destroyForcibly();
        assertThat(victim.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
      rows += check(root);
    }
    assertThat(rows).as("rows found after all kills").isPositive();
  }

  private static Process start(Path root, long seed) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            root.toString(),
            Long.toString(seed))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static long check(Path root) throws Exception {
    ListSource truth = source();
    long rows = 0;
    try (BarStore store =
            BarStore.open(
                root,
                request -> {
                  throw new AssertionError("asked upstream for " + request);
                },
                new ListReference(),
                clock(),
                Samples.CALENDAR);
        Database database = Database.open(new Layout(root.toRealPath()).database())) {
      for (Series series : series()) {
        for (TimeRange covered :
            new Catalog(database).snapshot(series, RECORDED, Instant.EPOCH).covered()) {
          BarRequest request = BarRequest.raw(series.ticker(), series.base(), covered);
          BarAnswer answer = store.bars(request);
          assertThat(answer.bars()).isEqualTo(truth.plain(request));
          assertThat(answer.cached()).isTrue();
          rows += answer.bars().size();
        }
      }
    }
    // Nothing that a crash leaves behind is more than a write that came to nothing.
    assertThat(CacheFolder.verify(root, false, clock()).damages())
        .allMatch(damage -> damage.kind() == Damage.Kind.UNFINISHED_WRITE);
    try (var strays = Files.list(root.resolve("parquet/.tmp"))) {
      assertThat(strays).isEmpty();
    }
    return rows;
  }

  private static List<Series> series() {
    List<Series> all = new ArrayList<>();
    for (Ticker ticker : TICKERS) {
      all.add(new Series(ticker, Timeframe.MINUTE_1));
      all.add(new Series(ticker, Timeframe.DAY_1));
    }
    return all;
  }
}
