package com.alphaxiii.polygon.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.AdjustmentFactors;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whether a day without bars is lost, silent or unknown, and by what. */
class AbsentDaysTest {
  private static final Ticker STOCK = Ticker.of("AAPL");
  private static final Ticker OPTION = Ticker.of("O:AAPL230616C00150000");
  private static final LocalDate FIRST = LocalDate.of(2022, 3, 1);
  private static final LocalDate LAST = LocalDate.of(2022, 5, 31);
  private static final LocalDate ABSENT = LocalDate.of(2022, 4, 12);
  private static final TimeRange RANGE = TimeRange.ofDays(FIRST, LAST, Market.NEW_YORK);

  private static List<LocalDate> days() {
    MarketCalendar calendar = MarketCalendar.usEquities();
    List<LocalDate> days = new ArrayList<>();
    for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
      if (calendar.isTradingDay(day)) {
        days.add(day);
      }
    }
    return days;
  }

  /** Day bars with about so many trades each. */
  private static Bars bars(Ticker ticker, List<LocalDate> days, int trades) {
    Random random = new Random(7);
    BarsBuilder bars = Bars.builder(ticker, Timeframe.DAY_1);
    for (LocalDate day : days) {
      long count = Math.max(1, Math.round(trades * Math.exp(random.nextGaussian() / 2)));
      double price = 100 + random.nextInt(8) / 8.0;
      bars.add(
          day.atStartOfDay(ticker.market().zone()).toInstant().toEpochMilli(),
          price,
          price + 1,
          price - 1,
          price + 0.5 * (random.nextInt(2)),
          count * 100,
          Double.NaN,
          count);
    }
    return bars.build();
  }

  private static List<LocalDate> without(Set<LocalDate> absent) {
    return days().stream().filter(day -> !absent.contains(day)).toList();
  }

  private static ValidationReport report(Bars bars) {
    return BarChecks.report(bars, Evidence.of(Adjustment.NONE).withRange(RANGE));
  }

  private static DayQuality day(ValidationReport report, LocalDate day) {
    return report.days().stream().filter(d -> d.day().equals(day)).findFirst().orElseThrow();
  }

  @Test
  void aBusyStockTradesEveryDay() {
    ValidationReport report = report(bars(STOCK, without(Set.of(ABSENT)), 50_000));
    assertThat(report.issues())
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.law()).isEqualTo(Law.DAY_IS_MISSING);
              assertThat(issue.evidence()).contains("2022-04-12", "silence has a chance of");
            });
    assertThat(day(report, ABSENT).judgedBy()).isEqualTo(GapEvidence.PROFILE);
    assertThat(day(report, ABSENT).score()).isZero();
  }

  @Test
  void aStockWithSomeTradesADayMayHaveBeenSilent() {
    ValidationReport report = report(bars(STOCK, without(Set.of(ABSENT)), 40));
    assertThat(report.issues()).extracting(Finding::law).containsExactly(Law.DAY_IS_UNKNOWN);
    assertThat(day(report, ABSENT).score()).isEqualTo(0.75);
  }

  @Test
  void anOptionThatTradesNowAndThenIsSilentOnTheOtherDays() {
    List<LocalDate> days = new ArrayList<>();
    Random random = new Random(1);
    for (LocalDate day : days()) {
      if (random.nextDouble() < 0.4) {
        days.add(day);
      }
    }
    ValidationReport report = report(bars(OPTION, days, 3));
    assertThat(report.issues()).isEmpty();
    assertThat(report.overallQuality()).isEqualTo(Quality.EXCELLENT);
    assertThat(report.days()).hasSize(days().size());
    assertThat(report.days())
        .filteredOn(DayQuality::isSilent)
        .hasSize(days().size() - days.size())
        .allSatisfy(day -> assertThat(day.judgedBy()).isEqualTo(GapEvidence.PROFILE));
  }

  @Test
  void weeksWithoutBarsOfAThinStockAreNotTakenForSilence() {
    Set<LocalDate> absent = Set.copyOf(days().subList(20, 35));
    ValidationReport report = report(bars(STOCK, without(absent), 10));
    assertThat(report.issues())
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.law()).isIn(Law.DAY_IS_MISSING, Law.DAY_IS_UNKNOWN);
              assertThat(issue.evidence()).contains("15 trading days from 2022-03-29");
            });
  }

  @Test
  void aFewDaysTellNothing() {
    List<LocalDate> days = days();
    ValidationReport report = report(bars(OPTION, List.of(days.get(3), days.get(9)), 2));
    assertThat(report.issues()).extracting(Finding::law).containsOnly(Law.DAY_IS_UNKNOWN);
  }

  @Test
  void tradesAndTheDayBarDecide() {
    Bars days = bars(OPTION, days(), 2);
    BarsBuilder minutes = Bars.builder(OPTION, Timeframe.MINUTE_1);
    for (LocalDate day : List.of(ABSENT.minusDays(1), ABSENT.plusDays(1))) {
      long noon = day.atTime(12, 0).atZone(Market.NEW_YORK).toInstant().toEpochMilli();
      minutes.add(noon, 1, 1, 1, 1, 1, Double.NaN, 1);
    }
    TimeRange range = TimeRange.ofDays(ABSENT.minusDays(1), ABSENT.plusDays(1), Market.NEW_YORK);
    Evidence known = Evidence.of(Adjustment.NONE).withRange(range).withDays(days);
    ValidationReport byDayBar = BarChecks.report(minutes.build(), known);
    assertThat(byDayBar.issues())
        .filteredOn(issue -> issue.law() == Law.DAY_IS_MISSING)
        .singleElement()
        .satisfies(issue -> assertThat(issue.evidence()).contains("day bars tell of volume"));
    assertThat(day(byDayBar, ABSENT).judgedBy()).isEqualTo(GapEvidence.DAY_BAR);
    Activity none = Activity.ofTrades(TimeRange.ofDays(ABSENT, ABSENT, Market.NEW_YORK), List.of());
    ValidationReport byTrades =
        BarChecks.report(minutes.build(), known.withActivity(List.of(none)));
    assertThat(byTrades.issues())
        .extracting(Finding::law)
        .doesNotContain(Law.DAY_IS_MISSING, Law.DAY_IS_UNKNOWN);
    assertThat(day(byTrades, ABSENT).judgedBy()).isEqualTo(GapEvidence.TRADES);
    assertThat(day(byTrades, ABSENT).noEligibleTrade()).isEqualTo(390);
  }

  @Test
  void futuresMissTradingDaysOfTheStockExchanges() {
    Ticker future = Ticker.of("ESZ6");
    ValidationReport busy = report(bars(future, without(Set.of(ABSENT)), 50_000));
    assertThat(busy.issues()).extracting(Finding::law).containsExactly(Law.DAY_IS_MISSING);
    assertThat(day(busy, ABSENT).lost()).isEqualTo(1);
    assertThat(report(bars(future, days(), 50_000)).issues()).isEmpty();
    // A contract of a far month that trades now and then is not blamed.
    assertThat(report(bars(future, without(Set.of(ABSENT)), 1)).issues())
        .extracting(Finding::law)
        .doesNotContain(Law.DAY_IS_MISSING);
    assertThat(report(bars(future, days(), 50_000)).isClean()).isTrue();
  }

  @Test
  void splitsAfterTheDayOfKnowledgeAreNotExpectedInTheBars() {
    Split early = new Split(STOCK, LocalDate.of(2022, 3, 21), 1, 2);
    Split late = new Split(STOCK, LocalDate.of(2022, 5, 2), 1, 4);
    List<Split> splits = List.of(early, late);
    Bars flat = bars(STOCK, days(), 50_000);
    // Raw prices: each split divides what comes after it.
    BarsBuilder raw = Bars.builder(STOCK, Timeframe.DAY_1);
    for (int i = 0; i < flat.size(); i++) {
      LocalDate day = LocalDate.ofInstant(flat.row(i).start(), Market.NEW_YORK);
      double share = 1;
      for (Split split : splits) {
        share *= day.isBefore(split.executionDate()) ? 1 : split.to();
      }
      raw.add(
          flat.start(i),
          flat.open(i) / share,
          flat.high(i) / share,
          flat.low(i) / share,
          flat.close(i) / share,
          flat.volume(i) * share,
          Double.NaN,
          flat.transactions(i));
    }
    LocalDate asOf = LocalDate.of(2022, 4, 1);
    Bars adjusted = raw.build().adjust(AdjustmentFactors.splits(splits, asOf));
    Evidence known = Evidence.of(Adjustment.SPLIT).withRange(RANGE).withSplits(splits);
    assertThat(BarChecks.report(adjusted, known).issues())
        .extracting(Finding::law)
        .contains(Law.SPLIT_IS_NOT_APPLIED);
    assertThat(BarChecks.report(adjusted, known.withAsOf(asOf)).issues())
        .extracting(Finding::law)
        .doesNotContain(Law.SPLIT_IS_NOT_APPLIED, Law.SPLIT_IS_NOT_SEEN, Law.SPLIT_IS_MISSING);
    // The other way round: a split that was known and is not in the bars.
    assertThat(BarChecks.report(raw.build(), known.withAsOf(asOf)).issues())
        .filteredOn(issue -> issue.law() == Law.SPLIT_IS_NOT_APPLIED)
        .hasSize(1);
  }
}
