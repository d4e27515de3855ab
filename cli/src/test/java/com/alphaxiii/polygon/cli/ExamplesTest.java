package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples run as they stand against the demo, where the machine has what they need. */
class ExamplesTest {
  private static final Pattern ADDRESS = Pattern.compile("http://\\S+:\\d+");
  private static final Path EXAMPLES =
      Path.of(System.getProperty("polygon.root")).toAbsolutePath().resolve("examples");

  @TempDir Path folder;
  private final StopSignal stop = new StopSignal();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private CompletableFuture<Integer> demo;

  @BeforeEach
  void start() {
    CommandContext context =
        CliRun.context(
            folder, Map.of(), stop, CliRun.stream(new ByteArrayOutputStream()), CliRun.stream(err));
    demo =
        CompletableFuture.supplyAsync(
            () -> CommandLineProgram.run(new String[] {"demo", "--port", "0"}, context),
            task -> Thread.ofPlatform().start(task));
  }

  @AfterEach
  void stop() throws Exception {
    stop.stop();
    assertThat(demo.get(30, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void javaScriptReadsBarsAndStreams() throws Exception {
    Optional<List<String>> node =
        first(
            List.of("node", "-e", "new WebSocket('ws://127.0.0.1:1').onerror = () => {}"),
            List.of(
                "node",
                "--experimental-websocket",
                "-e",
                "new WebSocket('ws://127.0.0.1:1').onerror = () => {}"));
    assumeTrue(node.isPresent(), "skipped: there is no node with a WebSocket of its own");
    List<String> lines = run(node.get(), EXAMPLES.resolve("integration.mjs"));
    assertThat(lines.getFirst())
        .matches("\\d{4} bars of AAPL, the first at 2024-01-02T\\d\\d:\\d\\d:00-05:00");
    assertThat(lines.subList(1, lines.size()))
        .hasSizeGreaterThanOrEqualTo(5)
        .allSatisfy(line -> assertThat(line).matches("(AAPL|MSFT): \\$[0-9.]+"));
  }

  @Test
  void pythonReadsBarsAndStreams() throws Exception {
    Optional<List<String>> python =
        first(
            List.of("python3", "-c", "import requests, websockets"),
            List.of("/usr/bin/python3", "-c", "import requests, websockets"));
    assumeTrue(python.isPresent(), "skipped: there is no python3 with requests and websockets");
    List<String> lines = run(python.get(), EXAMPLES.resolve("integration.py"));
    assertThat(lines.getFirst()).matches("\\d{4} bars of AAPL, the first at 2024-01-02T\\S+");
    assertThat(lines.subList(1, lines.size()))
        .hasSize(5)
        .allSatisfy(line -> assertThat(line).startsWith("Received: {'event_type': '"));
  }

  /** The program and options of the first of these commands that works, without its last two. */
  @SafeVarargs
  private Optional<List<String>> first(List<String>... trials) throws Exception {
    for (List<String> trial : trials) {
      if (start(trial, "none").map(ExamplesTest::succeeds).orElse(false)) {
        return Optional.of(trial.subList(0, trial.size() - 2));
      }
    }
    return Optional.empty();
  }

  private static boolean succeeds(Process process) {
    try {
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<String> run(List<String> program, Path example) throws Exception {
    List<String> command = Stream.concat(program.stream(), Stream.of(example.toString())).toList();
    Process process = start(command, address()).orElseThrow();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
    List<String> lines = Files.readAllLines(folder.resolve("out"));
    assertThat(process.exitValue()).as(lines.toString() + words()).isZero();
    return lines;
  }

  private Optional<Process> start(List<String> command, String server) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("POLYGON_SERVER", server);
    try {
      return Optional.of(builder.start());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private String words() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  private String address() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline && !demo.isDone()) {
      Matcher matcher = ADDRESS.matcher(err.toString(StandardCharsets.UTF_8));
      if (matcher.find()) {
        return matcher.group();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    throw new AssertionError("no address in: " + err.toString(StandardCharsets.UTF_8));
  }
}
