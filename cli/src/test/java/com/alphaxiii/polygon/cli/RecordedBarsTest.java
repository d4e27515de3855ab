package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job on real data: AAPL through its 7:1 split, from flat files to the command's output.
 */
class RecordedBarsTest {
  private static final List<String> DAYS = List.of("2014-06-05", "2014-06-06", "2014-06-09");
  private static final Instant SPLIT = Instant.parse("2014-06-09T04:00:00Z");

  @TempDir Path folder;
  private MarketDataFolder data;
  private Simulator simulator;

  @BeforeEach
  void start() {
    data = MarketDataFolder.orSkip();
    simulator = Simulator.start(Scenario.builder().data(data.root()).build());
  }

  @AfterEach
  void stop() {
    if (simulator != null) {
      simulator.close();
    }
  }

  @Test
  void minutesAreExactlyTheFlatFiles() {
    List<Row> printed = bars("-t", "1min", "--adjust", "none");
    assertThat(printed).hasSize(686 + 783 + 834).containsExactlyElementsOf(recorded());
  }

  @Test
  void longerBarsEqualAnIndependentResampling() {
    assertThat(bars("-t", "5min", "--adjust", "none"))
        .containsExactlyElementsOf(grouped(recorded(), 5 * 60_000L));
    assertThat(bars("-t", "1hour", "--adjust", "none"))
        .containsExactlyElementsOf(grouped(recorded(), 60 * 60_000L));
  }

  @Test
  void splitsAreAppliedAsKnownOnTheDayAsked() {
    // As of that week one split is known: 7 for 1 before 2014-06-09.
    assertThat(bars("-t", "1min", "--as-of", "2014-06-09"))
        .containsExactlyElementsOf(adjusted(recorded(), 7, 1));
    // Today a second one is known, 4 for 1 in 2020, so all three days are divided by 4 more.
    assertThat(bars("-t", "1min")).containsExactlyElementsOf(adjusted(recorded(), 28, 4));
    // The day before, none was known.
    assertThat(bars("-t", "1min", "--as-of", "2014-06-08")).containsExactlyElementsOf(recorded());
  }

  @Test
  void aSecondRunAsksTheVendorNothing() {
    List<Row> first = bars("-t", "1min", "--adjust", "none");
    long asked = simulator.requests().total();
    assertThat(asked).isPositive();
    CliRun again = run("-t", "1min", "--adjust", "none");
    assertThat(rows(again)).isEqualTo(first);
    assertThat(again.err()).contains("source cache");
    assertThat(bars("-t", "15min", "--adjust", "none")).isNotEmpty();
    assertThat(simulator.requests().total()).isEqualTo(asked);
  }

  private CliRun run(String... options) {
    List<String> args =
        new ArrayList<>(List.of("bars", "AAPL", "--from", "2014-06-05", "--to", "2014-06-09"));
    args.addAll(List.of(options));
    Map<String, String> environment =
        Map.of(
            "POLYGON_API_KEY", "key-of-the-test-0001",
            "POLYGON_BASE_URL", simulator.baseUrl().toString(),
            "CACHE_DIR", folder.resolve("cache").toString());
    CliRun run = CliRun.of(folder, environment, args.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out() + run.err()).doesNotContain("key-of-the-test");
    return run;
  }

  private List<Row> bars(String... options) {
    return rows(run(options));
  }

  private static List<Row> rows(CliRun run) {
    List<String> lines = run.lines();
    assertThat(lines.getFirst())
        .isEqualTo("timestamp,open,high,low,close,volume,vwap,transactions");
    return lines.stream().skip(1).map(Row::parse).toList();
  }

  private List<Row> recorded() {
    return DAYS.stream()
        .flatMap(day -> data.rows("minute_aggs_v1", day, "AAPL").stream())
        .map(
            row ->
                new Row(
                    Instant.ofEpochMilli(Long.parseLong(row.get("window_start")) / 1_000_000),
                    Double.parseDouble(row.get("open")),
                    Double.parseDouble(row.get("high")),
                    Double.parseDouble(row.get("low")),
                    Double.parseDouble(row.get("close")),
                    Double.parseDouble(row.get("volume")),
                    "",
                    row.get("transactions")))
        .toList();
  }

  private static List<Row> grouped(List<Row> minutes, long length) {
    TreeMap<Long, List<Row>> windows = new TreeMap<>();
    for (Row row : minutes) {
      long start = row.start().toEpochMilli() / length * length;
      windows.computeIfAbsent(start, s -> new ArrayList<>()).add(row);
    }
    List<Row> rows = new ArrayList<>();
    windows.forEach(
        (start, in) ->
            rows.add(
                new Row(
                    Instant.ofEpochMilli(start),
                    in.getFirst().open(),
                    in.stream().mapToDouble(Row::high).max().orElseThrow(),
                    in.stream().mapToDouble(Row::low).min().orElseThrow(),
                    in.getLast().close(),
                    in.stream().mapToDouble(Row::volume).sum(),
                    "",
                    "")));
    return rows;
  }

  /** Divides prices and multiplies volume, in decimal arithmetic rounded to a double once. */
  private static List<Row> adjusted(List<Row> rows, int before, int after) {
    return rows.stream()
        .map(
            row -> {
              int ratio = row.start().isBefore(SPLIT) ? before : after;
              return new Row(
                  row.start(),
                  divided(row.open(), ratio),
                  divided(row.high(), ratio),
                  divided(row.low(), ratio),
                  divided(row.close(), ratio),
                  row.volume() * ratio,
                  "",
                  row.transactions());
            })
        .toList();
  }

  private static double divided(double price, int ratio) {
    return new BigDecimal(price)
        .divide(BigDecimal.valueOf(ratio), new MathContext(40))
        .doubleValue();
  }

  private record Row(
      Instant start,
      double open,
      double high,
      double low,
      double close,
      double volume,
      String vwap,
      String transactions) {
    static Row parse(String line) {
      String[] cells = line.split(",", -1);
      assertThat(cells).hasSize(8);
      return new Row(
          OffsetDateTime.parse(cells[0]).toInstant(),
          Double.parseDouble(cells[1]),
          Double.parseDouble(cells[2]),
          Double.parseDouble(cells[3]),
          Double.parseDouble(cells[4]),
          Double.parseDouble(cells[5]),
          cells[6],
          cells[7]);
    }
  }
}
