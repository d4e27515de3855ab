package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bars and where they came from.
 *
 * @param missing parts of the range that could not be had: not published yet, or sent so that they
 *     cannot be read; empty when the answer is complete
 * @param unsettledFrom bars from here on may still change; null when all are final. When it lies
 *     within the window of one of the bars, it is moved to that bar's start
 */
public record BarAnswer(
    Bars bars, Source source, List<TimeRange> missing, @Nullable Instant unsettledFrom) {
  /** Who answered. */
  public enum Source {
    /** Local files alone: no request was made. */
    CACHE,
    /** The vendor alone. */
    UPSTREAM,
    /** Partly local, partly fetched. */
    MIXED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public BarAnswer {
    missing = List.copyOf(missing);
    unsettledFrom = unsettledFrom == null ? null : atWindowStart(unsettledFrom, bars);
  }

  /** The start of the bar whose window an instant cuts, else the instant. */
  private static Instant atWindowStart(Instant at, Bars bars) {
    int before = bars.indexAtOrAfter(at.toEpochMilli()) - 1;
    if (before < 0) {
      return at;
    }
    long start = bars.start(before);
    long end = bars.timeframe().windowEnd(start, bars.ticker().market().zone());
    return end > at.toEpochMilli() ? Instant.ofEpochMilli(start) : at;
  }

  /** Bars of the vendor, complete and final. */
  public static BarAnswer upstream(Bars bars) {
    return new BarAnswer(bars, Source.UPSTREAM, List.of(), null);
  }

  /** True when no upstream request was needed. */
  public boolean cached() {
    return source == Source.CACHE;
  }

  public boolean complete() {
    return missing.isEmpty();
  }

  /** Bars from here on may still change. */
  public Optional<Instant> unsettled() {
    return Optional.ofNullable(unsettledFrom);
  }
}
