package com.alphaxiii.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.simulator.Fault;
import com.alphaxiii.polygon.simulator.RequestLog;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes with one CACHE_DIR ask the vendor once for each stretch. */
@Timeout(120)
class SharedCacheTest {
  private static final InstantSource CLOCK = () -> Instant.parse("2024-03-13T14:30:30Z");
  private static final String START = "2023-01-03";
  private static final String END = "2023-12-29";

  @TempDir Path folder;
  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(Scenario.builder().clock(CLOCK).build());
    // Slow enough for all to be at it together.
    simulator.faults().when(path -> true, Fault.delay(Duration.ofMillis(300)), Integer.MAX_VALUE);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private static PolygonDataManager manager(URI upstream, Path folder) {
    return PolygonDataManager.open(
        PolygonConfig.builder()
            .apiKey("key-of-the-test")
            .baseUrl(upstream)
            .cacheDir(folder.resolve("cache"))
            .build(),
        CLOCK,
        NanoClock.system());
  }

  /** A process that asks for a day of trades and says how many it got. */
  static final class TradesAsker {
    public static void main(String[] args) throws Exception {
      try (PolygonDataManager manager = manager(URI.create(args[0]), Path.of(args[1]))) {
        System.out.println("ready");
        System.in.read();
        System.out.println(trades(manager, args[2]));
      }
    }
  }

  private static long trades(PolygonDataManager manager, String symbol) {
    LocalDate day = LocalDate.parse("2024-03-11");
    return manager.trades(symbol, TimeRange.ofDays(day, day, Market.NEW_YORK)).stream().count();
  }

  /** A process that asks for a year of minutes and says how many bars it got. */
  static final class Asker {
    public static void main(String[] args) throws Exception {
      try (PolygonDataManager manager = manager(URI.create(args[0]), Path.of(args[1]))) {
        System.out.println("ready");
        System.in.read();
        System.out.println(manager.getBars(args[2], "1min", START, END, true, false).size());
      }
    }
  }

  private Process asker(String symbol) throws Exception {
    return asker(Asker.class, symbol);
  }

  private Process asker(Class<?> program, String symbol) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            simulator.baseUrl().toString(),
            folder.toString(),
            symbol)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String answer(BufferedReader out) throws Exception {
    String line = out.readLine();
    assertThat(line).as("what the process says").isNotNull();
    return line;
  }

  @Test
  void eachStretchIsAskedForOnce() throws Exception {
    List<Process> processes = new ArrayList<>();
    List<BufferedReader> outs = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        Process process = asker("MSFT");
        processes.add(process);
        outs.add(process.inputReader(StandardCharsets.UTF_8));
      }
      for (BufferedReader out : outs) {
        assertThat(answer(out)).isEqualTo("ready");
      }
      for (Process process : processes) {
        process.outputWriter(StandardCharsets.UTF_8).append("go\n").flush();
      }
      int own;
      try (PolygonDataManager manager = manager(simulator.baseUrl(), folder)) {
        own = manager.getBars("MSFT", "1min", START, END, true, false).size();
      }
      for (BufferedReader out : outs) {
        assertThat(answer(out)).isEqualTo(Integer.toString(own));
      }
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
    List<String> asked =
        simulator.requests().requests().stream()
            .map(RequestLog.Request::target)
            .filter(target -> target.startsWith("/v2/aggs"))
            .toList();
    assertThat(asked).hasSizeBetween(4, 8).doesNotHaveDuplicates();
  }

  @Test
  void aDayOfTradesIsAskedForOnce() throws Exception {
    List<Process> processes = new ArrayList<>();
    List<BufferedReader> outs = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        Process process = asker(TradesAsker.class, "MSFT");
        processes.add(process);
        outs.add(process.inputReader(StandardCharsets.UTF_8));
      }
      for (BufferedReader out : outs) {
        assertThat(answer(out)).isEqualTo("ready");
      }
      for (Process process : processes) {
        process.outputWriter(StandardCharsets.UTF_8).append("go\n").flush();
      }
      long own;
      try (PolygonDataManager manager = manager(simulator.baseUrl(), folder)) {
        own = trades(manager, "MSFT");
      }
      assertThat(own).isPositive();
      for (BufferedReader out : outs) {
        assertThat(answer(out)).isEqualTo(Long.toString(own));
      }
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
    assertThat(simulator.requests().requests().stream().map(RequestLog.Request::target))
        .filteredOn(target -> target.startsWith("/v3/trades"))
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }

  @Test
  void whoDiesWhileFetchingHoldsNobodyUp() throws Exception {
    simulator.faults().clear();
    simulator.faults().when(path -> true, Fault.delay(Duration.ofMinutes(2)), 1);
    Process process = asker("IBM");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(answer(out)).isEqualTo("ready");
      process.outputWriter(StandardCharsets.UTF_8).append("go\n").flush();
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (simulator.requests().total() == 0) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.onSpinWait();
      }
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    try (PolygonDataManager manager = manager(simulator.baseUrl(), folder)) {
      assertThat(manager.getBars("IBM", "1min", START, END, true, false).isEmpty()).isFalse();
    }
  }
}
