package com.alphaxiii.polygon.validate;

import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;

/** Order, uniqueness and plausibility of times, and the rows sorted by them. */
final class OrderLaws {
  // Times in seconds read as ms lie in January 1970; in µs beyond the year 40,000.
  private static final long EARLIEST = Instant.parse("1971-01-01T00:00:00Z").toEpochMilli();
  private static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

  private final BarColumns sorted;
  private final int implausible;
  private final int disordered;
  private final long firstDisordered;
  private final BitSet repeated;

  private OrderLaws(
      BarColumns sorted, int implausible, int disordered, long firstDisordered, BitSet repeated) {
    this.sorted = sorted;
    this.implausible = implausible;
    this.disordered = disordered;
    this.firstDisordered = firstDisordered;
    this.repeated = repeated;
  }

  static OrderLaws of(BarColumns columns) {
    int size = columns.size();
    int disordered = 0;
    long firstDisordered = Long.MAX_VALUE;
    boolean strict = true;
    int plausible = 0;
    for (int i = 0; i < size; i++) {
      plausible += isPlausible(columns.start()[i]) ? 1 : 0;
      if (i > 0 && columns.start()[i] <= columns.start()[i - 1]) {
        strict = false;
        if (columns.start()[i] < columns.start()[i - 1]) {
          disordered++;
          firstDisordered = Math.min(firstDisordered, columns.start()[i]);
        }
      }
    }
    if (strict && plausible == size) {
      return new OrderLaws(columns, 0, 0, 0, new BitSet());
    }
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, columns::compare);
    int[] kept = new int[size];
    int count = 0;
    BitSet repeated = new BitSet();
    for (int row : order) {
      long start = columns.start()[row];
      if (!isPlausible(start)) {
        continue;
      }
      if (count > 0 && columns.start()[kept[count - 1]] == start) {
        repeated.set(count - 1);
      } else {
        kept[count++] = row;
      }
    }
    return new OrderLaws(
        columns.rows(kept, count), size - plausible, disordered, firstDisordered, repeated);
  }

  private static boolean isPlausible(long start) {
    return start >= EARLIEST && start < LATEST;
  }

  /** The rows in order, one of each start, those of implausible times left out. */
  BarColumns sorted() {
    return sorted;
  }

  void report(Series series, Findings findings) {
    if (implausible > 0) {
      findings.between(
          Law.TIME_IS_IMPLAUSIBLE,
          EARLIEST,
          EARLIEST,
          "%d bars start before 1971 or after 2100 and were left out".formatted(implausible));
    }
    if (disordered > 0) {
      long at = Math.clamp(firstDisordered, EARLIEST, LATEST);
      findings.between(
          Law.STARTS_ARE_DISORDERED,
          at,
          at,
          "%d bars come after one that starts later".formatted(disordered));
    }
    repeated.stream()
        .forEach(
            row ->
                findings.row(
                    Law.START_IS_REPEATED,
                    row,
                    "several bars start at " + Instant.ofEpochMilli(series.start[row])));
    if (series.timeframe.base().isPresent()) {
      alignment(series, findings);
    }
  }

  private static void alignment(Series series, Findings findings) {
    boolean grid = series.hasGrid();
    long length = grid ? series.windowMillis() : 1;
    for (int i = 0; i < series.size; i++) {
      long start = series.start[i];
      boolean aligned =
          grid ? start % length == 0 : series.timeframe.windowStart(start, series.zone) == start;
      if (!aligned) {
        findings.row(
            Law.START_IS_MISALIGNED,
            i,
            "%s is no start of a %s window"
                .formatted(Instant.ofEpochMilli(start), series.timeframe));
      }
    }
  }
}
