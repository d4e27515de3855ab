package com.alphaxiii.polygon.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.LawfulBars;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Trade;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class BarChecksPropertyTest {
  /** What only the order of rows, or how many share a start, tells. */
  private static final Set<Law> OF_ORDER = EnumSet.of(Law.STARTS_ARE_DISORDERED);

  /** What the numbers of one bar alone tell: lawful bars break none of these. */
  private static final Set<Law> OF_ONE_BAR =
      EnumSet.of(
          Law.PRICE_IS_NOT_POSITIVE,
          Law.HIGH_IS_NOT_HIGHEST,
          Law.LOW_IS_NOT_LOWEST,
          Law.VWAP_IS_OUTSIDE,
          Law.VOLUME_IS_NOT_A_COUNT,
          Law.STARTS_ARE_DISORDERED,
          Law.START_IS_REPEATED,
          Law.START_IS_MISALIGNED);

  @Provide
  Arbitrary<Bars> bars() {
    return LawfulBars.any();
  }

  /** Columns of any content: prices near each other or wild, starts in any order or wild. */
  @Provide
  Arbitrary<BarColumns> columns() {
    Arbitrary<Ticker> tickers =
        Arbitraries.of("AAPL", "O:AAPL230616C00150000", "C:EURUSD", "X:BTCUSD", "I:SPX", "ESZ6")
            .map(Ticker::of);
    Arbitrary<Timeframe> timeframes =
        Arbitraries.of("1sec", "1min", "7min", "1hour", "4hour", "1day", "1week", "2week", "1year")
            .map(Timeframe::parse);
    return Combinators.combine(tickers, timeframes, Arbitraries.randomValue(Random::nextLong))
        .flatAs(
            (ticker, timeframe, seed) ->
                Arbitraries.integers()
                    .between(0, 300)
                    .map(size -> columns(ticker, timeframe, size, new Random(seed))))
        .withoutEdgeCases();
  }

  private static BarColumns columns(Ticker ticker, Timeframe timeframe, int size, Random random) {
    BarColumns columns = BarColumns.ofSize(ticker, timeframe, size);
    double wildness = random.nextDouble() * 0.3;
    long at = Instant.parse("2013-10-04T13:30:00Z").toEpochMilli();
    for (int i = 0; i < size; i++) {
      at += 60_000L * (1 + random.nextInt(3));
      columns.start()[i] =
          random.nextDouble() < wildness
              ? (random.nextBoolean() ? random.nextLong() : at - random.nextInt(600) * 60_000L)
              : at;
      columns.open()[i] = number(random, wildness, 100);
      columns.high()[i] = number(random, wildness, 101);
      columns.low()[i] = number(random, wildness, 99);
      columns.close()[i] = number(random, wildness, 100);
      columns.volume()[i] = number(random, wildness, 1_000);
      columns.vwap()[i] = number(random, wildness, 100);
      columns.transactions()[i] = random.nextInt(100) - 1;
    }
    return columns;
  }

  private static double number(Random random, double wildness, double usual) {
    if (random.nextDouble() >= wildness) {
      return usual + random.nextInt(3);
    }
    return switch (random.nextInt(7)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> Double.NEGATIVE_INFINITY;
      case 3 -> 0;
      case 4 -> -usual;
      case 5 -> Double.MAX_VALUE;
      default -> Double.MIN_VALUE;
    };
  }

  @Provide
  Arbitrary<Evidence> evidence() {
    Instant start = Instant.parse("2013-10-04T04:00:00Z");
    TimeRange day = TimeRange.of(start, start.plusSeconds(86_400));
    TimeRange all = TimeRange.of(Instant.MIN, Instant.MAX);
    Trade trade =
        new Trade(
            Ticker.of("AAPL"),
            1,
            1,
            Conditions.NONE,
            start.toEpochMilli() * 1_000_000,
            0,
            0,
            "",
            0,
            0,
            0,
            0);
    Evidence none = Evidence.of(Adjustment.NONE);
    return Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(none)),
            Tuple.of(1, Arbitraries.just(none.withRange(day).withSettledUntil(day.end()))),
            Tuple.of(1, Arbitraries.just(none.withRange(all).withSplits(List.of()))),
            Tuple.of(
                1,
                Arbitraries.just(
                    none.withActivity(List.of(Activity.ofTrades(day, List.of(trade))))
                        .withBands(List.of(new PriceBand(day, 90, 110)))
                        .withHalts(List.of(day)))),
            Tuple.of(1, Arbitraries.just(Evidence.of(Adjustment.SPLIT).withSplits(List.of()))))
        .withoutEdgeCases();
  }

  @Property(tries = 400)
  void neverFailsAndSaysTheSameAgain(
      @ForAll("columns") BarColumns columns, @ForAll("evidence") Evidence evidence) {
    ValidationReport report = BarChecks.report(columns, evidence);
    assertThat(report.score()).isBetween(0.0, 1.0);
    assertThat(report.issues()).isSortedAccordingTo(Finding.IN_TIME);
    assertThat(report.days()).allSatisfy(day -> assertThat(day.score()).isBetween(0.0, 1.0));
    assertThat(report.issues()).hasSizeLessThanOrEqualTo(BarChecks.MOST_ISSUES);
    assertThat(BarChecks.report(columns, evidence)).isEqualTo(report);
  }

  @Property(tries = 200)
  void saysTheSameOfTheRowsInAnyOrder(
      @ForAll("columns") BarColumns columns,
      @ForAll("evidence") Evidence evidence,
      @ForAll long seed) {
    List<Integer> order =
        new java.util.ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    BarColumns shuffled = columns.rows(order.stream().mapToInt(i -> i).toArray(), columns.size());
    ValidationReport report = BarChecks.report(columns, evidence);
    ValidationReport other = BarChecks.report(shuffled, evidence);
    assertThat(other.issues().stream().filter(i -> !OF_ORDER.contains(i.law())))
        .containsExactlyElementsOf(
            report.issues().stream().filter(i -> !OF_ORDER.contains(i.law())).toList());
    assertThat(other.days()).isEqualTo(report.days());
    assertThat(other.score()).isEqualTo(report.score());
  }

  @Property(tries = 300)
  void lawfulBarsBreakNoLawOfASingleBar(@ForAll("bars") Bars bars) {
    assertThat(BarChecks.report(bars).issues())
        .extracting(Finding::law)
        .doesNotContainAnyElementsOf(OF_ONE_BAR);
  }
}
