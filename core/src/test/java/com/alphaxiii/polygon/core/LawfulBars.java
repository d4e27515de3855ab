package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random bars that break no law: prices in cents, whole volumes, some vwaps and counts absent. */
public final class LawfulBars {
  private static final Ticker TICKER = new Ticker("AAPL");

  /** Days before clock changes in New York, and one without. */
  private static final List<Instant> STARTS =
      List.of(
          Instant.parse("2013-03-08T05:00:00Z"),
          Instant.parse("2013-11-01T04:00:00Z"),
          Instant.parse("2014-06-04T04:00:00Z"));

  private LawfulBars() {}

  /** What the seconds, minutes or days from one row to the next are, and what the row holds. */
  private record Row(
      int gap,
      int low,
      int range,
      double opened,
      double closed,
      long volume,
      double averaged,
      long transactions) {
    void addTo(BarsBuilder bars, long start) {
      double lowest = low / 100.0;
      double highest = (low + range) / 100.0;
      bars.add(
          start,
          within(lowest, highest, opened),
          highest,
          lowest,
          within(lowest, highest, closed),
          volume,
          within(lowest, highest, averaged),
          transactions);
    }

    private static double within(double low, double high, double part) {
      return Double.isNaN(part) ? part : Math.clamp(low + part * (high - low), low, high);
    }
  }

  private static Arbitrary<Row> rows(int mostGap) {
    Arbitrary<Double> part = Arbitraries.doubles().between(0, 1);
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(1)),
                Tuple.of(1, Arbitraries.integers().between(1, mostGap))),
            Arbitraries.integers().between(1, 100_000),
            Arbitraries.integers().between(0, 500),
            part,
            part,
            Arbitraries.longs().between(0, 1_000_000),
            part.optional(0.97).map(p -> p.orElse(Double.NaN)),
            Arbitraries.longs().between(0, 9_999).optional(0.97).map(n -> n.orElse(-1L)))
        .as(Row::new)
        // So many fields have more edge cases than tries.
        .withoutEdgeCases();
  }

  /** Second, minute or day bars. */
  public static Arbitrary<Bars> of(Timeframe base) {
    int mostGap = base.equals(Timeframe.DAY_1) ? 40 : 2_000;
    return Combinators.combine(Arbitraries.of(STARTS), rows(mostGap).list().ofMaxSize(120))
        .as((start, rows) -> bars(base, start, rows))
        .withoutEdgeCases();
  }

  /** Bars of any base timeframe. */
  public static Arbitrary<Bars> any() {
    return Arbitraries.of(Timeframe.SECOND_1, Timeframe.MINUTE_1, Timeframe.DAY_1)
        .flatMap(LawfulBars::of)
        .withoutEdgeCases();
  }

  private static Bars bars(Timeframe base, Instant start, List<Row> rows) {
    BarsBuilder bars = Bars.builder(TICKER, base);
    long at = start.toEpochMilli();
    for (Row row : rows) {
      row.addTo(bars, at);
      for (int i = 0; i < row.gap(); i++) {
        at = base.windowEnd(at, Market.NEW_YORK);
      }
    }
    return bars.build();
  }
}
