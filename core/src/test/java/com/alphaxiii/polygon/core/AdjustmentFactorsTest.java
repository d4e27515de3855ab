package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdjustmentFactorsTest {
  private static final Ticker AAPL = new Ticker("AAPL");
  private static final LocalDate LATE = LocalDate.of(2030, 1, 1);
  private static final MathContext EXACT = new MathContext(60);

  @Provide
  Arbitrary<Bars> bars() {
    return LawfulBars.any();
  }

  @Provide
  Arbitrary<List<Split>> splits() {
    return Combinators.combine(
            // From before the first bar to behind most last ones.
            Arbitraries.longs()
                .between(
                    LocalDate.of(2013, 1, 1).toEpochDay(), LocalDate.of(2016, 1, 1).toEpochDay()),
            Arbitraries.integers().between(1, 20),
            Arbitraries.integers().between(1, 20))
        .as((day, from, to) -> new Split(AAPL, LocalDate.ofEpochDay(day), from, to))
        .list()
        .ofMaxSize(4)
        .withoutEdgeCases();
  }

  private static long midnight(LocalDate day) {
    return day.atStartOfDay(Market.NEW_YORK).toInstant().toEpochMilli();
  }

  private static Bars day(String date, double close) {
    return days(List.of(LocalDate.parse(date)), close);
  }

  private static Bars days(List<LocalDate> dates, double close) {
    BarsBuilder bars = Bars.builder(AAPL, Timeframe.DAY_1);
    dates.forEach(
        date -> bars.add(midnight(date), close, close + 1, close - 1, close, 700, close, 9));
    return bars.build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2000-06-20", "2014-06-08", "2014-06-09", "2020-08-30", "2021-03-01"})
  void applesDaysAreDividedByTheLaterSplits(LocalDate asOf) {
    Bars raw = MarketData.dayBars("AAPL");
    List<Split> splits = MarketData.splits("AAPL");
    Bars adjusted = raw.adjust(AdjustmentFactors.splits(splits, asOf));
    assertThat(adjusted.size()).isEqualTo(raw.size()).isGreaterThan(5_000);
    for (int i = 0; i < raw.size(); i++) {
      LocalDate day = raw.row(i).start().atZone(Market.NEW_YORK).toLocalDate();
      BigDecimal ratio = BigDecimal.ONE;
      for (Split split : splits) {
        if (day.isBefore(split.executionDate()) && !split.executionDate().isAfter(asOf)) {
          ratio = ratio.multiply(new BigDecimal(split.to()));
        }
      }
      assertThat(adjusted.start(i)).isEqualTo(raw.start(i));
      assertThat(adjusted.open(i)).as("%s", day).isEqualTo(quotient(raw.open(i), ratio));
      assertThat(adjusted.high(i)).as("%s", day).isEqualTo(quotient(raw.high(i), ratio));
      assertThat(adjusted.low(i)).as("%s", day).isEqualTo(quotient(raw.low(i), ratio));
      assertThat(adjusted.close(i)).as("%s", day).isEqualTo(quotient(raw.close(i), ratio));
      assertThat(adjusted.volume(i))
          .as("%s", day)
          .isEqualTo(new BigDecimal(raw.volume(i)).multiply(ratio).doubleValue());
    }
  }

  private static double quotient(double price, BigDecimal ratio) {
    return new BigDecimal(price).divide(ratio, EXACT).doubleValue();
  }

  @Test
  void applesSplitOfJune2014IsOneDivisionBySeven() {
    Bars raw = MarketData.dayBars("AAPL");
    LocalDate friday = LocalDate.of(2014, 6, 6);
    Bars days = raw.slice(TimeRange.ofDays(friday, LocalDate.of(2014, 6, 9), Market.NEW_YORK));
    Bars adjusted =
        days.adjust(AdjustmentFactors.splits(MarketData.splits("AAPL"), LocalDate.of(2014, 6, 9)));
    assertThat(adjusted.close(0)).isEqualTo(645.57 / 7);
    assertThat(adjusted.volume(0)).isEqualTo(12_116_671.0 * 7);
    assertThat(adjusted.slice(1, 2)).isEqualTo(days.slice(1, 2));
  }

  @ParameterizedTest
  @CsvSource({"AAPL, 35", "IBM, 90", "SPY, 90"})
  void totalReturnAgreesWithExactArithmetic(String symbol, int atLeast) {
    Bars raw = MarketData.dayBars(symbol);
    List<Split> splits = MarketData.splits(symbol);
    List<Dividend> dividends = MarketData.dividends(symbol);
    assertThat(dividends).hasSizeGreaterThanOrEqualTo(atLeast);
    AdjustmentFactors factors = AdjustmentFactors.totalReturn(splits, dividends, raw, LATE);
    assertThat(factors.ignored()).isEmpty();
    Bars adjusted = raw.adjust(factors);
    Bars split = raw.adjust(AdjustmentFactors.splits(splits, LATE));
    BigDecimal kept = BigDecimal.ONE;
    int next = dividends.size() - 1;
    for (int i = raw.size() - 1; i >= 0; i--) {
      LocalDate day = raw.row(i).start().atZone(Market.NEW_YORK).toLocalDate();
      while (next >= 0 && day.isBefore(dividends.get(next).exDate())) {
        BigDecimal yield =
            BigDecimal.valueOf(dividends.get(next).cash())
                .divide(BigDecimal.valueOf(raw.close(i)), EXACT);
        kept = kept.multiply(BigDecimal.ONE.subtract(yield), EXACT);
        next--;
      }
      double expected = split.close(i) * kept.doubleValue();
      assertThat(adjusted.close(i)).isCloseTo(expected, within(expected * 1e-13));
      assertThat(adjusted.volume(i)).isEqualTo(split.volume(i));
    }
    assertThat(adjusted.close(0)).isLessThan(split.close(0));
    assertThat(adjusted.close(raw.size() - 1)).isEqualTo(raw.close(raw.size() - 1));
  }

  @Property
  void eachBarIsScaledByTheSplitsAfterIt(
      @ForAll("bars") Bars raw, @ForAll("splits") List<Split> splits) {
    Bars adjusted = raw.adjust(AdjustmentFactors.splits(splits, LATE));
    assertThat(adjusted.size()).isEqualTo(raw.size());
    for (int i = 0; i < raw.size(); i++) {
      BigDecimal factor = BigDecimal.ONE;
      List<Split> counted = new ArrayList<>();
      for (Split split : splits) {
        boolean repeated =
            counted.stream()
                .anyMatch(
                    known ->
                        known.executionDate().equals(split.executionDate())
                            && known.from() / known.to() == split.from() / split.to());
        if (raw.start(i) < midnight(split.executionDate()) && !repeated) {
          counted.add(split);
          factor =
              factor
                  .multiply(BigDecimal.valueOf(split.from()))
                  .divide(BigDecimal.valueOf(split.to()), EXACT);
        }
      }
      double scale = factor.doubleValue();
      assertThat(adjusted.open(i)).isCloseTo(raw.open(i) * scale, near(raw.open(i) * scale));
      assertThat(adjusted.close(i)).isCloseTo(raw.close(i) * scale, near(raw.close(i) * scale));
      double volume = raw.volume(i) / scale;
      assertThat(adjusted.volume(i)).isCloseTo(volume, near(volume));
      assertThat(adjusted.transactions(i)).isEqualTo(raw.transactions(i));
      if (counted.isEmpty()) {
        assertThat(adjusted.slice(i, i + 1)).isEqualTo(raw.slice(i, i + 1));
      }
    }
  }

  private static Offset<Double> near(double value) {
    return within(value * 1e-14);
  }

  @Property
  void theInverseSplitsUndoTheAdjustment(
      @ForAll("bars") Bars raw, @ForAll("splits") List<Split> splits) {
    List<Split> inverse =
        splits.stream()
            .map(s -> new Split(s.ticker(), s.executionDate(), s.to(), s.from()))
            .toList();
    Bars back =
        raw.adjust(AdjustmentFactors.splits(splits, LATE))
            .adjust(AdjustmentFactors.splits(inverse, LATE));
    for (int i = 0; i < raw.size(); i++) {
      assertThat(back.high(i)).isCloseTo(raw.high(i), near(raw.high(i)));
      assertThat(back.low(i)).isCloseTo(raw.low(i), near(raw.low(i)));
      assertThat(back.volume(i)).isCloseTo(raw.volume(i), near(raw.volume(i)));
      assertThat(Double.isNaN(back.vwap(i))).isEqualTo(Double.isNaN(raw.vwap(i)));
    }
  }

  @Property
  void theOrderOfSplitsDoesNotMatterNorDoRepetitions(
      @ForAll("bars") Bars raw, @ForAll("splits") List<Split> splits) {
    List<Split> shuffled = new ArrayList<>(splits);
    splits.forEach(s -> shuffled.add(new Split(AAPL, s.executionDate(), 2 * s.from(), 2 * s.to())));
    Collections.reverse(shuffled);
    assertThat(raw.adjust(AdjustmentFactors.splits(shuffled, LATE)))
        .isEqualTo(raw.adjust(AdjustmentFactors.splits(splits, LATE)));
  }

  @Property
  void adjustingASliceIsSlicingTheAdjusted(
      @ForAll("bars") Bars raw, @ForAll("splits") List<Split> splits) {
    AdjustmentFactors factors = AdjustmentFactors.splits(splits, LATE);
    int from = raw.size() / 3;
    int to = raw.size() - raw.size() / 4;
    assertThat(raw.slice(from, to).adjust(factors)).isEqualTo(raw.adjust(factors).slice(from, to));
  }

  @Property
  void adjustedBarsKeepTheLawsOfHighAndLowAlsoAsWeeks(
      @ForAll("days") Bars raw, @ForAll("splits") List<Split> splits) {
    Bars adjusted = raw.adjust(AdjustmentFactors.splits(splits, LATE));
    for (Bars bars : List.of(adjusted, adjusted.resample(Timeframe.parse("1week")))) {
      for (int i = 0; i < bars.size(); i++) {
        assertThat(bars.high(i))
            .isGreaterThanOrEqualTo(Math.max(bars.open(i), bars.close(i)))
            .isGreaterThanOrEqualTo(bars.low(i));
        assertThat(bars.low(i)).isLessThanOrEqualTo(Math.min(bars.open(i), bars.close(i)));
        if (!Double.isNaN(bars.vwap(i))) {
          assertThat(bars.vwap(i)).isBetween(bars.low(i) * (1 - 1e-12), bars.high(i) * (1 + 1e-12));
        }
      }
    }
  }

  @Provide
  Arbitrary<Bars> days() {
    return LawfulBars.of(Timeframe.DAY_1);
  }

  @Property
  void nothingToCorrectLeavesTheSameBars(@ForAll("bars") Bars raw) {
    assertThat(raw.adjust(AdjustmentFactors.none())).isSameAs(raw);
    assertThat(raw.adjust(AdjustmentFactors.splits(List.of(), LATE))).isSameAs(raw);
    Split later = new Split(AAPL, LocalDate.of(2014, 6, 9), 1, 7);
    assertThat(raw.adjust(AdjustmentFactors.splits(List.of(later), LocalDate.of(2014, 6, 8))))
        .isSameAs(raw);
  }

  @Test
  void aReverseSplitMultipliesPricesAndDividesVolume() {
    Split reverse = new Split(AAPL, LocalDate.of(2020, 1, 3), 8, 1);
    Bars adjusted =
        day("2020-01-02", 10.1).adjust(AdjustmentFactors.splits(List.of(reverse), LATE));
    assertThat(adjusted.close(0)).isEqualTo(10.1 * 8);
    assertThat(adjusted.volume(0)).isEqualTo(700.0 / 8);
  }

  @Test
  void splitsThatCancelLeaveTheBits() {
    for (int ratio = 2; ratio <= 50; ratio++) {
      List<Split> splits =
          List.of(
              new Split(AAPL, LocalDate.of(2020, 1, 3), 1, ratio),
              new Split(AAPL, LocalDate.of(2020, 2, 3), 3.0 * ratio, 1),
              new Split(AAPL, LocalDate.of(2020, 3, 3), 1, 3));
      AdjustmentFactors factors = AdjustmentFactors.splits(splits, LATE);
      for (int cents = 1_001; cents < 1_200; cents++) {
        Bars raw = day("2020-01-02", cents / 100.0);
        assertThat(raw.adjust(factors)).isEqualTo(raw);
      }
    }
  }

  @Test
  void dividendsOfOneDayAreAddedUpAndEqualOnesCountOnce() {
    LocalDate exDate = LocalDate.of(2020, 1, 3);
    Dividend regular = new Dividend(AAPL, exDate, 2, "USD");
    Dividend special = new Dividend(AAPL, exDate, 3, "USD");
    Bars raw = day("2020-01-02", 100);
    AdjustmentFactors factors =
        AdjustmentFactors.totalReturn(List.of(), List.of(regular, special, regular), raw, LATE);
    Bars adjusted = raw.adjust(factors);
    assertThat(adjusted.close(0)).isEqualTo(95);
    assertThat(adjusted.vwap(0)).isEqualTo(95);
    assertThat(adjusted.volume(0)).isEqualTo(700);
    assertThat(
            raw.adjust(
                AdjustmentFactors.totalReturn(
                    List.of(), List.of(regular), raw, exDate.minusDays(1))))
        .isSameAs(raw);
  }

  @Test
  void aDividendOnTheDayOfASplitIsMeasuredInNewShares() {
    LocalDate day = LocalDate.of(2020, 1, 3);
    Bars raw = day("2020-01-02", 400);
    AdjustmentFactors factors =
        AdjustmentFactors.totalReturn(
            List.of(new Split(AAPL, day, 1, 4)),
            List.of(new Dividend(AAPL, day, 5, "USD")),
            raw,
            LATE);
    assertThat(raw.adjust(factors).close(0)).isEqualTo(95);
  }

  @Test
  void dividendsThatCannotBeMeasuredAreNamed() {
    Bars raw = days(List.of(LocalDate.of(2020, 1, 2), LocalDate.of(2020, 3, 2)), 100);
    Dividend early = new Dividend(AAPL, LocalDate.of(2020, 1, 2), 1, "USD");
    Dividend afterAHole = new Dividend(AAPL, LocalDate.of(2020, 2, 3), 1, "USD");
    Dividend foreign = new Dividend(AAPL, LocalDate.of(2020, 3, 3), 1, "EUR");
    Dividend absurd = new Dividend(AAPL, LocalDate.of(2020, 3, 4), 100, "USD");
    Dividend future = new Dividend(AAPL, LATE.plusDays(1), 1, "USD");
    AdjustmentFactors factors =
        AdjustmentFactors.totalReturn(
            List.of(), List.of(absurd, foreign, early, afterAHole, future), raw, LATE);
    assertThat(factors.ignored()).containsExactly(early, afterAHole, foreign, absurd);
    assertThat(raw.adjust(factors)).isSameAs(raw);
  }

  @Test
  void refusesToAdjustWindowsThatMixBothSidesOfASplit() {
    Bars weeks = day("2014-06-06", 645.57).resample(Timeframe.parse("1week"));
    AdjustmentFactors factors =
        AdjustmentFactors.splits(List.of(new Split(AAPL, LocalDate.of(2014, 6, 4), 1, 7)), LATE);
    assertThatThrownBy(() -> weeks.adjust(factors))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("1week bars of AAPL");
    assertThatThrownBy(() -> AdjustmentFactors.totalReturn(List.of(), List.of(), weeks, LATE))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("AAPL");
  }
}
