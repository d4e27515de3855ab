package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BarsTest {
  private static final Ticker AAPL = new Ticker("AAPL");

  @Provide
  Arbitrary<Bars> bars() {
    return LawfulBars.any();
  }

  @Provide
  Arbitrary<Double> parts() {
    return Arbitraries.doubles().between(0, 1).withoutEdgeCases();
  }

  private static int index(Bars bars, double part) {
    return (int) Math.round(part * bars.size());
  }

  /** From a nanosecond before or at some row, to one after or at another. */
  private static TimeRange range(Bars bars, double one, double other, int nanos) {
    long from = at(bars, Math.min(one, other));
    long to = at(bars, Math.max(one, other));
    return TimeRange.of(
        Instant.ofEpochMilli(from).minusNanos(nanos), Instant.ofEpochMilli(to).plusNanos(nanos));
  }

  private static long at(Bars bars, double part) {
    int index = index(bars, part);
    return index < bars.size() ? bars.start(index) : Long.MAX_VALUE / 1_000_000;
  }

  @Property
  void slicesJoinToTheWhole(
      @ForAll("bars") Bars bars, @ForAll("parts") double one, @ForAll("parts") double other) {
    int first = index(bars, Math.min(one, other));
    int second = index(bars, Math.max(one, other));
    List<Bars> parts =
        List.of(bars.slice(0, first), bars.slice(first, second), bars.slice(second, bars.size()));
    Bars joined = Bars.concat(bars.ticker(), bars.timeframe(), parts);
    assertThat(joined).isEqualTo(bars).hasSameHashCodeAs(bars);
    assertThat(parts.get(1).slice(0, parts.get(1).size())).isEqualTo(parts.get(1));
  }

  @Property
  void aSliceHoldsTheRowsThatStartWithinItsRange(
      @ForAll("bars") Bars bars,
      @ForAll("parts") double one,
      @ForAll("parts") double other,
      @ForAll("nanos") int nanos) {
    TimeRange range = range(bars, one, other, nanos);
    List<Bar> expected = bars.rows().stream().filter(row -> range.contains(row.start())).toList();
    assertThat(bars.slice(range).rows()).isEqualTo(expected);
  }

  @Provide
  Arbitrary<Integer> nanos() {
    return Arbitraries.of(0, 1, 999_999, 1_000_000);
  }

  @Property
  void replacingTakesOutTheRangeAndPutsInTheReplacement(
      @ForAll("bars") Bars bars,
      @ForAll("parts") double one,
      @ForAll("parts") double other,
      @ForAll("nanos") int nanos) {
    TimeRange range = range(bars, one, other, nanos);
    Bars within = bars.slice(range);
    assertThat(bars.replace(range, within)).isEqualTo(bars);
    Bars without = bars.replace(range, Bars.empty(bars.ticker(), bars.timeframe()));
    List<Bar> expected = new ArrayList<>(bars.rows());
    expected.removeAll(within.rows());
    assertThat(without.rows()).isEqualTo(expected);
    assertThat(without.replace(range, within)).isEqualTo(bars);
  }

  @Property
  void rowsRebuildTheColumns(@ForAll("bars") Bars bars) {
    BarsBuilder copy = Bars.builder(bars.ticker(), bars.timeframe());
    for (Bar row : bars.rows()) {
      copy.add(
          row.start().toEpochMilli(),
          row.open(),
          row.high(),
          row.low(),
          row.close(),
          row.volume(),
          row.vwap().orElse(Double.NaN),
          row.transactions().orElse(-1));
    }
    assertThat(copy.size()).isEqualTo(bars.size());
    assertThat(copy.build()).isEqualTo(bars);
    assertThat(Bars.builder(bars.ticker(), bars.timeframe()).addAll(bars).build()).isEqualTo(bars);
  }

  @Property
  void theIndexIsThatOfTheFirstRowNotBefore(
      @ForAll("bars") Bars bars, @ForAll("parts") double part, @ForAll("nanos") int distance) {
    long at = at(bars, part) - distance;
    long before = bars.rows().stream().filter(row -> row.start().toEpochMilli() < at).count();
    assertThat(bars.indexAtOrAfter(at)).isEqualTo((int) before);
  }

  private static Bars one(String ticker, String timeframe, long start, double close) {
    return Bars.builder(Ticker.of(ticker), Timeframe.parse(timeframe))
        .add(start, 1, 2, 0.5, close, 10, Double.NaN, -1)
        .build();
  }

  @Test
  void equalityIsByBitsTickerAndTimeframe() {
    Bars bars = one("AAPL", "1min", 0, 1);
    assertThat(one("AAPL", "1min", 0, 1)).isEqualTo(bars).hasSameHashCodeAs(bars);
    assertThat(bars)
        .isNotEqualTo(one("AAPL", "1min", 0, Math.nextUp(1.0)))
        .isNotEqualTo(one("AAPL", "1min", 60_000, 1))
        .isNotEqualTo(one("IBM", "1min", 0, 1))
        .isNotEqualTo(one("AAPL", "1day", 0, 1))
        .isNotEqualTo(Bars.empty(AAPL, Timeframe.MINUTE_1));
  }

  @Test
  void refusesRowsOutOfOrder() {
    BarsBuilder twice =
        Bars.builder(AAPL, Timeframe.MINUTE_1)
            .add(60_000, 1, 1, 1, 1, 1, 1, 1)
            .add(60_000, 1, 1, 1, 1, 1, 1, 1);
    assertThatThrownBy(twice::build)
        .isInstanceOf(PolygonException.BadData.class)
        .hasMessageContaining("AAPL")
        .hasMessageContaining("1970-01-01T00:01:00Z");
  }

  @Test
  void refusesPartsOfOtherSeries() {
    for (Bars other : List.of(one("IBM", "1min", 0, 1), one("AAPL", "1day", 0, 1))) {
      assertThatThrownBy(() -> Bars.concat(AAPL, Timeframe.MINUTE_1, List.of(other)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(other.ticker() + " " + other.timeframe());
    }
  }

  @Test
  void refusesAReplacementOutsideItsRange() {
    Bars bars = one("AAPL", "1min", 0, 1);
    TimeRange later = TimeRange.of(Instant.ofEpochMilli(60_000), Instant.ofEpochMilli(120_000));
    assertThatThrownBy(() -> bars.replace(later, one("AAPL", "1min", 30_000, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theWholeOfTimeIsARangeToo() {
    Bars bars = one("AAPL", "1min", 0, 1);
    assertThat(bars.slice(TimeRange.of(Instant.MIN, Instant.MAX))).isEqualTo(bars);
  }

  @Test
  void readsNothingBeyondASlice() {
    Bars bars = one("AAPL", "1min", 0, 1).slice(0, 0);
    assertThatThrownBy(() -> bars.close(0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(bars.rows()).isEmpty();
  }

  @Test
  void refusesColumnsOfDifferentLengths() {
    assertThatThrownBy(
            () ->
                Bars.ofColumns(
                    AAPL,
                    Timeframe.MINUTE_1,
                    new long[1],
                    new double[1],
                    new double[1],
                    new double[1],
                    new double[1],
                    new double[2],
                    new double[1],
                    new long[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
