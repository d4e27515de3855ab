package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report on recorded days, whole and damaged, from flat files to the command's output. */
class ValidateCommandTest {
  private static final String SECOND_HALF_OF_6_JUNE = "1402072200000000000";

  @TempDir Path folder;
  private MarketDataFolder data;

  @BeforeEach
  void find() {
    data = MarketDataFolder.orSkip();
  }

  private CliRun run(Path root, String... options) {
    try (Simulator simulator = Simulator.start(Scenario.builder().data(root).build())) {
      List<String> args = new ArrayList<>(List.of("validate", "AAPL", "-t", "1min"));
      args.addAll(List.of(options));
      if (!args.contains("--from")) {
        args.addAll(List.of("--from", "2014-06-05", "--to", "2014-06-09"));
      }
      Map<String, String> environment =
          Map.of(
              "POLYGON_API_KEY", "key-of-the-test-0001",
              "POLYGON_BASE_URL", simulator.baseUrl().toString(),
              "CACHE_DIR", folder.resolve("cache").toString());
      return CliRun.of(folder, environment, args.toArray(String[]::new));
    }
  }

  @Test
  void recordedDaysAreExcellent() throws IOException {
    CliRun run = run(data.root(), "--html", folder.resolve("aapl.html").toString());
    assertThat(run.err()).contains("AAPL 1min: EXCELLENT", "0 errors", "2303 bars on 3 days");
    assertThat(run.code()).isZero();
    assertThat(run.lines().getFirst())
        .isEqualTo("code,severity,start,end,evidence,suggestion,symbol");
    assertThat(run.lines().stream().skip(1)).allMatch(line -> line.startsWith("price_spikes,"));
    String page = Files.readString(folder.resolve("aapl.html"));
    // One page that needs nothing from elsewhere, and is filled.
    assertThat(page).doesNotContain("http://", "https://", "src=", "@@");
    assertThat(page)
        .contains("\"symbol\":\"AAPL\"", "\"price_spikes\"", "\"quality\":\"EXCELLENT\"");
    assertThat(page).doesNotContain("key-of-the-test");
  }

  @Test
  void aHalfDayIsFoundAndKeptInTheCatalog() throws IOException, SQLException {
    Path damaged = folder.resolve("damaged");
    copy(data.root(), damaged);
    CliRun run = run(damaged);
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.lines())
        .anySatisfy(line -> assertThat(line).startsWith("day_is_cut,error,2014-06-06T"));
    assertThat(run.err()).contains("AAPL 1min: ").doesNotContain("key-of-the-test");
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("cache/cache/polygon_cache.db"));
        var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT quality, lost FROM day_quality WHERE symbol = 'AAPL' AND day ="
                    + " '2014-06-06'")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isIn("POOR", "UNUSABLE");
      assertThat(row.getInt(2)).isGreaterThan(100);
    }
  }

  @Test
  void minutesThatAreMissingWholeAreToldByTheDayBars() {
    // Recorded are day bars of all years, and minutes of a few days.
    CliRun run = run(data.root(), "--from", "2014-05-05", "--to", "2014-05-07");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).contains("day_is_missing,error,2014-05-05T", "day bars tell of volume");
    assertThat(run.err()).contains("UNUSABLE", "0 bars on 3 days");
  }

  @Test
  void severalSymbolsAreJudgedAtOnce() throws IOException {
    Files.writeString(folder.resolve("more.txt"), "MSFT\n");
    CliRun run = run(data.root(), "NOPE", "@more.txt");
    assertThat(run.lines().getFirst()).endsWith(",symbol");
    assertThat(run.err())
        .contains("AAPL 1min: EXCELLENT", "MSFT 1min: EXCELLENT", "NOPE 1min: no bars");
    assertThat(run.code()).isEqualTo(ExitCode.EMPTY);
    assertThat(run(data.root(), "MSFT", "--html", "both.html").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void anUnknownSymbolIsEmpty() {
    try (Simulator simulator = Simulator.start(Scenario.builder().data(data.root()).build())) {
      CliRun run =
          CliRun.of(
              folder,
              Map.of(
                  "POLYGON_API_KEY",
                  "key-of-the-test-0001",
                  "POLYGON_BASE_URL",
                  simulator.baseUrl().toString(),
                  "CACHE_DIR",
                  folder.resolve("cache").toString()),
              "validate",
              "NOPE",
              "--from",
              "2014-06-05",
              "--to",
              "2014-06-09");
      assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.EMPTY);
    }
  }

  /** A copy in which the second half of a day is missing. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = from.relativize(file).toString();
        // Ticks are large, and not asked for.
        if (name.contains("trades_v1") || name.contains("quotes_v1")) {
          continue;
        }
        Path copy = to.resolve(name);
        Files.createDirectories(copy.getParent());
        if (name.endsWith("minute_aggs_v1/2014/06/2014-06-06.csv.gz")) {
          cut(file, copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  private static void cut(Path file, Path copy) throws IOException {
    try (var reader =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
        var writer =
            new BufferedWriter(
                new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(copy)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String start = line.split(",", -1)[6];
        if (start.equals("window_start") || start.compareTo(SECOND_HALF_OF_6_JUNE) < 0) {
          writer.write(line);
          writer.newLine();
        }
      }
    }
  }
}
