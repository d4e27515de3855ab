package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.BackfillProgress;
import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.simulator.Fault;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code polygon backfill} over the simulated vendor. */
class BackfillCommandTest {
  private static final String DAYS = "2023-01-03 2023-06-30";

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(Scenario.builder().seed(7).build());
    environment.put("POLYGON_API_KEY", "key-of-the-test");
    environment.put("POLYGON_BASE_URL", simulator.baseUrl().toString());
    environment.put("CACHE_DIR", folder.resolve("cache").toString());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private static String[] command(String symbols, String timeframe) {
    String[] days = DAYS.split(" ", -1);
    return new String[] {
      "backfill", "--symbols", symbols, "-t", timeframe, "--from", days[0], "--to", days[1]
    };
  }

  private CliRun run(String symbols, String timeframe) {
    return CliRun.of(folder, environment, command(symbols, timeframe));
  }

  @Test
  void symbolsOfAFileAreFilledAndReadWithoutARequest() throws Exception {
    Files.writeString(folder.resolve("list.txt"), "MSFT, IBM # two\n\n# none\nAAPL\n");
    CliRun filled = run("@list.txt", "1day");
    assertThat(filled.code()).as(filled.err()).isZero();
    assertThat(filled.lines())
        .containsExactly(
            "symbol,status,bars,reason", "MSFT,filled,124,", "IBM,filled,124,", "AAPL,filled,124,");
    assertThat(filled.err()).contains("372 bars fetched; of 3 symbols 3 filled");
    long asked = simulator.requests().total();
    assertThat(run("@list.txt", "1day").lines()).contains("MSFT,cached,0,");
    CliRun bars =
        CliRun.of(
            folder,
            environment,
            "bars IBM --adjust none --from 2023-01-03 --to 2023-06-30".split(" ", -1));
    assertThat(bars.err()).contains("124 bars, source cache");
    assertThat(simulator.requests().total()).isEqualTo(asked);
  }

  @Test
  void whatFailsIsToldWithItsReason() {
    simulator.faults().when(path -> path.contains("/IBM/"), Fault.status(400), 100);
    CliRun run = run("MSFT,IBM,NOPE", "1day");
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.lines()).contains("MSFT,filled,124,", "NOPE,empty,0,");
    assertThat(run.lines().get(2)).startsWith("IBM,failed,0,\"").contains("IBM 1day");
    assertThat(run.err()).contains("1 filled, 1 empty, 1 failed; the same command goes on");
  }

  @Test
  void exitCodesTellWhatFailsForAll() throws Exception {
    assertThat(run("NOPE", "1day").code()).isEqualTo(ExitCode.EMPTY);
    assertThat(run("MSFT", "7min").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("@nowhere.txt", "1day").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run(",", "1day").err()).contains("no symbol");
    environment.put("POLYGON_API_KEY", "bad-key-of-the-test");
    CliRun refused = run("MSFT,IBM", "1day");
    assertThat(refused.code()).isEqualTo(ExitCode.NOT_ENTITLED);
    assertThat(refused.out() + refused.err()).doesNotContain("bad-key-of-the-test");
  }

  @Test
  void stoppedItTellsWhatIsDoneAndGoesOnLater() throws Exception {
    simulator.faults().when(path -> path.contains("/IBM/"), Fault.delay(Duration.ofMinutes(1)), 1);
    StopSignal stop = new StopSignal();
    FutureTask<CliRun> running =
        new FutureTask<>(() -> CliRun.of(folder, environment, stop, command("MSFT,IBM", "1day")));
    Thread.ofVirtual().start(running);
    Path msft = folder.resolve("cache/parquet/symbols/MSFT/MSFT_1day.parquet/all.parquet");
    await(() -> Files.exists(msft) && simulator.requests().total() == 2);
    stop.stop();
    CliRun stopped = running.get(20, TimeUnit.SECONDS);
    assertThat(stopped.code()).isEqualTo(ExitCode.FAILED);
    assertThat(stopped.lines()).contains("IBM,stopped,0,");
    assertThat(run("MSFT,IBM", "1day").lines()).contains("IBM,filled,124,");
  }

  /**
   * Killed again and again, it fetches on where it was: no bar is fetched twice that was stored.
   */
  @Test
  void killedItAsksForNothingTwiceThatWasStored() throws Exception {
    String symbols = "MSFT,AAPL,IBM,SPY";
    for (int files = 2; files <= 10; files += 4) {
      int enough = files;
      Process process =
          PolygonProcess.start(
              folder, environment, ProcessBuilder.Redirect.DISCARD, command(symbols, "1min"));
      await(() -> !process.isAlive() || partFiles() >= enough);
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    long before = rows();
    assertThat(before).isPositive();
    CliRun recovered = run(symbols, "1min");
    assertThat(recovered.code()).as(recovered.err()).isZero();
    long fetched =
        recovered.lines().stream()
            .skip(1)
            .mapToLong(line -> Long.parseLong(line.split(",", -1)[2]))
            .sum();
    assertThat(before + fetched).as("all bars, each fetched once").isEqualTo(rows());
    long after = simulator.requests().total();
    assertThat(run(symbols, "1min").lines())
        .filteredOn(line -> line.contains(",cached,"))
        .hasSize(4);
    assertThat(simulator.requests().total()).isEqualTo(after);
  }

  private long rows() {
    PolygonConfig config = PolygonConfig.from(Settings.load(folder, environment, Map.of()));
    try (PolygonDataManager manager = new PolygonDataManager(config)) {
      return manager.storageStatistics().rows();
    }
  }

  private long partFiles() {
    Path symbols = folder.resolve("cache/parquet/symbols");
    if (!Files.isDirectory(symbols)) {
      return 0;
    }
    try (var files = Files.walk(symbols)) {
      return files.filter(Files::isRegularFile).count();
    } catch (java.io.IOException | java.io.UncheckedIOException e) {
      // A file went away while the folder was read.
      return 0;
    }
  }

  @Test
  void linesOfProgressTellRateAndRest() {
    BackfillProgress half = new BackfillProgress(50, 20, 5_000, 2_500, 1_000_000);
    assertThat(BackfillCommand.words(half, Duration.ofSeconds(100)))
        .isEqualTo(
            "20 of 50 symbols, 2500 of 5000 days, 25.0 days/s, 10000 bars/s, about 100 s left");
    BackfillProgress begun = new BackfillProgress(50, 0, 5_000, 0, 0);
    assertThat(BackfillCommand.words(begun, Duration.ofSeconds(10))).endsWith("0 bars/s");
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("a minute has not passed").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
