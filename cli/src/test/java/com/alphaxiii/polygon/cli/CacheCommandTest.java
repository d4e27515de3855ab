package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache's own commands, which need no key, and the search. */
class CacheCommandTest {
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(Scenario.builder().build());
    environment.put("CACHE_DIR", folder.resolve("cache").toString());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private CliRun run(String... args) {
    return CliRun.of(folder, environment, args);
  }

  private void bars(String symbol) {
    Map<String, String> upstream = new HashMap<>(environment);
    upstream.put("POLYGON_API_KEY", "key-of-the-test-4711");
    upstream.put("POLYGON_BASE_URL", simulator.baseUrl().toString());
    upstream.put("POLYGON_STREAM_URL", simulator.streamUrl().toString());
    CliRun run =
        CliRun.of(
            folder,
            upstream,
            "bars",
            symbol,
            "-t",
            "5min",
            "--from",
            "2024-02-05",
            "--to",
            "2024-02-09");
    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void thereIsNothingToLookAfterWithoutACache() {
    for (String command : new String[] {"stats", "verify", "compact"}) {
      CliRun run = run("cache", command);
      assertThat(run.code()).isEqualTo(ExitCode.EMPTY);
      assertThat(run.err()).contains("no cache").contains("CACHE_DIR");
    }
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void countsVerifiesCompactsAndClears() throws Exception {
    bars("AAPL");
    bars("MSFT");
    CliRun stats = run("cache", "stats");
    assertThat(stats.lines().getFirst()).startsWith("symbols,files,bytes,bars_1sec,bars_1min");
    assertThat(stats.lines().get(1)).startsWith("2,2,");

    CliRun sound = run("cache", "verify");
    assertThat(sound.code()).isZero();
    assertThat(sound.err()).contains("2 files").contains("all is well");
    assertThat(run("cache", "compact").code()).isZero();

    Path part = folder.resolve("cache/parquet/symbols/AAPL/AAPL_1min.parquet/2024-02.parquet");
    Files.write(part, new byte[] {1, 2, 3});
    CliRun dry = run("cache", "verify", "--dry-run");
    assertThat(dry.code()).isEqualTo(ExitCode.FAILED);
    assertThat(dry.lines().get(1)).startsWith("\"file_size\"").contains(part.toString());
    assertThat(part).exists();
    CliRun repaired = run("cache", "verify");
    assertThat(repaired.code()).isZero();
    assertThat(repaired.err()).contains("1 damages repaired");
    assertThat(part).doesNotExist();

    assertThat(run("cache", "clear").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("cache", "clear", "MSFT", "--all").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("cache", "clear", "--all", "--older-than", "-1").code())
        .isEqualTo(ExitCode.USAGE);
    CliRun young = run("cache", "clear", "MSFT", "--older-than", "1");
    assertThat(young.code()).isEqualTo(ExitCode.EMPTY);
    CliRun cleared = run("cache", "clear", "MSFT");
    assertThat(cleared.code()).isZero();
    assertThat(cleared.err()).contains("removed 1 files of 1 symbols");
    assertThat(run("cache", "clear", "--all").code()).isZero();
    assertThat(run("cache").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void findsSymbolsByName() {
    environment.put("POLYGON_API_KEY", "key-of-the-test-4711");
    environment.put("POLYGON_BASE_URL", simulator.baseUrl().toString());
    environment.put("POLYGON_STREAM_URL", simulator.streamUrl().toString());
    CliRun found = run("search", "apple");
    assertThat(found.code()).as(found.err()).isZero();
    assertThat(found.lines().get(1)).startsWith("AAPL,\"Apple");
    assertThat(run("search", "nothing of that name").code()).isEqualTo(ExitCode.EMPTY);
    assertThat(run("search", " ").code()).isEqualTo(ExitCode.USAGE);
  }
}
