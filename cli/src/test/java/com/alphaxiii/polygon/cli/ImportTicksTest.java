package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code polygon import} of trades and quotes. */
class ImportTicksTest {
  private static final InstantSource CLOCK = () -> Instant.parse("2013-10-09T16:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2013-10-08");
  private static final Ticker AIG = Ticker.of("AIG");
  private static final TimeRange RANGE = TimeRange.ofDays(DAY, DAY, Market.NEW_YORK);
  private static final String HEADER =
      "ticker,conditions,correction,exchange,id,participant_timestamp,price,sequence_number,"
          + "sip_timestamp,size,tape,trf_id,trf_timestamp\n";

  @TempDir Path folder;

  private CliRun load(Path files, String... more) {
    List<String> args = new ArrayList<>(List.of("import", files.toString(), "--dataset"));
    args.addAll(List.of(more));
    return CliRun.of(
        folder,
        Map.of("CACHE_DIR", folder.resolve("cache").toString()),
        args.toArray(String[]::new));
  }

  private PolygonDataManager manager(Simulator simulator) {
    return PolygonDataManager.open(
        PolygonConfig.builder()
            .apiKey("key-of-the-test")
            .baseUrl(simulator.baseUrl())
            .cacheDir(folder.resolve("cache"))
            .build(),
        CLOCK,
        NanoClock.system());
  }

  private static <T> List<T> all(Cursor<T> cursor) {
    List<T> all = new ArrayList<>();
    cursor.forEachRemaining(all::add);
    return all;
  }

  @Test
  void recordedTicksAreThoseOfTheVendorAndCostNoRequest() {
    Path data = MarketDataFolder.orSkip().root();
    CliRun run = load(data.resolve("flatfiles"), "trades,quotes", "--symbols", "AIG");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.lines()).filteredOn(line -> line.contains(",imported,")).hasSize(2);
    assertThat(run.lines())
        .contains("us_stocks_sip/quotes_v1/2013/10/2013-10-08.csv.gz,imported,18974,");
    assertThat(load(data.resolve("flatfiles"), "quotes", "--symbols", "AIG").lines().get(1))
        .contains(",known,0,");
    try (Simulator simulator = Simulator.start(Scenario.builder().data(data).clock(CLOCK).build());
        PolygonDataManager manager = manager(simulator)) {
      var trades = all(manager.tickSource().trades(TickRequest.of(AIG, RANGE)));
      var quotes = all(manager.tickSource().quotes(TickRequest.of(AIG, RANGE)));
      assertThat(simulator.requests().total()).isZero();
      assertThat(quotes)
          .hasSize(18_974)
          .isEqualTo(all(manager.vendor().quotes(TickRequest.of(AIG, RANGE))));
      assertThat(trades).isEqualTo(all(manager.vendor().trades(TickRequest.of(AIG, RANGE))));

      manager.clearCache(Optional.of(AIG), OptionalInt.empty());
      assertThat(load(data.resolve("flatfiles"), "quotes", "--symbols", "AIG").lines().get(1))
          .contains(",imported,18974,");
    }
  }

  private static String row(String symbol, String conditions, int second, long sequence) {
    long at = Instant.parse("2013-10-08T14:00:00Z").plusSeconds(second).getEpochSecond();
    return "%s,%s,0,4,id%d,%d000000001,10.25,%d,%d000000009,100.000000,1,0,0\n"
        .formatted(symbol, conditions, sequence, at, sequence, at);
  }

  private Path write(String text) throws Exception {
    Path file = folder.resolve("files/us_stocks_sip/trades_v1/2013/10/2013-10-08.csv.gz");
    Files.createDirectories(file.getParent());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return folder.resolve("files");
  }

  @Test
  void aFileThatIsIssuedAgainReplacesItsDayAndABadOneNothing() throws Exception {
    String first = HEADER + row("AAA", "\"12,37\"", 0, 1) + row("AAA", "", 0, 2);
    assertThat(load(write(first + row("BBB", "", 5, 1)), "trades").lines().get(1))
        .endsWith(",imported,3,");
    for (String bad :
        List.of(
            row("AAA", "\"12", 9, 3),
            row("AAA", "x", 9, 3),
            row("AAA", "", -9, 3),
            row("AAA", "", 100_000, 3),
            row("BBB", "", 9, 3) + row("AAA", "", 9, 3),
            "AAA,,0,4\n")) {
      CliRun run = load(write(first + bad), "trades");
      assertThat(run.code()).isEqualTo(ExitCode.FAILED);
      assertThat(run.lines().get(1)).contains(",failed,0,").contains("csv.gz, line ");
    }
    assertThat(load(write(first), "trades").lines().get(1)).endsWith(",imported,2,");
    try (Simulator simulator = Simulator.start(Scenario.builder().clock(CLOCK).build());
        PolygonDataManager manager = manager(simulator)) {
      var trades = all(manager.tickSource().trades(TickRequest.of(Ticker.of("AAA"), RANGE)));
      assertThat(trades).hasSize(2);
      assertThat(trades.getFirst().conditions().contains(37)).isTrue();
      assertThat(trades.getFirst().sipTime() % 10).isEqualTo(9);
      assertThat(simulator.requests().total()).isZero();
    }
  }
}
