package com.alphaxiii.polygon.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityTest {
  private static final Instant OPEN = Instant.parse("2014-06-05T13:30:00Z");

  @ParameterizedTest
  @CsvSource({
    "1, EXCELLENT",
    "0.995, EXCELLENT",
    "0.9949, GOOD",
    "0.98, GOOD",
    "0.9799, FAIR",
    "0.9, FAIR",
    "0.8999, POOR",
    "0.5, POOR",
    "0.4999, UNUSABLE",
    "0, UNUSABLE",
  })
  void namesTheScore(double score, Quality quality) {
    assertThat(Quality.of(score)).isEqualTo(quality);
  }

  /** A regular session in which prices and volumes move a little. */
  private static Bars session(int broken) {
    BarsBuilder bars = Bars.builder(Ticker.of("AAPL"), Timeframe.MINUTE_1);
    for (int i = 0; i < 390; i++) {
      double price = 100 + 0.01 * (i % 17);
      double high = i < broken ? price - 0.05 : price + 0.05;
      bars.add(
          OPEN.toEpochMilli() + i * 60_000L,
          price,
          high,
          price - 0.05,
          price,
          9_000 + i,
          Double.NaN,
          50 + i % 7);
    }
    return bars.build();
  }

  @Test
  void weighsWrongBarsByTheFormula() {
    ValidationReport clean = BarChecks.report(session(0));
    assertThat(clean.issues()).isEmpty();
    assertThat(clean.isClean()).isTrue();
    assertThat(clean.score()).isEqualTo(1);
    assertThat(clean.overallQuality()).isEqualTo(Quality.EXCELLENT);
    ValidationReport one = BarChecks.report(session(1));
    assertThat(one.score()).isEqualTo(1 - 1 / 390.0);
    // Above the bound of excellent, but there is an error.
    assertThat(one.overallQuality()).isEqualTo(Quality.GOOD);
    ValidationReport many = BarChecks.report(session(39));
    assertThat(many.overallQuality()).isEqualTo(Quality.FAIR);
    assertThat(many.issues())
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.code()).isEqualTo("high_is_not_highest");
              assertThat(issue.evidence()).contains("and 38 more bars");
              assertThat(issue.at()).isEqualTo(OPEN);
              assertThat(issue.range().end()).isEqualTo(OPEN.plusSeconds(39 * 60));
            });
    assertThat(many.days()).singleElement().extracting(DayQuality::wrong).isEqualTo(39);
  }

  @Test
  void weighsUnknownWindowsAQuarter() {
    Bars whole = session(0);
    Bars holed =
        Bars.concat(
            whole.ticker(), whole.timeframe(), List.of(whole.slice(0, 100), whole.slice(104, 390)));
    ValidationReport report = BarChecks.report(holed);
    DayQuality day = report.days().getFirst();
    assertThat(day.unknown()).isEqualTo(4);
    assertThat(day.judgedBy()).isEqualTo(GapEvidence.PROFILE);
    assertThat(day.score()).isEqualTo(1 - 1 / 390.0);
    assertThat(report.overallQuality()).isEqualTo(Quality.EXCELLENT);
    assertThat(report.isClean()).isFalse();
  }

  @Test
  void countsWhatItDoesNotTell() {
    BarsBuilder bars = Bars.builder(Ticker.of("AAPL"), Timeframe.MINUTE_1);
    for (int i = 0; i < 6_000; i++) {
      // Every second bar is wrong, so that no two are neighbours.
      double high = i % 2 == 0 ? 1 : 2;
      bars.add(OPEN.toEpochMilli() + i * 60_000L, 1.5, high, 1, 1.5, 100 + i, Double.NaN, -1);
    }
    ValidationReport report = BarChecks.report(bars.build(), Evidence.of(Adjustment.NONE));
    assertThat(report.issueCount()).isGreaterThanOrEqualTo(3_000);
    assertThat(report.issues()).hasSize(BarChecks.MOST_ISSUES);
    assertThat(report.issues()).allMatch(issue -> issue.severity() == Severity.ERROR);
  }

  @Test
  void anEmptySeriesIsExcellent() {
    ValidationReport report = BarChecks.report(Bars.empty(Ticker.of("AAPL"), Timeframe.MINUTE_1));
    assertThat(report.overallQuality()).isEqualTo(Quality.EXCELLENT);
    assertThat(report.days()).isEmpty();
    assertThat(report.issues()).isEmpty();
  }
}
