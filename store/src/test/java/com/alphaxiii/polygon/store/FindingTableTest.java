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
import com.alphaxiii.polygon.validate.DayQuality;
import com.alphaxiii.polygon.validate.Evidence;
import com.alphaxiii.polygon.validate.Finding;
import com.alphaxiii.polygon.validate.ValidationReport;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingTableTest {
  private static final Timeframe HOUR = Timeframe.parse("1hour");
  private static final Instant NINE = Instant.parse("2014-06-05T13:00:00Z");
  private static final FindingTable.Subject RAW =
      new FindingTable.Subject(AAPL, HOUR, Adjustment.NONE, null);
  private static final TimeRange WHOLE = TimeRange.of(NINE, NINE.plusSeconds(7_200));

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2014-07-03T16:00:00Z");

  private static Bars hours(double firstHigh) {
    BarsBuilder bars = Bars.builder(AAPL, HOUR);
    bars.add(NINE.toEpochMilli(), 100, firstHigh, 99, 100, 1_000, Double.NaN, 10);
    bars.add(NINE.toEpochMilli() + 3_600_000, 100, 102, 99, 101, 2_000, Double.NaN, 20);
    return bars.build();
  }

  private List<Finding> afterJudging(FindingTable table, Bars bars, TimeRange range) {
    ValidationReport report = BarChecks.report(bars, Evidence.of(Adjustment.NONE));
    table.replace(report, RAW, range, clock.instant());
    return table.find(RAW, WHOLE);
  }

  @Test
  void aReportReplacesWhatWasFoundOfTheWindowThatTheRangeBeginsIn() {
    // Half past nine: the first window begins before.
    TimeRange range = TimeRange.of(NINE.plusSeconds(1_800), WHOLE.end());
    try (CacheFolder folder = CacheFolder.open(root, clock)) {
      FindingTable table = folder.findings();
      List<Finding> found = afterJudging(table, hours(98), range);
      assertThat(found).extracting(Finding::at).contains(NINE);
      assertThat(afterJudging(table, hours(98), range)).isEqualTo(found);
      assertThat(afterJudging(table, hours(101), range))
          .extracting(Finding::at)
          .doesNotContain(NINE);
    }
  }

  @Test
  void aPartOfADayThatIsJudgedLeavesTheScoreOfTheWholeDay() {
    TimeRange day =
        TimeRange.ofDays(LocalDate.of(2014, 6, 5), LocalDate.of(2014, 6, 5), Market.NEW_YORK);
    try (CacheFolder folder = CacheFolder.open(root, clock)) {
      FindingTable table = folder.findings();
      afterJudging(table, hours(98), WHOLE);
      assertThat(table.days(RAW)).isEmpty();
      afterJudging(table, hours(98), day);
      List<DayQuality> judged = table.days(RAW);
      assertThat(judged).hasSize(1);
      afterJudging(table, hours(101), WHOLE);
      assertThat(table.days(RAW)).isEqualTo(judged);
      afterJudging(table, hours(101), day);
      assertThat(table.days(RAW)).hasSize(1).isNotEqualTo(judged);
    }
  }
}
