package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about ticks and splits, over recorded data. */
class TickCommandsTest {
  @TempDir Path folder;
  private MarketDataFolder recorded;
  private Simulator simulator;

  @BeforeEach
  void start() {
    recorded = MarketDataFolder.orSkip();
    simulator = Simulator.start(Scenario.builder().data(recorded.root()).build());
  }

  @AfterEach
  void stop() {
    if (simulator != null) {
      simulator.close();
    }
  }

  private CliRun run(String... args) {
    return CliRun.of(
        folder,
        Map.of(
            "POLYGON_API_KEY", "key-of-the-test",
            "POLYGON_BASE_URL", simulator.baseUrl().toString(),
            "CACHE_DIR", folder.resolve("cache").toString()),
        args);
  }

  @Test
  void tradesAndQuotesArePipedAsCsv() {
    List<Map<String, String>> truth = recorded.rows("quotes_v1", "2013-10-08", "IBM");
    CliRun quotes = run("quotes", "IBM", "--from", "2013-10-08");
    assertThat(quotes.code()).as(quotes.err()).isZero();
    assertThat(quotes.lines()).hasSize(truth.size() + 1);
    long asked = simulator.requests().total();

    CliRun some =
        run(
            "quotes",
            "IBM",
            "--from",
            "2013-10-08T09:30",
            "--to",
            "2013-10-08T10:00",
            "--limit",
            "5");
    assertThat(simulator.requests().total()).as("the day is stored").isEqualTo(asked);
    assertThat(some.lines()).hasSize(6);
    assertThat(some.lines().getFirst()).startsWith("timestamp,bid_price,bid_size,");
    assertThat(some.lines().get(1)).startsWith("2013-10-08T09:30:0").contains("000-04:00,");
    assertThat(quotes.lines()).containsAll(some.lines());

    CliRun none = run("trades", "NOPE", "--from", "2013-10-08", "--no-cache");
    assertThat(none.code()).isEqualTo(ExitCode.EMPTY);
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).contains("NOPE");
    CliRun trades = run("trades", "IBM", "--from", "2013-10-08", "--limit", "3", "--no-cache");
    assertThat(trades.lines()).hasSize(4);
    assertThat(run("trades", "IBM", "--from", "yesterday").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void splitsAreListedCorrectedAndHeldAgainstPrices() throws Exception {
    CliRun listed = run("splits", "AAPL");
    assertThat(listed.lines())
        .contains("symbol,execution_date,split_from,split_to", "AAPL,2014-06-09,1,7");
    CliRun audit = run("splits", "AAPL", "--audit", "--from", "2004-01-02");
    assertThat(audit.code()).as(audit.err()).isZero();
    assertThat(audit.lines()).noneMatch(line -> line.contains("2014-06-09"));

    Files.writeString(folder.resolve("cache/splits.csv"), "AAPL,2014-06-09,void\n");
    assertThat(run("splits", "AAPL").lines()).noneMatch(line -> line.contains("2014-06-09"));
    assertThat(run("splits", "AAPL", "--audit", "--from", "2004-01-02").lines())
        .anyMatch(line -> line.startsWith("AAPL,2014-06-09,overridden,"))
        .anyMatch(line -> line.startsWith("AAPL,2014-06-09,missing,"));
    Files.writeString(folder.resolve("cache/splits.csv"), "AAPL,2014-06-09,seven\n");
    CliRun refused = run("splits", "AAPL");
    assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err()).contains("splits.csv line 1");
  }
}
