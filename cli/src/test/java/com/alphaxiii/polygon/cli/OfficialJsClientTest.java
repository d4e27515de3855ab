package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.server.DataServer;
import com.alphaxiii.polygon.server.ServerConfig;
import com.alphaxiii.polygon.simulator.Replay;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The vendor's own JavaScript client works with the simulator as it does with the vendor, and with
 * the server by its base URL alone: what it expects is told by somebody else than us. Needs Node
 * and the npm registry, or says so.
 */
class OfficialJsClientTest {
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "client-js.test.mjs", "same-answers.test.mjs");
  private static final Instant MORNING = Instant.parse("2024-02-01T15:30:00Z");

  @TempDir Path folder;

  @Test
  void worksWithTheSimulatorAndWithTheServerBeforeIt() throws Exception {
    assumeTrue(succeeds("node", "--version"), "skipped: there is no node");
    assumeTrue(
        succeeds("npm", "view", "@massive.com/client-js@10.8.0", "version"),
        "skipped: there is no npm, or its registry cannot be reached");
    Path compat = Path.of(System.getProperty("polygon.root"), "compat");
    for (String file : FILES) {
      Files.copy(compat.resolve(file), folder.resolve(file));
    }
    Outcome installed =
        run(
            Map.of(),
            "npm",
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error");
    assertThat(installed.code()).as(installed.output()).isZero();

    InstantSource system = InstantSource.system();
    InstantSource clock = InstantSource.offset(system, Duration.between(system.instant(), MORNING));
    try (Simulator simulator =
        Simulator.start(Scenario.builder().clock(clock).live(new Replay.Model(1)).build())) {
      assertPasses(
          "client-js.test.mjs",
          Map.of(
              "POLYGON_REST", simulator.baseUrl().toString(),
              "POLYGON_STREAM", simulator.streamUrl().toString()));
      PolygonConfig config =
          PolygonConfig.builder()
              .apiKey("advanced-key-of-the-server")
              .baseUrl(simulator.baseUrl())
              .streamUrl(simulator.streamUrl())
              .cacheDir(folder.resolve("cache"))
              .build();
      ServerConfig address =
          ServerConfig.of("127.0.0.1", 0)
              .withTokens(Map.of("javascript", new Secret("advanced-key")));
      try (var manager = PolygonDataManager.open(config, clock, NanoClock.system());
          DataServer server = DataServer.start(address, Wiring.ports(manager, clock))) {
        assertPasses(
            "client-js.test.mjs",
            Map.of(
                "POLYGON_REST", server.baseUrl().toString(),
                "POLYGON_STREAM", server.baseUrl().toString().replaceFirst("^http", "ws"),
                "POLYGON_ONE_PLAN", "yes"));
        Map<String, String> sideBySide =
            Map.of(
                "POLYGON_REST", server.baseUrl().toString(),
                "POLYGON_DIRECT", simulator.baseUrl().toString());
        assertPasses("same-answers.test.mjs", sideBySide);
        // Now more of it comes from the cache.
        assertPasses("same-answers.test.mjs", sideBySide);
      }
    }
  }

  private void assertPasses(String file, Map<String, String> environment) throws Exception {
    Outcome tested = run(environment, "node", "--test", "--test-concurrency=1", file);
    assertThat(tested.code()).as(tested.output()).isZero();
    assertThat(tested.output()).containsPattern("# pass [1-9]").contains("# skipped 0");
  }

  private record Outcome(int code, String output) {}

  private boolean succeeds(String... command) throws InterruptedException {
    try {
      return run(Map.of(), command).code() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private Outcome run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "run", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      return new Outcome(-1, "took over 2 minutes: " + Files.readString(log));
    }
    return new Outcome(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
  }
}
