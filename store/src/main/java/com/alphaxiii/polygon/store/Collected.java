package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has been fetched and read so far for one request. Safe for use by many threads. */
final class Collected {
  private record Piece(TimeRange range, Bars bars) {}

  private final Series series;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<TimeRange> fetched = new ArrayList<>();
  private final List<TimeRange> missing = new ArrayList<>();
  private long counted;
  private boolean usesStored;
  private @Nullable Instant unsettledFrom;

  Collected(Series series) {
    this.series = series;
  }

  /** Bars of the vendor for a stretch, taken from an answer. */
  synchronized void fetched(TimeRange range, Bars bars, BarAnswer answer) {
    fetched.add(range);
    add(range, bars, answer);
  }

  /** The same for bars that are stored and need not be kept. */
  synchronized void counted(TimeRange range, int bars, BarAnswer answer) {
    fetched.add(range);
    counted += bars;
    missing.addAll(answer.missing());
  }

  /** How many bars were fetched and not kept. */
  synchronized long counted() {
    return counted;
  }

  /** The same for bars that an earlier answer gave and that were not asked for again. */
  synchronized void remembered(TimeRange range, Bars bars, BarAnswer answer) {
    usesStored = true;
    add(range, bars, answer);
  }

  private void add(TimeRange range, Bars bars, BarAnswer answer) {
    pieces.add(new Piece(range, bars));
    missing.addAll(answer.missing());
    unsettledFrom = earlier(unsettledFrom, answer.unsettledFrom());
  }

  /** Bars of the cache, one for each stretch. */
  synchronized void stored(List<TimeRange> stretches, List<Bars> bars) {
    for (int i = 0; i < stretches.size(); i++) {
      pieces.add(new Piece(stretches.get(i), bars.get(i)));
    }
    usesStored |= !stretches.isEmpty();
  }

  /** Stretches that need not be asked for again. */
  synchronized List<TimeRange> fetched() {
    return List.copyOf(fetched);
  }

  synchronized boolean asked() {
    return !fetched.isEmpty();
  }

  synchronized boolean usesStored() {
    return usesStored;
  }

  /** What could not be had of a range. */
  synchronized List<TimeRange> missing(TimeRange range) {
    return TimeRange.union(missing.stream().map(range::intersect).toList());
  }

  /** The earlier of an instant and those that the vendor named; null when there is none. */
  synchronized @Nullable Instant unsettledFrom(@Nullable Instant ours) {
    return earlier(unsettledFrom, ours);
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Coverage.earliest(one, other);
  }

  /** The bars that start within a range. */
  synchronized Bars bars(TimeRange range) {
    return Bars.concat(
        series.ticker(),
        series.base(),
        pieces.stream()
            .sorted(Comparator.comparing(piece -> piece.range().start()))
            .map(piece -> piece.bars().slice(range))
            .toList());
  }
}
