package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.TimeRange;
import java.util.List;
import java.util.Map;

/**
 * What the catalog knew at one moment of a stretch of a series.
 *
 * @param covered stretches whose bars are all stored, joined and in order
 * @param parts by their name
 */
record Snapshot(List<TimeRange> covered, Map<String, Part> parts) {
  /** Nothing is known. */
  static final Snapshot NOTHING = new Snapshot(List.of(), Map.of());

  Part part(PartKey key) {
    return parts.getOrDefault(key.name(), Part.unknown(key));
  }

  boolean holdsBars() {
    return parts.values().stream().anyMatch(part -> part.rows() > 0);
  }
}
