package com.alphaxiii.polygon.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that stores ticks is killed again and again. */
class TickCrashTest {
  private static final int KILLS = 5;
  private static final Ticker SPY = Ticker.of("SPY");
  private static final LocalDate FIRST = LocalDate.parse("2013-10-07");
  private static final int DAYS = 5;

  private static ListTicks vendor() {
    ListTicks vendor = new ListTicks();
    for (int day = 0; day < DAYS; day++) {
      vendor.addTrades(ListTicks.someTrades(SPY, FIRST.plusDays(day), 20_000));
    }
    return vendor;
  }

  private static BarStore open(Path root) {
    return BarStore.open(
        root,
        request -> {
          throw new AssertionError("asked for bars " + request);
        },
        new ListReference(),
        new Samples.TestClock("2013-10-25T16:00:00Z"),
        Samples.CALENDAR);
  }

  /** What the process that will be killed does: asks for days and clears them, for ever. */
  static final class Victim {
    public static void main(String[] args) {
      Random random = new Random(Long.parseLong(args[1]));
      try (BarStore store = open(Path.of(args[0]))) {
        TickStore ticks = store.ticks(vendor());
        for (int i = 0; true; i++) {
          // Only from the second request on is all code loaded and a write quick.
          if (i == 1) {
            System.out.println("ready");
          }
          ticks.trades(TickRequest.ofDay(SPY, FIRST.plusDays(random.nextInt(DAYS)))).hasNext();
          if (random.nextInt(3) == 0) {
            store.clear(Optional.of(SPY), OptionalInt.empty());
          }
        }
      }
    }
  }

  @Test
  @Timeout(120)
  void whateverTheMomentADayIsWhollyThereOrNotAtAll(@TempDir Path root) throws Exception {
    Random random = new Random(20131008);
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
    assertThat(rows).as("ticks found after all kills").isPositive();
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
    ListTicks truth = vendor();
    ListTicks nobody = new ListTicks();
    nobody.breakAfter(0);
    long rows = 0;
    Set<String> known = new HashSet<>();
    try (BarStore store = open(root);
        Database database = Database.open(new Layout(root.toRealPath()).database())) {
      TickCatalog catalog = new TickCatalog(database);
      assertThat(catalog.unfinished()).isEmpty();
      TickSource ticks = store.ticks(nobody);
      for (int i = 0; i < DAYS; i++) {
        TickDay day = new TickDay(SPY, "trades", FIRST.plusDays(i));
        if (catalog.find(day).isPresent()) {
          TickRequest request = TickRequest.ofDay(SPY, day.day());
          List<Trade> read = ticks.trades(request).rest().values();
          assertThat(read).isEqualTo(truth.plainTrades(request));
          rows += read.size();
          known.add(day.day() + ".parquet");
        }
      }
    }
    try (Stream<Path> strays = Files.list(root.resolve("parquet/.tmp"))) {
      assertThat(strays).isEmpty();
    }
    try (Stream<Path> files = Files.walk(root.resolve("parquet/symbols"))) {
      assertThat(files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(known);
    }
    return rows;
  }
}
