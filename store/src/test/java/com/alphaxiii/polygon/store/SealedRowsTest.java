package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.validate.BarChecks;
import com.alphaxiii.polygon.validate.Evidence;
import com.alphaxiii.polygon.validate.ValidationReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of the catalog that were altered are not believed, and verifying finds them. */
class SealedRowsTest {
  private static final Timeframe HOUR = Timeframe.parse("1hour");
  private static final LocalDate DAY = LocalDate.of(2014, 6, 5);
  private static final String DATASET = "us_stocks_sip/minute_aggs_v1";
  private static final String ADDRESS = "/v3/reference/tickers/AAPL";
  private static final FindingTable.Subject SUBJECT =
      new FindingTable.Subject(AAPL, HOUR, Adjustment.SPLIT, LocalDate.of(2014, 6, 6));
  private static final TimeRange RANGE = TimeRange.ofDays(DAY, DAY, Market.NEW_YORK);

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2014-07-03T16:00:00Z");

  @BeforeEach
  void fill() {
    Instant now = clock.instant();
    try (CacheFolder folder = CacheFolder.open(root, clock)) {
      folder.documents().put(ADDRESS, "{}".getBytes(StandardCharsets.UTF_8), now);
      BarsBuilder bars = Bars.builder(AAPL, HOUR);
      bars.add(RANGE.start().toEpochMilli(), 100, 98, 99, 100, 1_000, Double.NaN, 10);
      ValidationReport report =
          BarChecks.report(bars.build(), Evidence.of(Adjustment.SPLIT).withRange(RANGE));
      folder.findings().replace(report, SUBJECT, RANGE, now);
      new ImportTable(folder.database())
          .record(
              DATASET,
              new ImportTable.Stored("1min", Set.of(), Set.of(), 0),
              List.of(new ImportedFile(DATASET, DAY, "etag", Set.of(), 390)),
              Map.of("AAPL", new ImportTable.Span(DAY, DAY)),
              now);
      new TickCatalog(folder.database())
          .put(
              List.of(
                  new TickCatalog.Entry(
                      new TickDay(AAPL, "trades", DAY),
                      TickCatalog.State.STORED,
                      0,
                      Fingerprint.NO_FILE,
                      now)));
    }
    assertThat(CacheFolder.verify(root, false, clock).damages()).isEmpty();
  }

  /** What is believed: an answer, findings, days, a file, a span, a day of ticks. */
  private int believed(CacheFolder folder) {
    ImportTable imports = new ImportTable(folder.database());
    return (int) folder.documents().find(ADDRESS).stream().count()
        + Math.min(1, folder.findings().find(SUBJECT, RANGE).size())
        + folder.findings().days(SUBJECT).size()
        + imports.files(DATASET).size()
        + imports.spans(DATASET).size()
        + new TickCatalog(folder.database()).all().size();
  }

  private static void execute(CacheFolder folder, String sql) {
    folder
        .database()
        .write(
            connection -> {
              try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE document SET read_at = read_at + 1",
        "UPDATE finding SET evidence = 'none'",
        "UPDATE day_quality SET score = 1",
        "UPDATE imported_file SET fingerprint = 'other'",
        "UPDATE imported_symbol SET last_day = '2015-01-01'",
        "UPDATE tick_day SET written_at = written_at + 1",
        "UPDATE tick_day SET seal = NULL",
        "UPDATE finding SET range_end = 'soon'",
      })
  void anAlteredRowIsNotBelieved(String sql) {
    try (CacheFolder folder = CacheFolder.open(root, clock)) {
      assertThat(believed(folder)).isEqualTo(6);
      execute(folder, sql);
      assertThat(believed(folder)).isEqualTo(5);
    }
    for (boolean repair : List.of(false, true)) {
      assertThat(CacheFolder.verify(root, repair, clock).damages())
          .isNotEmpty()
          .extracting(Damage::kind)
          .containsOnly(Damage.Kind.CATALOG_ROW);
    }
    assertThat(CacheFolder.verify(root, false, clock).damages()).isEmpty();
  }

  @Test
  void rowsOfBeforeThereWereSealsAreSealed() {
    try (CacheFolder folder = CacheFolder.open(root, clock)) {
      for (SealedTable table : SealedTable.ALL) {
        execute(folder, "UPDATE " + table.name() + " SET seal = NULL");
      }
      assertThat(believed(folder)).isZero();
      for (SealedTable table : SealedTable.ALL) {
        folder
            .database()
            .write(
                connection -> {
                  table.sealAll(connection);
                  return null;
                });
      }
      assertThat(believed(folder)).isEqualTo(6);
    }
  }

  @Test
  void whatWasFoundWithOtherKnowledgeIsAnotherFinding() {
    FindingTable.Subject later =
        new FindingTable.Subject(AAPL, HOUR, Adjustment.SPLIT, LocalDate.of(2014, 6, 10));
    try (CacheFolder folder = CacheFolder.open(root, clock)) {
      assertThat(folder.findings().find(later, RANGE)).isEmpty();
      ValidationReport clean =
          BarChecks.report(Bars.empty(AAPL, HOUR), Evidence.of(Adjustment.SPLIT));
      folder.findings().replace(clean, later, RANGE, clock.instant());
      assertThat(folder.findings().find(SUBJECT, RANGE)).isNotEmpty();
    }
  }
}
