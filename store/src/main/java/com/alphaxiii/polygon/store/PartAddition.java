package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.TimeRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be added to a part.
 *
 * @param covered stretches that {@code bars} hold completely
 * @param quiet stretches that are known to have no bars but those that are stored
 * @param bars at least those of {@code covered}
 */
record PartAddition(
    PartKey key,
    List<TimeRange> covered,
    List<TimeRange> quiet,
    Replacement replacement,
    Bars bars) {
  /** The same for all parts of a series that the stretches meet, in order. */
  static List<PartAddition> of(
      Series series,
      List<TimeRange> covered,
      List<TimeRange> quiet,
      Replacement replacement,
      Bars bars) {
    Map<PartKey, PartAddition> parts = new LinkedHashMap<>();
    for (TimeRange stretch : covered) {
      for (PartKey key : PartKey.of(series, stretch)) {
        part(parts, key, replacement, bars).covered.add(key.range().intersect(stretch));
      }
    }
    for (TimeRange stretch : quiet) {
      for (PartKey key : PartKey.of(series, stretch)) {
        part(parts, key, replacement, bars).quiet.add(key.range().intersect(stretch));
      }
    }
    return List.copyOf(parts.values());
  }

  private static PartAddition part(
      Map<PartKey, PartAddition> parts, PartKey key, Replacement replacement, Bars bars) {
    return parts.computeIfAbsent(
        key, k -> new PartAddition(k, new ArrayList<>(), new ArrayList<>(), replacement, bars));
  }

  /** All stretches of which everything is stored afterwards. */
  List<TimeRange> known() {
    List<TimeRange> known = new ArrayList<>(covered);
    known.addAll(quiet);
    return TimeRange.union(known);
  }

  /** The part's bars with these. */
  Bars over(Bars stored) {
    Bars merged = stored;
    for (TimeRange range : covered) {
      merged = merged.replace(range, replacement.over(merged.slice(range), bars.slice(range)));
    }
    return merged;
  }
}
