package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.catalogue.Catalogue;
import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.simulator.Fault;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code polygon get} against the simulated vendor. */
class GetCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String KEY = "key-of-the-test-4711";
  private static Simulator simulator;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(Scenario.builder().build());
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private CliRun run(String... args) {
    Map<String, String> environment = new HashMap<>();
    environment.put("POLYGON_API_KEY", KEY);
    environment.put("POLYGON_BASE_URL", simulator.baseUrl().toString());
    CliRun run = CliRun.of(folder, environment, args);
    assertThat(run.out() + run.err()).doesNotContain(KEY);
    return run;
  }

  @Test
  void aNameAndAPathGiveTheSameAnswer() {
    CliRun byName = run("get", "ticker-details", "ticker=AAPL");
    CliRun byPath = run("get", "/v3/reference/tickers/AAPL");

    assertThat(byName.code()).as(byName.err()).isZero();
    assertThat(byName.lines()).hasSize(1);
    JsonNode answer = JSON.readTree(byName.out());
    assertThat(answer.at("/results/ticker").asString()).isEqualTo("AAPL");
    assertThat(JSON.readTree(byPath.out()).get("results")).isEqualTo(answer.get("results"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void allPagesComeAsOneElementALine() {
    String[] bars = {
      "get", "/v2/aggs/ticker/AAPL/range/1/day/2024-01-02/2024-01-31", "adjusted=false"
    };
    CliRun once = run(bars);
    CliRun all = run(bars[0], bars[1], bars[2], "limit=4", "--all");

    assertThat(all.code()).as(all.err()).isZero();
    List<JsonNode> elements = all.lines().stream().map(JSON::readTree).toList();
    List<JsonNode> whole = JSON.readTree(once.out()).get("results").valueStream().toList();
    assertThat(elements).hasSize(21).isEqualTo(whole);
    CliRun first = run(bars[0], bars[1], bars[2], "limit=4");
    assertThat(first.err()).contains("--all");
  }

  @Test
  void aTerminalGetsItIndented() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CommandContext piped =
        CliRun.context(
            folder,
            Map.of("POLYGON_API_KEY", KEY, "POLYGON_BASE_URL", simulator.baseUrl().toString()),
            new StopSignal(),
            CliRun.stream(out),
            CliRun.stream(new ByteArrayOutputStream()));
    CommandContext terminal =
        new CommandContext(
            piped.out(),
            piped.err(),
            piped.environment(),
            piped.folder(),
            true,
            piped.clock(),
            piped.nanoClock(),
            piped.stop());

    assertThat(CommandLineProgram.run(new String[] {"get", "market-status"}, terminal)).isZero();

    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(text.lines()).hasSizeGreaterThan(5).contains("{", "}");
    assertThat(JSON.readTree(text).get("market").asString()).isNotBlank();
  }

  @Test
  void whatIsWrongIsToldBeforeAnythingIsSent() {
    long before = simulator.requests().total();
    CliRun run = run("get", "trades", "limit=0", "sorted=asc");

    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("'limit' is 0, at least 1", "'sorted' is not a parameter", "'ticker' is missing");
    assertThat(run("get", "trade").err()).contains("did you mean 'trades'?");
    assertThat(run("get", "trades", "AAPL").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("get").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("get", "trades", "ticker=A", "ticker=B").code()).isEqualTo(ExitCode.USAGE);
    assertThat(simulator.requests().total()).isEqualTo(before);
  }

  @Test
  void exitCodesTellWhatKindOfNothingItWas() {
    assertThat(run("get", "ticker-details", "ticker=NOPE").code()).isEqualTo(ExitCode.EMPTY);
    CliRun none = run("get", "tickers", "ticker=NOPE");
    assertThat(none.code()).isEqualTo(ExitCode.EMPTY);
    assertThat(none.out()).contains("\"results\"");
    CliRun noneOfAll = run("get", "tickers", "ticker=NOPE", "--all");
    assertThat(noneOfAll.code()).isEqualTo(ExitCode.EMPTY);
    assertThat(noneOfAll.out()).isEmpty();
    simulator.faults().next(Fault.status(403), 1);
    assertThat(run("get", "exchanges").code()).isEqualTo(ExitCode.NOT_ENTITLED);
  }

  @Test
  void endpointsAreListedAndDescribedWithoutAKey() {
    CliRun list = CliRun.of(folder, Map.of(), "get", "--list");
    assertThat(list.code()).isZero();
    assertThat(list.lines())
        .hasSameSizeAs(Catalogue.of().all())
        .contains("trades\t/v3/trades/{ticker}");
    assertThat(CliRun.of(folder, Map.of(), "get", "--list", "fed").lines())
        .allMatch(line -> line.contains("fed"))
        .hasSizeGreaterThan(3);
    assertThat(CliRun.of(folder, Map.of(), "get", "--list", "zzz").code())
        .isEqualTo(ExitCode.EMPTY);

    CliRun trades = CliRun.of(folder, Map.of(), "get", "trades", "--describe");
    assertThat(trades.code()).isZero();
    assertThat(trades.out())
        .contains("GET /v3/trades/{ticker}")
        .contains("trades of stocks, options, crypto")
        .contains("int, default 1000, at least 1, at most 50000")
        .contains("date-or-ns, also .gt .gte .lt .lte")
        .containsPattern("sip_timestamp +ns");

    CliRun unknown =
        CliRun.of(folder, Map.of(), "get", "/v9/nothing?apiKey=secret-key", "--describe");
    assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("/v9/nothing").doesNotContain("secret-key");
  }

  @Test
  void theDocumentNamesEveryEndpoint() throws Exception {
    Path document = Path.of(System.getProperty("polygon.root"), "docs", "endpoints.md");
    String rows =
        Catalogue.of().all().stream().map(GetCommandTest::row).collect(Collectors.joining("\n"));
    String written = Files.readString(document, StandardCharsets.UTF_8);

    assertThat(written.lines().filter(line -> line.startsWith("| `")))
        .as("the table of docs/endpoints.md; it should be:\n%s\n", rows)
        .containsExactlyElementsOf(rows.lines().toList());
  }

  private static String row(Endpoint endpoint) {
    return "| `%s` | `%s` | %s | %s | %s |"
        .formatted(
            endpoint.name(),
            endpoint.path(),
            endpoint.title(),
            EndpointText.needs(endpoint),
            endpoint.state().word());
  }
}
