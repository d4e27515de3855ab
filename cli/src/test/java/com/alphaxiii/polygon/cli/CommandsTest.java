package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.simulator.Fault;
import com.alphaxiii.polygon.simulator.Replay;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.io.ByteArrayOutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each command against the simulated vendor: its data, its words, its exit code. */
class CommandsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String KEY = "key-of-the-test-4711";

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(Scenario.builder().live(Replay.model(5)).build());
    environment.put("POLYGON_API_KEY", KEY);
    environment.put("POLYGON_BASE_URL", simulator.baseUrl().toString());
    environment.put("POLYGON_STREAM_URL", simulator.streamUrl().toString());
    environment.put("CACHE_DIR", folder.resolve("cache").toString());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private CliRun run(String... args) {
    CliRun run = CliRun.of(folder, environment, args);
    assertThat(run.out() + run.err()).doesNotContain(KEY);
    return run;
  }

  @Test
  void tickersAreExplained() throws Exception {
    CliRun known = run("ticker", "S", "TWTR", "O:AAPL230616C00150000");
    assertThat(known.code()).isZero();
    assertThat(known.lines())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("\"S\",recycled,true,") && line.contains("Sprint"))
        .anyMatch(line -> line.startsWith("\"TWTR\",delisted,false,"))
        .anyMatch(line -> line.contains("call of AAPL at 150, expires 2023-06-16"));
    CliRun unknown = run("ticker", "AAPL", "Tesla");
    assertThat(unknown.code()).isEqualTo(3);
    assertThat(unknown.out()).contains("malformed", "TSLA");
    Files.writeString(folder.resolve("list.txt"), "ESZ6 # a future\nGTXr\n");
    long asked = simulator.requests().total();
    environment.remove("POLYGON_API_KEY");
    CliRun offline = run("ticker", "--offline", "BRK.A", "@list.txt");
    assertThat(offline.code()).isZero();
    assertThat(offline.lines()).hasSize(4).last().asString().contains("right to shares of GTX");
    assertThat(simulator.requests().total()).isEqualTo(asked);
  }

  @Test
  void theMarketIsToldWithoutARequest() {
    CliRun run = run("market");
    assertThat(run.code()).isZero();
    assertThat(run.lines().getFirst()).startsWith("market,session,time,trading_day");
    assertThat(run.lines().getLast()).matches("(open|extended|closed),.*(true|false),.*");
    assertThat(simulator.requests().total()).isZero();
  }

  @Test
  void barsAreWrittenToFilesOfEitherKind() throws Exception {
    String[] command = {
      "bars", "MSFT", "-t", "1day", "--from", "2024-01-02", "--to", "2024-01-31", "-o", "m.csv"
    };
    command[9] = folder.resolve("m.csv").toString();
    assertThat(run(command).code()).isZero();
    command[9] = folder.resolve("m.json").toString();
    CliRun second = run(command);
    assertThat(second.out()).isEmpty();
    assertThat(second.err()).contains("21 bars, source cache");
    List<String> lines = Files.readAllLines(folder.resolve("m.csv"));
    JsonNode rows = JSON.readTree(Files.readString(folder.resolve("m.json")));
    assertThat(lines).hasSize(22);
    assertThat(rows.size()).isEqualTo(21);
    for (int i = 0; i < rows.size(); i++) {
      String[] cells = lines.get(i + 1).split(",", -1);
      assertThat(rows.get(i).get("timestamp").asString()).isEqualTo(cells[0]);
      assertThat(rows.get(i).get("close").asDouble()).isEqualTo(Double.parseDouble(cells[4]));
      assertThat(rows.get(i).get("volume").asDouble()).isEqualTo(Double.parseDouble(cells[5]));
    }
  }

  @Test
  void barsOfASessionAreWrittenAsColumnsAndJudged() throws Exception {
    String file = folder.resolve("m.parquet").toString();
    String[] command = {
      "bars",
      "MSFT",
      "-t",
      "1hour",
      "--from",
      "2024-01-02",
      "--to",
      "2024-01-03",
      "--session",
      "regular",
      "--validate",
      "-o",
      file
    };
    CliRun run = run(command);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("14 bars").contains("quality ");
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*), min(epoch_ms(timestamp)) FROM '%s'".formatted(file))) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(14);
      assertThat(rows.getLong(2)).isEqualTo(Instant.parse("2024-01-02T14:00:00Z").toEpochMilli());
    }
    command[12] = folder.resolve("m.arrow").toString();
    assertThat(run(command).code()).isZero();
    assertThat(Files.readString(Path.of(command[12]), StandardCharsets.ISO_8859_1))
        .startsWith("ARROW1")
        .endsWith("ARROW1");
    assertThat(
            run("bars", "MSFT", "--from", "2024-01-02", "--to", "2024-01-03", "--session", "pre"))
        .satisfies(day -> assertThat(day.err()).contains("all sessions"))
        .satisfies(day -> assertThat(day.code()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void aFileThatCannotBeWrittenIsSaidInOneLine() {
    String file = folder.resolve("nowhere").resolve("m.csv").toString();
    CliRun run = run("bars", "MSFT", "--from", "2024-01-02", "--to", "2024-01-31", "-o", file);
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err().lines()).singleElement().asString().contains("cannot write " + file);
  }

  @Test
  void noBarsIsCode3WithAnExplanation() {
    CliRun run = run("bars", "NOPE", "--from", "2024-01-02", "--to", "2024-01-31");
    assertThat(run.code()).isEqualTo(ExitCode.EMPTY);
    assertThat(run.err()).contains("no 1day bars of NOPE");
  }

  @Test
  void aRefusedKeyIsCode4() {
    environment.put("POLYGON_API_KEY", "bad-key-of-the-test");
    CliRun run = run("bars", "MSFT", "--from", "2024-01-02", "--to", "2024-01-31");
    assertThat(run.code()).isEqualTo(ExitCode.NOT_ENTITLED);
    assertThat(run.err()).contains("MSFT").doesNotContain("bad-key-of-the-test");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aKeyThatCannotBeOneIsAUsageError() {
    environment.put("POLYGON_API_KEY", "two words-of-a-key");
    CliRun run = run("bars", "MSFT", "--from", "2024-01-02", "--to", "2024-01-31");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("API key ****-key").doesNotContain("two words");
  }

  @Test
  void anUpstreamThatCannotBeReachedIsCode5() throws Exception {
    try (ServerSocket nobody = new ServerSocket(0)) {
      environment.put("POLYGON_BASE_URL", "http://127.0.0.1:" + nobody.getLocalPort());
    }
    CliRun run = run("bars", "MSFT", "--from", "2024-01-02", "--to", "2024-01-31");
    assertThat(run.code()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(run.err()).contains("MSFT").contains("attempt");
  }

  @Test
  void passingTroubleUpstreamIsNotSeen() {
    simulator.faults().next(Fault.status(503), 1);
    simulator.faults().next(Fault.cutBody(100), 1);
    CliRun run =
        run("bars", "MSFT", "--from", "2024-01-02", "--to", "2024-01-31", "--adjust", "none");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.lines()).hasSize(22);
    assertThat(simulator.faults().taken()).isEqualTo(2);
  }

  @Test
  void latestTellsEachSymbolAndNamesTheUnknown() {
    CliRun run = run("latest", "MSFT", "NOPE", "AAPL");
    assertThat(run.code()).isEqualTo(ExitCode.EMPTY);
    assertThat(run.lines()).hasSize(3);
    assertThat(run.lines().get(0)).isEqualTo("symbol,price,timestamp,source");
    assertThat(run.lines().get(1)).matches("MSFT,[0-9.]+,\\d{4}-\\S+,trade");
    assertThat(run.lines().get(2)).startsWith("AAPL,");
    assertThat(run.err()).contains("NOPE");
  }

  @Test
  void streamWritesOneJsonObjectALineUntilStopped() throws Exception {
    Running stream = new Running("stream", "MSFT", "AAPL", "-c", "T,Q");
    stream.await(out -> out.lines().count() > 20);
    assertThat(stream.end()).isZero();
    List<JsonNode> events = stream.out().lines().map(JSON::readTree).toList();
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.get("symbol").asString()).isIn("MSFT", "AAPL");
              assertThat(event.get("event_type").asString()).isIn("trade", "quote");
            });
    assertThat(events).anyMatch(e -> e.get("event_type").asString().equals("quote"));
    assertThat(stream.err()).contains("connected").doesNotContain(KEY);
  }

  @Test
  void streamWithARefusedKeyIsCode4() {
    environment.put("POLYGON_API_KEY", "bad-key-of-the-test");
    CliRun run = run("stream", "MSFT");
    assertThat(run.code()).isEqualTo(ExitCode.NOT_ENTITLED);
    assertThat(run.err()).doesNotContain("bad-key-of-the-test");
  }

  @Test
  void helpAndTheDocumentNameEverySetting() throws Exception {
    String help = run("--help").out();
    String document =
        Files.readString(Path.of(System.getProperty("polygon.root"), "docs/configuration.md"));
    for (String setting : Settings.KNOWN) {
      assertThat(help).contains(setting);
      assertThat(document).contains(setting);
    }
  }

  @Test
  void serveTestsItselfEndpointByEndpoint() {
    CliRun run = run("serve", "--host", "127.0.0.1", "--port", "0", "--test");
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.lines())
        .anyMatch(line -> line.contains("POST   /api/v1/bars ") && line.endsWith("ok"))
        .anyMatch(line -> line.contains("/v2/aggs/ticker/AAPL/prev ") && line.endsWith("ok"))
        .anyMatch(line -> line.contains("/ws/self-test ") && line.endsWith("ok"))
        .noneMatch(line -> line.contains("was not called"));
    assertThat(run.out()).contains(" 0 failed").doesNotContain(KEY);
  }

  @Test
  void serveAnswersOverTheUpstreamItIsPointedAt() throws Exception {
    Running server = new Running("serve", "--port", "0");
    server.awaitWords(words -> words.contains("stop with"));
    assertThat(server.err()).contains("http://localhost:").doesNotContain(KEY);
    assertThat(server.end()).isZero();
  }

  @Test
  void simulateTellsHowToPointAProgramAtIt() throws Exception {
    Running simulation = new Running("simulate", "--port", "0");
    simulation.awaitWords(words -> words.contains("Stop with"));
    assertThat(simulation.err())
        .contains("POLYGON_BASE_URL=http://127.0.0.1:", "POLYGON_STREAM_URL=ws://127.0.0.1:");
    assertThat(simulation.end()).isZero();
  }

  /** A command that runs until it is stopped, on a thread of its own. */
  private final class Running {
    private final StopSignal stop = new StopSignal();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> code;

    Running(String... args) {
      CommandContext context =
          CliRun.context(folder, environment, stop, CliRun.stream(out), CliRun.stream(err));
      code =
          CompletableFuture.supplyAsync(
              () -> CommandLineProgram.run(args, context), task -> Thread.ofPlatform().start(task));
    }

    String out() {
      return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
      return err.toString(StandardCharsets.UTF_8);
    }

    void await(Predicate<String> data) {
      await(() -> data.test(out()));
    }

    void awaitWords(Predicate<String> words) {
      await(() -> words.test(err()));
    }

    private void await(BooleanSupplier condition) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (!condition.getAsBoolean()) {
        assertThat(code).as("still running; it said: " + err()).isNotDone();
        assertThat(System.nanoTime()).as("in time; it said: " + err()).isLessThan(deadline);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }

    int end() throws Exception {
      stop.stop();
      return code.get(30, TimeUnit.SECONDS);
    }
  }
}
