package com.alphaxiii.polygon.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.AdjustmentFactors;
import com.alphaxiii.polygon.core.Bar;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.LawfulBars;
import com.alphaxiii.polygon.core.MarketData;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarChecksTest {
  private static final Ticker AAPL = new Ticker("AAPL");

  /** A way to break exactly one law. */
  private record Breach(String law, Severity severity, UnaryOperator<Bar> damage) {}

  private static Bar with(
      Bar bar, double open, double high, double low, double close, double volume, double vwap) {
    return new Bar(
        bar.start(),
        open,
        high,
        low,
        close,
        volume,
        Double.isNaN(vwap) ? OptionalDouble.empty() : OptionalDouble.of(vwap),
        bar.transactions());
  }

  private static Breach prices(String law, UnaryOperator<Bar> damage) {
    return new Breach(law, Severity.ERROR, damage);
  }

  private static Breach volume(double volume) {
    return new Breach(
        "volume_is_not_negative",
        Severity.ERROR,
        b -> with(b, b.open(), b.high(), b.low(), b.close(), volume, b.vwap().orElse(Double.NaN)));
  }

  private static Breach vwap(UnaryOperator<Bar> damage) {
    return new Breach("vwap_is_within", Severity.WARNING, damage);
  }

  private static Bar quiet(Bar b, double open, double high, double low, double close) {
    return with(b, open, high, low, close, b.volume(), Double.NaN);
  }

  @Provide
  Arbitrary<Breach> breaches() {
    return Arbitraries.of(
        prices("high_is_highest", b -> quiet(b, b.low(), Math.nextDown(b.low()), b.low(), b.low())),
        prices(
            "high_is_highest", b -> quiet(b, Math.nextUp(b.high()), b.high(), b.low(), b.close())),
        prices(
            "high_is_highest", b -> quiet(b, b.open(), b.high(), b.low(), Math.nextUp(b.high()))),
        prices(
            "low_is_lowest", b -> quiet(b, Math.nextDown(b.low()), b.high(), b.low(), b.close())),
        prices("low_is_lowest", b -> quiet(b, b.open(), b.high(), b.low(), Math.nextDown(b.low()))),
        prices("price_is_positive", b -> quiet(b, 0, b.high(), b.low(), b.close())),
        prices("price_is_positive", b -> quiet(b, Double.NaN, b.high(), b.low(), b.close())),
        prices("price_is_positive", b -> quiet(b, b.open(), Double.NaN, b.low(), b.close())),
        prices(
            "price_is_positive",
            b -> quiet(b, b.open(), Double.POSITIVE_INFINITY, b.low(), b.close())),
        prices("price_is_positive", b -> quiet(b, b.open(), b.high(), -1, b.close())),
        prices("price_is_positive", b -> quiet(b, b.open(), b.high(), b.low(), Double.NaN)),
        volume(-1),
        volume(Double.NaN),
        volume(Double.POSITIVE_INFINITY),
        vwap(b -> with(b, b.open(), b.high(), b.low(), b.close(), 1, b.high() * 1.0011)),
        vwap(b -> with(b, b.open(), b.high(), b.low(), b.close(), 1, b.low() * 0.9989)),
        vwap(b -> with(b, b.open(), b.high(), b.low(), b.close(), 1, Double.POSITIVE_INFINITY)));
  }

  @Provide
  Arbitrary<Bars> bars() {
    return LawfulBars.any();
  }

  private static Bars rebuilt(Bars like, List<Bar> rows) {
    BarsBuilder bars = Bars.builder(like.ticker(), like.timeframe());
    for (Bar row : rows) {
      bars.add(
          row.start().toEpochMilli(),
          row.open(),
          row.high(),
          row.low(),
          row.close(),
          row.volume(),
          row.vwap().orElse(Double.NaN),
          row.transactions().orElse(-1));
    }
    return bars.build();
  }

  @Property
  void findsNothingInLawfulBars(@ForAll("bars") Bars bars) {
    assertThat(BarChecks.report(bars))
        .isEqualTo(new ValidationReport(Quality.EXCELLENT, 1, List.of(), 0));
  }

  @Property
  void findsEachBreachAtItsBar(
      @ForAll("bars") Bars bars,
      @ForAll("breaches") Breach breach,
      @ForAll @DoubleRange(max = 1, maxIncluded = false) double part) {
    Assume.that(!bars.isEmpty());
    int broken = (int) (part * bars.size());
    Bar row = bars.row(broken);
    List<Bar> rows = new ArrayList<>(bars.rows());
    rows.set(broken, breach.damage().apply(row));
    ValidationReport report = BarChecks.report(rebuilt(bars, rows));
    assertThat(report.issues())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.law()).isEqualTo(breach.law());
              assertThat(finding.severity()).isEqualTo(breach.severity());
              assertThat(finding.at()).isEqualTo(row.start());
              assertThat(finding.message()).contains("AAPL", row.start().toString());
            });
    assertThat(report.issueCount()).isEqualTo(1);
    assertThat(report.score()).isEqualTo(1 - 1.0 / bars.size());
    assertThat(report.overallQuality()).isEqualTo(Quality.of(report.score()));
    assertThat(BarChecks.check(rebuilt(bars, rows))).isEqualTo(report.issues());
  }

  @Test
  void tellsTheFirstHundredAndCountsAll() {
    BarsBuilder bars = Bars.builder(AAPL, Timeframe.MINUTE_1);
    for (int i = 0; i < 1_000; i++) {
      // The first 150 break two laws each.
      boolean broken = i < 150;
      bars.add(i * 60_000L, 5, broken ? 4 : 6, broken ? 5.5 : 4, 5, 1, Double.NaN, -1);
    }
    ValidationReport report = BarChecks.report(bars.build());
    assertThat(report.issueCount()).isEqualTo(300);
    assertThat(report.issues()).hasSize(BarChecks.MOST_ISSUES);
    assertThat(report.issues().getFirst().at()).isEqualTo(Instant.EPOCH);
    assertThat(report.issues().getLast().at()).isEqualTo(Instant.ofEpochMilli(49 * 60_000));
    assertThat(report.score()).isEqualTo(0.85);
    assertThat(report.overallQuality()).isEqualTo(Quality.POOR);
  }

  @ParameterizedTest
  @CsvSource({
    "1, EXCELLENT",
    "0.995, EXCELLENT",
    "0.9949, GOOD",
    "0.98, GOOD",
    "0.9799, FAIR",
    "0.9, FAIR",
    "0.8999, POOR",
    "0, POOR",
  })
  void namesTheScore(double score, Quality quality) {
    assertThat(Quality.of(score)).isEqualTo(quality);
  }

  @ParameterizedTest
  @CsvSource({"AAPL", "IBM", "SPY"})
  void recordedDaysObeyTheLawsAlsoAdjustedAndAsWeeks(String symbol) {
    Bars raw = MarketData.dayBars(symbol);
    Bars adjusted =
        raw.adjust(
            AdjustmentFactors.totalReturn(
                MarketData.splits(symbol),
                MarketData.dividends(symbol),
                raw,
                LocalDate.of(2021, 3, 31)));
    for (Bars bars : List.of(raw, adjusted, adjusted.resample(Timeframe.parse("1week")))) {
      assertThat(BarChecks.check(bars)).isEmpty();
    }
  }
}
