package com.alphaxiii.polygon.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.AdjustmentFactors;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.MarketData;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded days are quiet, but for what is true of them. */
class RecordedQualityTest {
  private static final double MOST_FLAGGED = 0.01;
  private static final LocalDate APPLE_SPLIT = LocalDate.of(2014, 6, 9);

  @Test
  void ordinaryDaysAreQuiet() {
    List<RecordedSeries> all = new ArrayList<>(RecordedSeries.minutes());
    all.addAll(RecordedSeries.days());
    all.addAll(RecordedSeries.hours());
    long days = 0;
    long flagged = 0;
    for (RecordedSeries series : all) {
      ValidationReport report = series.report();
      long touched = report.days().stream().filter(day -> day.score() < 1).count();
      System.out.printf(
          "%-14s %5d days, %3d flagged, score %.5f %s %s%n",
          series.name(),
          report.days().size(),
          touched,
          report.score(),
          report.overallQuality(),
          counts(report));
      days += report.days().size();
      flagged += touched;
      assertThat(report.score()).as(series.name()).isGreaterThan(0.998);
      assertThat(report.issueCount()).isEqualTo(report.issues().size());
    }
    System.out.printf(
        "%d of %d undamaged symbol-days flagged: %.2f %%%n", flagged, days, 100.0 * flagged / days);
    assertThat(days).isGreaterThan(29_000);
    assertThat((double) flagged / days).isLessThanOrEqualTo(MOST_FLAGGED);
  }

  private static Map<String, Integer> counts(ValidationReport report) {
    Map<String, Integer> counts = new TreeMap<>();
    report.issues().forEach(issue -> counts.merge(issue.code(), 1, Integer::sum));
    return counts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"minutes", "days", "hours"})
  void findsTheSplitThatTheTableLacks(String kind) {
    List<Split> others =
        MarketData.splits("AAPL").stream()
            .filter(split -> !split.executionDate().equals(APPLE_SPLIT))
            .toList();
    RecordedSeries series =
        (switch (kind) {
              case "minutes" -> RecordedSeries.minutes();
              case "days" -> RecordedSeries.days();
              default -> RecordedSeries.hours();
            })
            .stream().filter(s -> s.name().startsWith("AAPL")).findFirst().orElseThrow();
    ValidationReport report = BarChecks.report(series.bars(), series.evidence().withSplits(others));
    assertThat(report.issues())
        .filteredOn(issue -> issue.law() == Law.SPLIT_IS_MISSING)
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.severity()).isEqualTo(Severity.ERROR);
              assertThat(issue.evidence()).contains("2014-06-09", "7 for 1", "645");
            });
    assertThat(series.report().issues())
        .extracting(Finding::law)
        .doesNotContain(Law.SPLIT_IS_MISSING, Law.SPLIT_IS_NOT_SEEN);
  }

  @Test
  void findsSplitsThatPricesDoNotShow() {
    Bars raw = MarketData.dayBars("AAPL");
    List<Split> splits = MarketData.splits("AAPL");
    LocalDate today = LocalDate.of(2021, 3, 31);
    Bars adjusted = raw.adjust(AdjustmentFactors.splits(splits, today));
    Evidence known = Evidence.of(Adjustment.NONE).withSplits(splits);
    assertThat(BarChecks.report(adjusted, known).issues())
        .extracting(Finding::law)
        .contains(Law.SPLIT_IS_NOT_SEEN);
    Evidence corrected = Evidence.of(Adjustment.SPLIT).withSplits(splits);
    assertThat(BarChecks.report(adjusted, corrected).issues())
        .extracting(Finding::law)
        .doesNotContain(Law.SPLIT_IS_NOT_SEEN, Law.SPLIT_IS_MISSING, Law.SPLIT_IS_NOT_APPLIED);
    assertThat(BarChecks.report(raw, corrected).issues())
        .filteredOn(issue -> issue.law() == Law.SPLIT_IS_NOT_APPLIED)
        .hasSize(4);
  }

  @Test
  void tradesTellALostMinuteFromASilentOne() {
    LocalDate day = LocalDate.of(2013, 10, 8);
    Bars whole = MarketData.minuteBars("IBM", day);
    int row = whole.size() / 2;
    Bars holed =
        Bars.concat(
            new Ticker("IBM"),
            whole.timeframe(),
            List.of(whole.slice(0, row), whole.slice(row + 1, whole.size())));
    TimeRange range = TimeRange.ofDays(day, day, Market.NEW_YORK);
    Evidence trades =
        Evidence.of(Adjustment.NONE)
            .withActivity(List.of(Activity.ofTrades(range, MarketData.trades("IBM", day))));
    ValidationReport report = BarChecks.report(holed, trades);
    assertThat(report.issues())
        .filteredOn(issue -> issue.law() == Law.WINDOW_IS_LOST)
        .singleElement()
        .satisfies(issue -> assertThat(issue.at().toEpochMilli()).isEqualTo(whole.start(row)));
    assertThat(report.days().getFirst().judgedBy()).isEqualTo(GapEvidence.TRADES);
    assertThat(report.days().getFirst().lost()).isEqualTo(1);
  }
}
