package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What has been fetched and read so far for one request. */
final class Collected {
  private record Piece(TimeRange range, Bars bars) {}

  private final Series series;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<TimeRange> fetched = new ArrayList<>();
  private final List<TimeRange> missing = new ArrayList<>();
  private boolean usesStored;

  Collected(Series series) {
    this.series = series;
  }

  /** Bars of the vendor for a stretch, and the parts of it that the vendor could not tell. */
  void fetched(TimeRange range, Bars bars, List<TimeRange> unknown) {
    pieces.add(new Piece(range, bars));
    fetched.add(range);
    missing.addAll(unknown);
  }

  /** Bars of the cache, one for each stretch. */
  void stored(List<TimeRange> stretches, List<Bars> bars) {
    for (int i = 0; i < stretches.size(); i++) {
      pieces.add(new Piece(stretches.get(i), bars.get(i)));
    }
    usesStored |= !stretches.isEmpty();
  }

  /** Stretches that need not be asked for again. */
  List<TimeRange> fetched() {
    return List.copyOf(fetched);
  }

  boolean asked() {
    return !fetched.isEmpty();
  }

  boolean usesStored() {
    return usesStored;
  }

  /** What could not be had of a range. */
  List<TimeRange> missing(TimeRange range) {
    return TimeRange.union(missing.stream().map(range::intersect).toList());
  }

  /** The bars that start within a range. */
  Bars bars(TimeRange range) {
    return Bars.concat(
        series.ticker(),
        series.base(),
        pieces.stream()
            .sorted(Comparator.comparing(piece -> piece.range().start()))
            .map(piece -> piece.bars().slice(range))
            .toList());
  }
}
