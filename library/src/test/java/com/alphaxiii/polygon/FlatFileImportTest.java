package com.alphaxiii.polygon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.ImportReport.Outcome;
import com.alphaxiii.polygon.ImportReport.Status;
import com.alphaxiii.polygon.client.FlatFile;
import com.alphaxiii.polygon.client.FlatFileDataset;
import com.alphaxiii.polygon.client.FlatFileFolder;
import com.alphaxiii.polygon.client.FlatFileStore;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flat files into the cache, and bars out of it, over a vendor that counts what it is asked. */
class FlatFileImportTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2024-03-13T14:30:30Z"));
  private static final LocalDate MONDAY = LocalDate.parse("2024-01-22");

  @TempDir Path folder;
  private Path files;
  private Simulator simulator;
  private PolygonDataManager manager;

  @BeforeEach
  void open() {
    files = folder.resolve("files");
    simulator = Simulator.start(Scenario.builder().clock(CLOCK).build());
    PolygonConfig config =
        PolygonConfig.builder()
            .apiKey("key-of-the-test")
            .baseUrl(simulator.baseUrl())
            .streamUrl(simulator.streamUrl())
            .cacheDir(folder.resolve("cache"))
            .build();
    manager = PolygonDataManager.open(config, CLOCK, NanoClock.system());
  }

  @AfterEach
  void close() {
    manager.close();
    simulator.close();
  }

  private ImportReport load() {
    return load(ImportRequest.all());
  }

  private ImportReport load(ImportRequest request) {
    return FlatFiles.importInto(
        folder.resolve("cache"), FlatFileFolder.open(files), request, CLOCK, progress -> {});
  }

  private BarAnswer read(String symbol, LocalDate from, LocalDate to) {
    return manager.bars(
        BarRequest.raw(
            Ticker.of(symbol), Timeframe.MINUTE_1, TimeRange.ofDays(from, to, Market.NEW_YORK)));
  }

  private static List<String> day(String symbol, LocalDate day, int... minutes) {
    return Arrays.stream(minutes)
        .mapToObj(minute -> FlatFileSamples.row(symbol, day, minute, 0))
        .toList();
  }

  private static Bars expected(String symbol, LocalDate day, int... minutes) {
    BarsBuilder bars = FlatFileSamples.builder(symbol);
    Arrays.stream(minutes).forEach(m -> FlatFileSamples.expect(bars, symbol, day, m, 0));
    return bars.build();
  }

  private static List<String> joined(List<String> one, List<String> other) {
    List<String> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  @Test
  void whatIsInTheFilesIsReadWithoutARequest() throws Exception {
    LocalDate tuesday = MONDAY.plusDays(1);
    FlatFileSamples.minutes(
        files, MONDAY, joined(day("AAA", MONDAY, 570, 571, 955), day("BBB", MONDAY, 600)));
    FlatFileSamples.minutes(
        files, tuesday, joined(day("AAA", tuesday, 570), day("BBB", tuesday, 601)));
    ImportReport report = load();
    assertThat(report.count(Status.IMPORTED)).isEqualTo(2);
    assertThat(report.rows()).isEqualTo(6);
    BarAnswer monday = read("AAA", MONDAY, MONDAY);
    assertThat(monday.bars()).isEqualTo(expected("AAA", MONDAY, 570, 571, 955));
    assertThat(monday.cached()).isTrue();
    assertThat(read("BBB", MONDAY, tuesday).bars().size()).isEqualTo(2);
    assertThat(simulator.requests().total()).isZero();

    ImportReport again = load();
    assertThat(again.count(Status.KNOWN)).isEqualTo(2);
    assertThat(again.rows()).isZero();
  }

  @Test
  void pairsAreReadByTheNameThatRequestsHave() throws Exception {
    // In the files' order, which without the dash is no order.
    List<String> pairs = List.of("X:AMP-USD", "X:AMPL-USD", "X:BTC-USD");
    for (LocalDate day : List.of(MONDAY, MONDAY.plusDays(1))) {
      long noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
      StringBuilder text = new StringBuilder(FlatFileSamples.HEADER).append('\n');
      for (String pair : pairs) {
        text.append("%s,2.5,%d,2,3,1,%d000000,7\n".formatted(pair, pairs.indexOf(pair) + 1, noon));
      }
      FlatFileSamples.write(
          files.resolve("global_crypto/minute_aggs_v1/2024/01/%s.csv.gz".formatted(day)),
          text.toString());
    }

    assertThat(load().outcomes()).extracting(Outcome::rows).containsExactly(3L, 3L);
    for (String pair : pairs) {
      Ticker ticker = Ticker.of(pair.replace("-", ""));
      TimeRange days = TimeRange.ofDays(MONDAY, MONDAY.plusDays(1), ZoneOffset.UTC);
      BarAnswer answer = manager.bars(BarRequest.raw(ticker, Timeframe.MINUTE_1, days));
      assertThat(answer.bars().size()).isEqualTo(2);
      assertThat(answer.bars().open(0)).isEqualTo(pairs.indexOf(pair) + 1);
      assertThat(answer.bars().open(1)).isEqualTo(pairs.indexOf(pair) + 1);
    }
  }

  @Test
  void otherOrdersOfRowsAndColumnsAreTheSameBars() throws Exception {
    List<String> rows =
        joined(day("BBB", MONDAY, 580, 570, 575), day("AAA", MONDAY, 955, 570, 571));
    Collections.shuffle(rows, new Random(4));
    StringBuilder text =
        new StringBuilder("window_start,ticker,otc,high,low,open,close,volume\r\n");
    for (String row : rows) {
      String[] cells = row.split(",", -1);
      text.append(
          "%s,%s,false,%s,%s,%s,%s,%s.000000\r\n"
              .formatted(cells[6], cells[0], cells[4], cells[5], cells[2], cells[3], cells[1]));
    }
    Path file = FlatFileSamples.path(files, "minute_aggs_v1", MONDAY);
    Files.createDirectories(file.getParent());
    Files.writeString(file.resolveSibling(MONDAY + ".csv"), text);
    assertThat(load().count(Status.IMPORTED)).isEqualTo(1);
    Bars bars = read("AAA", MONDAY, MONDAY).bars();
    assertThat(bars.size()).isEqualTo(3);
    Bars wanted = expected("AAA", MONDAY, 570, 571, 955);
    for (int i = 0; i < 3; i++) {
      assertThat(bars.start(i)).isEqualTo(wanted.start(i));
      assertThat(bars.close(i)).isEqualTo(wanted.close(i));
      assertThat(bars.volume(i)).isEqualTo(wanted.volume(i));
      assertThat(bars.transactions(i)).isEqualTo(-1);
    }
    assertThat(read("BBB", MONDAY, MONDAY).bars().size()).isEqualTo(3);
    assertThat(simulator.requests().total()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'AAA,1,2,2,2,2,1705933800000000000', 'only 7 of 8 columns'",
    "'AAA,1,2,2,2,2,1705933800000000000,1,9', 'more than 8 columns'",
    "'AAA,1,x2,2,2,2,1705933800000000000,1', 'open ''x2'' is not a number'",
    "'AAA,1,,2,2,2,1705933800000000000,1', 'open '''' is not a number'",
    "'AAA,1,2,2,2,1e999,1705933800000000000,1', 'low ''1e999'' is too large'",
    "'AAA,1,2,2,2,2,1705933800000000000,1.5', 'transactions ''1.5'' are no count'",
    "'AAA,1,2,2,2,2,1705933801000000000,1', 'begins no minute of 2024-01-22'",
    "'AAA,1,2,2,2,2,1706020200000000000,1', 'begins no minute of 2024-01-22'",
    "'AAA,1,2,2,2,2,17059338000000000000000,1', 'is not a whole number'",
    "',1,2,2,2,2,1705933800000000000,1', 'there is no ticker'",
  })
  void ofAFileWithABadLineNothingIsImported(String line, String problem) throws Exception {
    LocalDate tuesday = MONDAY.plusDays(1);
    FlatFileSamples.minutes(files, MONDAY, joined(day("AAA", MONDAY, 570, 571), List.of(line)));
    FlatFileSamples.minutes(files, tuesday, day("AAA", tuesday, 570));
    ImportReport report = load();
    Outcome failed = report.outcomes().getFirst();
    assertThat(failed.status()).isEqualTo(Status.FAILED);
    assertThat(failed.failure().orElseThrow())
        .isInstanceOf(PolygonException.BadData.class)
        .hasMessageContaining("us_stocks_sip/minute_aggs_v1/2024/01/2024-01-22.csv.gz, line 4: ")
        .hasMessageContaining(problem);
    assertThat(report.outcomes().get(1).status()).isEqualTo(Status.IMPORTED);
    assertThat(manager.storageStatistics().rows()).isEqualTo(1);

    FlatFileSamples.minutes(files, MONDAY, day("AAA", MONDAY, 570, 571));
    assertThat(load().outcomes())
        .extracting(Outcome::status)
        .containsExactly(Status.IMPORTED, Status.KNOWN);
    assertThat(read("AAA", MONDAY, tuesday).cached()).isTrue();
  }

  @Test
  void ofACutFileNothingIsImported() throws Exception {
    Path file = FlatFileSamples.minutes(files, MONDAY, day("AAA", MONDAY, 570, 571, 572, 573));
    byte[] whole = Files.readAllBytes(file);
    for (int length : List.of(0, 5, 20, whole.length / 2, whole.length - 8, whole.length - 1)) {
      Files.write(file, Arrays.copyOf(whole, length));
      Outcome outcome = load().outcomes().getFirst();
      assertThat(outcome.failure())
          .hasValueSatisfying(
              error ->
                  assertThat(error)
                      .isInstanceOf(PolygonException.BadData.class)
                      .hasMessageContaining("2024-01-22.csv.gz, line "));
    }
    assertThat(manager.storageStatistics().rows()).isZero();
  }

  @Test
  void aWindowThatComesTwiceIsRefusedInAnyOrder() throws Exception {
    FlatFileSamples.minutes(files, MONDAY, day("AAA", MONDAY, 570, 570));
    assertThat(load().outcomes().getFirst().failure().orElseThrow())
        .hasMessageContaining("line 3: AAA has this window twice");
    FlatFileSamples.minutes(files, MONDAY, day("AAA", MONDAY, 571, 570, 571));
    assertThat(load().outcomes().getFirst().failure().orElseThrow())
        .hasMessageContaining("AAA has the window of")
        .hasMessageContaining("twice");
    assertThat(manager.storageStatistics().rows()).isZero();
  }

  @Test
  void aFileThatIsIssuedAgainReplacesItsRows() throws Exception {
    LocalDate tuesday = MONDAY.plusDays(1);
    LocalDate wednesday = MONDAY.plusDays(2);
    for (LocalDate day : List.of(MONDAY, tuesday, wednesday)) {
      FlatFileSamples.minutes(
          files, day, joined(day("AAA", day, 570, 571), day("BBB", day, 600, 601)));
    }
    load();
    FlatFileSamples.minutes(files, tuesday, List.of(FlatFileSamples.row("AAA", tuesday, 571, 7)));
    assertThat(load().outcomes())
        .extracting(Outcome::status)
        .containsExactly(Status.KNOWN, Status.IMPORTED, Status.KNOWN);
    BarsBuilder wanted = FlatFileSamples.builder("AAA");
    FlatFileSamples.expect(wanted, "AAA", tuesday, 571, 7);
    assertThat(read("AAA", tuesday, tuesday).bars()).isEqualTo(wanted.build());
    assertThat(read("AAA", MONDAY, wednesday).bars().size()).isEqualTo(5);
    assertThat(read("BBB", tuesday, tuesday).bars().isEmpty()).isTrue();
    assertThat(read("BBB", MONDAY, wednesday).bars().size()).isEqualTo(4);
    assertThat(simulator.requests().total()).isZero();
  }

  @Test
  void aTickerWithoutRowsHadNoTradesBetweenTheFilesThatHaveIt() throws Exception {
    LocalDate tuesday = MONDAY.plusDays(1);
    LocalDate wednesday = MONDAY.plusDays(2);
    // Late: the day in between comes first, then the later one, then the earlier one.
    FlatFileSamples.minutes(files, tuesday, day("AAA", tuesday, 570));
    load();
    FlatFileSamples.minutes(
        files, wednesday, joined(day("AAA", wednesday, 570), day("RARE", wednesday, 570)));
    load();
    FlatFileSamples.minutes(
        files, MONDAY, joined(day("AAA", MONDAY, 570), day("RARE", MONDAY, 570)));
    load();
    BarAnswer rare = read("RARE", MONDAY, wednesday);
    assertThat(rare.bars().size()).isEqualTo(2);
    assertThat(rare.cached()).isTrue();
    assertThat(simulator.requests().total()).isZero();
    // Before and after, it may have been traded where the files do not look.
    read("RARE", MONDAY.minusDays(3), MONDAY);
    assertThat(simulator.requests().total()).isEqualTo(1);
    read("NEVER", MONDAY, MONDAY);
    assertThat(simulator.requests().total()).isEqualTo(2);
  }

  @Test
  void bothAVendorsAveragesAndTheFilesCorrectionsAreKept() throws Exception {
    Bars fetched = read("MSFT", MONDAY, MONDAY).bars();
    assertThat(fetched.vwap(5)).isPositive();
    long asked = simulator.requests().total();
    List<String> rows = new ArrayList<>(FlatFileSamples.rows(fetched));
    FlatFileSamples.minutes(files, MONDAY, rows);
    load();
    assertThat(read("MSFT", MONDAY, MONDAY).bars()).isEqualTo(fetched);

    String[] corrected = rows.get(5).split(",", -1);
    corrected[1] = "4711.5";
    rows.set(5, String.join(",", corrected));
    FlatFileSamples.minutes(files, MONDAY, rows);
    load();
    Bars after = read("MSFT", MONDAY, MONDAY).bars();
    assertThat(after.volume(5)).isEqualTo(4711.5);
    assertThat(after.vwap(5)).isNaN();
    assertThat(after.slice(6, after.size())).isEqualTo(fetched.slice(6, fetched.size()));
    assertThat(simulator.requests().total()).isEqualTo(asked);
  }

  @Test
  void daysThatMayStillChangeAreLeftForLater() throws Exception {
    LocalDate today = LocalDate.parse("2024-03-13");
    FlatFileSamples.minutes(files, today, day("AAA", today, 570));
    FlatFileSamples.minutes(files, today.minusDays(1), day("AAA", today.minusDays(1), 570));
    // Before 11:00 in New York, yesterday's bars are not final either.
    assertThat(load().outcomes()).extracting(Outcome::status).containsOnly(Status.UNSETTLED);
    assertThat(manager.storageStatistics().rows()).isZero();
  }

  @Test
  void halfDaysAndDaysWithoutAFileAreTold() throws Exception {
    // The day after Thanksgiving closes early; the Thursday itself has no session.
    LocalDate friday = LocalDate.parse("2023-11-24");
    LocalDate wednesday = LocalDate.parse("2023-11-22");
    LocalDate monday = LocalDate.parse("2023-11-20");
    FlatFileSamples.minutes(files, monday, day("AAA", monday, 570));
    FlatFileSamples.minutes(files, wednesday, day("AAA", wednesday, 570));
    FlatFileSamples.minutes(files, friday, day("AAA", friday, 570, 779));
    ImportReport report = load();
    assertThat(report.missing().values()).containsExactly(List.of(LocalDate.parse("2023-11-21")));
    assertThat(read("AAA", wednesday, friday.plusDays(2)).cached()).isTrue();
    assertThat(simulator.requests().total()).isZero();
    // Tuesday has no file, so nothing is known of it.
    assertThat(read("AAA", monday, wednesday).source()).isEqualTo(BarAnswer.Source.MIXED);
  }

  @Test
  void whatWasClearedIsImportedAgain() throws Exception {
    FlatFileSamples.minutes(
        files, MONDAY, joined(day("AAA", MONDAY, 570), day("BBB", MONDAY, 600)));
    load();
    manager.clearCache(Optional.of(Ticker.of("AAA")), OptionalInt.empty());
    assertThat(load().count(Status.IMPORTED)).isEqualTo(1);
    assertThat(read("AAA", MONDAY, MONDAY).cached()).isTrue();
    assertThat(simulator.requests().total()).isZero();
  }

  /** Files of a folder, of which something happens to one when it is read a second time. */
  private record Meddled(FlatFileStore files, LocalDate day, Runnable meddle)
      implements FlatFileStore {
    @Override
    public List<FlatFile> list(
        FlatFileDataset dataset, Optional<LocalDate> from, Optional<LocalDate> to) {
      return files.list(dataset, from, to);
    }

    @Override
    public Local fetch(FlatFile file) {
      Local local = files.fetch(file);
      return file.day().equals(day) ? new Again(local, meddle) : local;
    }
  }

  private static final class Again implements FlatFileStore.Local {
    private final FlatFileStore.Local local;
    private final Runnable meddle;
    private int opened;

    Again(FlatFileStore.Local local, Runnable meddle) {
      this.local = local;
      this.meddle = meddle;
    }

    @Override
    public FlatFile file() {
      return local.file();
    }

    @Override
    public InputStream open() throws IOException {
      InputStream in = local.open();
      if (++opened < 2) {
        return in;
      }
      return new FilterInputStream(in) {
        private int reads;

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
          if (++reads == 3) {
            meddle.run();
          }
          return super.read(into, offset, length);
        }
      };
    }

    @Override
    public void close() {
      local.close();
    }
  }

  /** More tickers than are written at a time, in a file that is read in more than two pieces. */
  private static List<String> market(LocalDate day, int from, int version) {
    List<String> rows = new ArrayList<>();
    for (int ticker = from; ticker < 1_700; ticker++) {
      for (int minute = 600; minute < 616; minute++) {
        rows.add(FlatFileSamples.row("T" + ticker, day, minute, version));
      }
    }
    return rows;
  }

  private Path plain(LocalDate day, List<String> rows) throws IOException {
    Path file = FlatFileSamples.path(files, "minute_aggs_v1", day).resolveSibling(day + ".csv");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, FlatFileSamples.HEADER + "\n" + String.join("\n", rows) + "\n");
  }

  private double open(String symbol, LocalDate day) {
    BarAnswer answer = read(symbol, day, day);
    assertThat(answer.cached()).isTrue();
    return answer.bars().open(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"issued again", "cut", "removed"})
  void aFileThatChangesWhileItIsStoredIsToldAndTheOthersGoOn(String how) throws Exception {
    LocalDate tuesday = MONDAY.plusDays(1);
    Path changing = plain(MONDAY, market(MONDAY, 1_000, 0));
    plain(tuesday, market(tuesday, 1_000, 0));
    List<String> next = market(MONDAY, 1_001, 1);
    Runnable meddle =
        () -> {
          try {
            switch (how) {
              case "cut" -> Files.writeString(changing, FlatFileSamples.HEADER + "\nT1000,1");
              case "removed" -> Files.delete(changing);
              default -> plain(MONDAY, next);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    ImportReport report =
        FlatFiles.importInto(
            folder.resolve("cache"),
            new Meddled(FlatFileFolder.open(files), MONDAY, meddle),
            ImportRequest.all(),
            CLOCK,
            progress -> {});

    assertThat(report.outcomes())
        .extracting(Outcome::status)
        .containsExactly(Status.FAILED, Status.IMPORTED);
    assertThat(report.outcomes().getFirst().failure().orElseThrow())
        .isInstanceOf(PolygonException.BadData.class)
        .hasMessageContaining("2024-01-22.csv was changed or removed while it was imported");
    assertThat(report.rows()).isEqualTo(11_200);
    assertThat(read("T1000", tuesday, tuesday).bars().size()).isEqualTo(16);
    assertThat(open("T1699", tuesday)).isPositive();

    plain(MONDAY, next);
    assertThat(load().outcomes())
        .extracting(Outcome::status)
        .containsExactly(Status.IMPORTED, Status.KNOWN);
    for (String symbol : List.of("T1001", "T1400", "T1699")) {
      BarsBuilder wanted = FlatFileSamples.builder(symbol);
      for (int minute = 600; minute < 616; minute++) {
        FlatFileSamples.expect(wanted, symbol, MONDAY, minute, 1);
      }
      assertThat(read(symbol, MONDAY, MONDAY).bars()).isEqualTo(wanted.build());
    }
    assertThat(read("T1699", MONDAY, tuesday).bars().size()).isEqualTo(32);
    assertThat(simulator.requests().total()).isZero();
  }

  @Test
  void aFileThatChangedAfterItWasListedIsNotRead() throws Exception {
    Path file = FlatFileSamples.minutes(files, MONDAY, day("AAA", MONDAY, 570));
    FlatFileFolder listed = FlatFileFolder.open(files);
    FlatFileSamples.minutes(files, MONDAY, day("AAA", MONDAY, 570, 571));
    ImportReport report =
        FlatFiles.importInto(
            folder.resolve("cache"), listed, ImportRequest.all(), CLOCK, progress -> {});
    assertThat(report.outcomes().getFirst().failure().orElseThrow())
        .hasMessageContaining(file.getFileName().toString())
        .hasMessageContaining("changed");
    assertThat(load().rows()).isEqualTo(2);
  }

  @Test
  void someSymbolsFirstAndAllLater() throws Exception {
    FlatFileSamples.minutes(
        files, MONDAY, joined(day("AAA", MONDAY, 570), day("BBB", MONDAY, 600)));
    assertThat(load(only("AAA")).rows()).isEqualTo(1);
    assertThat(load(only("AAA")).count(Status.KNOWN)).isEqualTo(1);
    assertThat(load(only("BBB")).rows()).isEqualTo(1);
    assertThat(load(only("AAA", "BBB")).count(Status.KNOWN)).isEqualTo(1);
    assertThat(load().count(Status.IMPORTED)).isEqualTo(1);
    assertThat(load(only("CCC")).count(Status.KNOWN)).isEqualTo(1);
    assertThat(manager.storageStatistics().rows()).isEqualTo(2);
  }

  private static ImportRequest only(String... symbols) {
    return new ImportRequest(
        FlatFileDataset.all(), Optional.empty(), Optional.empty(), Set.of(symbols), false);
  }

  @Test
  void dayBarsOfAYearAreOnePart() throws Exception {
    for (LocalDate day = MONDAY; day.isBefore(MONDAY.plusDays(5)); day = day.plusDays(1)) {
      FlatFileSamples.write(
          FlatFileSamples.path(files, "day_aggs_v1", day),
          FlatFileSamples.HEADER + "\n" + FlatFileSamples.row("AAA", day, 0, 0) + "\n");
    }
    assertThat(load().count(Status.IMPORTED)).isEqualTo(5);
    BarAnswer week =
        manager.bars(
            BarRequest.raw(
                Ticker.of("AAA"),
                Timeframe.DAY_1,
                TimeRange.ofDays(MONDAY, MONDAY.plusDays(4), Market.NEW_YORK)));
    assertThat(week.bars().size()).isEqualTo(5);
    assertThat(week.cached()).isTrue();
  }

  @Test
  void namesThatNoTickerHasAreLeftOutAndTold() throws Exception {
    FlatFileSamples.minutes(
        files, MONDAY, joined(day("A/B", MONDAY, 570), day("AAA", MONDAY, 570)));
    Outcome outcome = load().outcomes().getFirst();
    assertThat(outcome.unusable()).containsExactly("A/B");
    assertThat(outcome.rows()).isEqualTo(1);
  }

  @Test
  void aFolderWithoutFlatFilesIsRefused() throws IOException {
    Files.createDirectories(files);
    assertThatThrownBy(() -> FlatFileFolder.open(files))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("no flat files");
    assertThatThrownBy(() -> FlatFileFolder.open(files.resolve("nowhere")))
        .hasMessageContaining("cannot be read");
  }
}
