package com.alphaxiii.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.simulator.RequestLog;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import com.alphaxiii.polygon.validate.DayQuality;
import com.alphaxiii.polygon.validate.Finding;
import com.alphaxiii.polygon.validate.Law;
import com.alphaxiii.polygon.validate.Severity;
import com.alphaxiii.polygon.validate.SymbolAnswer;
import com.alphaxiii.polygon.validate.SymbolAnswer.State;
import com.alphaxiii.polygon.validate.ValidationReport;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S was Sprint's until 2020-03-31, nobody's for a year, and is SentinelOne's since 2021-06-30. */
class RecycledTickerTest {
  private static final Ticker S = Ticker.of("S");
  private static final LocalDate LAST = LocalDate.of(2020, 3, 31);
  private static final LocalDate LISTED = LocalDate.of(2021, 6, 30);

  @TempDir Path folder;
  private Simulator simulator;
  private PolygonDataManager manager;

  @BeforeEach
  void start() {
    simulator = Simulator.start(Scenario.builder().build());
    manager =
        new PolygonDataManager(
            PolygonConfig.builder()
                .apiKey("key-of-the-test-0001")
                .baseUrl(simulator.baseUrl())
                .streamUrl(simulator.streamUrl())
                .cacheDir(folder)
                .build());
  }

  @AfterEach
  void stop() {
    manager.close();
    simulator.close();
  }

  private static BarRequest request(Timeframe timeframe, LocalDate first, LocalDate last) {
    return BarRequest.raw(S, timeframe, TimeRange.ofDays(first, last, Market.NEW_YORK));
  }

  @Test
  void theSymbolTellsBothCompanies() {
    SymbolAnswer answer = manager.validateTickers(List.of("S"), true).getFirst();
    assertThat(answer.state()).isEqualTo(State.RECYCLED);
    assertThat(answer.isValid()).isTrue();
    assertThat(answer.info().orElseThrow().name()).isEqualTo("SentinelOne, Inc. Class A");
    assertThat(answer.note())
        .startsWith("until 2020-03-31 the ticker was that of Sprint Corporation (CIK ")
        .contains("FIGI BBG00", "it is that of SentinelOne, Inc. Class A (CIK ")
        .endsWith("since 2021-06-30");
  }

  @Test
  void theirBarsAreNotJudgedAsOneSeries() {
    ValidationReport report =
        manager
            .quality(request(Timeframe.DAY_1, LocalDate.of(2019, 7, 1), LocalDate.of(2022, 3, 31)))
            .report();
    assertThat(report.issues())
        .filteredOn(issue -> issue.severity() != Severity.INFO)
        .as("neither the year between nor the other price level is held against the bars")
        .isEmpty();
    assertThat(report.score()).isEqualTo(1);
    Finding change = report.issues().getFirst();
    assertThat(change.law()).isEqualTo(Law.TICKER_CHANGED_HANDS);
    assertThat(change.evidence())
        .startsWith("until 2020-03-31 S was the ticker of Sprint Corporation (CIK ")
        .endsWith("since 2021-06-30");
    assertThat(change.range().end()).isEqualTo(TimeRange.ofDays(LAST, LAST, Market.NEW_YORK).end());
    assertThat(report.days())
        .extracting(DayQuality::day)
        .isSorted()
        .contains(LAST, LISTED)
        .noneMatch(day -> day.isAfter(LAST) && day.isBefore(LISTED));
  }

  @Test
  void theDaysOfBothAreDueAndNoOthers() {
    BarRequest both =
        request(Timeframe.DAY_1, LocalDate.of(2020, 1, 2), LocalDate.of(2021, 12, 31));
    ValidationReport report = manager.quality(both).report();
    // All days of both companies, and no others, are due.
    assertThat(report.days()).allMatch(day -> day.lost() + day.unknown() == 0);
    assertThat(report.days()).hasSize(62 + 129);
  }

  @Test
  void rangesOfOneCompanyAskForNoOther() {
    ValidationReport report =
        manager
            .quality(
                request(Timeframe.MINUTE_1, LocalDate.of(2024, 1, 22), LocalDate.of(2024, 1, 26)))
            .report();
    assertThat(report.issues()).noneMatch(i -> i.law() == Law.TICKER_CHANGED_HANDS);
    assertThat(simulator.requests().requests())
        .extracting(RequestLog.Request::target)
        .noneMatch(target -> target.contains("active=false"));
  }

  @Test
  void theCacheHoldsWhatTheVendorHasOfEach() {
    LocalDate first = LocalDate.of(2020, 3, 2);
    LocalDate last = LocalDate.of(2021, 7, 30);
    // The later company first, then the earlier, then the two in one answer.
    Bars later = manager.bars(request(Timeframe.DAY_1, LISTED, last)).bars();
    Bars earlier = manager.bars(request(Timeframe.DAY_1, first, LAST)).bars();
    BarAnswer all = manager.bars(request(Timeframe.DAY_1, first, last));
    assertThat(all.bars().rows())
        .startsWith(earlier.rows().getFirst())
        .endsWith(later.rows().getLast());
    assertThat(all.bars().size()).isEqualTo(earlier.size() + later.size());
    assertThat(day(earlier, earlier.size() - 1)).isEqualTo(LAST);
    assertThat(day(later, 0)).isEqualTo(LISTED);
    BarAnswer again = manager.bars(request(Timeframe.DAY_1, first, last));
    assertThat(again.cached()).isTrue();
    assertThat(again.bars()).isEqualTo(all.bars());
  }

  private static LocalDate day(Bars bars, int row) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(bars.start(row)), Market.NEW_YORK);
  }
}
