package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raw bars of the stored timeframes: from files where they are covered, else from the vendor and
 * into files. A failing disk costs requests, never an answer.
 */
final class BaseHistory {
  private static final Logger LOG = LoggerFactory.getLogger(BaseHistory.class);

  /** Files that change under a reader more often than this are not worth another look. */
  private static final int MOST_LOOKS = 5;

  /** An answer with fewer bars cost no more than one request. */
  private static final int SMALL_ANSWER = 10_000;

  private static final int MOST_BOLDNESS = 16;

  private final BarSource upstream;
  private final PartStore parts;
  private final Coverage coverage;
  private final Flights flights = new Flights();
  private final Health health = new Health();

  BaseHistory(BarSource upstream, PartStore parts, Coverage coverage) {
    this.upstream = upstream;
    this.parts = parts;
    this.coverage = coverage;
  }

  /**
   * The bars of whole windows.
   *
   * @param range of whole windows of the series
   * @param anew asks the vendor for all of it and replaces what is stored
   * @param now nothing after it is asked for
   */
  BarAnswer read(Series series, TimeRange range, boolean anew, Instant now) {
    Instant settled = coverage.settled(series, now);
    Collected collected = new Collected(series);
    Reading reading =
        new Reading(series, coverage.storable(series, range, settled), anew, now, collected);
    TimeRange kept = reading.wanted.intersect(range);
    boolean complete;
    do {
      complete = reading.step(kept, settled);
    } while (!complete);
    Instant tail = Coverage.latest(range.start(), settled);
    if (tail.isBefore(Coverage.earliest(range.end(), now))) {
      unsettledPart(series, TimeRange.of(tail, range.end()), now, collected);
    }
    BarAnswer.Source source =
        !collected.asked()
            ? BarAnswer.Source.CACHE
            : collected.usesStored() ? BarAnswer.Source.MIXED : BarAnswer.Source.UPSTREAM;
    return new BarAnswer(
        collected.bars(range),
        source,
        collected.missing(range),
        collected.unsettledFrom(range.end().isAfter(settled) ? tail : null));
  }

  /** One request's way through what is settled. */
  private final class Reading {
    private final Series series;
    private final TimeRange wanted;
    private final boolean anew;
    private final Instant now;
    private final Collected collected;
    private boolean diskFails;
    private int looks;
    private int boldness = 1;

    Reading(Series series, TimeRange wanted, boolean anew, Instant now, Collected collected) {
      this.series = series;
      this.wanted = wanted;
      this.anew = anew;
      this.now = now;
      this.collected = collected;
    }

    /**
     * Looks at what is missing and fetches some of it, or reads the rest from files; true when the
     * bars of {@code kept} have all been collected.
     */
    boolean step(TimeRange kept, Instant settled) {
      Snapshot snapshot = snapshot();
      List<TimeRange> missing = missing(snapshot);
      if (!missing.isEmpty()) {
        TimeRange chunk = Coverage.chunk(series, missing.getFirst(), boldness);
        flights
            .board(series, chunk)
            .ifPresent(
                flight -> {
                  try (flight) {
                    // What landed between the look and the start need not be fetched again.
                    if (anew || missing(snapshot()).equals(missing)) {
                      fetch(chunk, settled);
                    }
                  }
                });
        return false;
      }
      if (anew) {
        return true;
      }
      List<TimeRange> stored = within(kept, snapshot.covered());
      try {
        collected.stored(stored, parts.read(series, snapshot, stored));
        return true;
      } catch (DamagedPart e) {
        heal(e);
      } catch (PolygonException.StorageFailure e) {
        fails(e);
      }
      return false;
    }

    private Snapshot snapshot() {
      if (diskFails || wanted.isEmpty()) {
        return Snapshot.NOTHING;
      }
      try {
        return parts.snapshot(series, wanted, now);
      } catch (PolygonException.StorageFailure e) {
        fails(e);
        return Snapshot.NOTHING;
      }
    }

    private List<TimeRange> missing(Snapshot snapshot) {
      if (anew) {
        return wanted.minus(collected.fetched());
      }
      List<TimeRange> known = new ArrayList<>(snapshot.covered());
      known.addAll(collected.fetched());
      return coverage.toFetch(series, wanted, known);
    }

    /** The stored stretches of a range that were not fetched just now. */
    private List<TimeRange> within(TimeRange kept, List<TimeRange> covered) {
      List<TimeRange> uncovered = new ArrayList<>(kept.minus(covered));
      uncovered.addAll(collected.fetched());
      return kept.minus(uncovered);
    }

    private void fetch(TimeRange chunk, Instant settled) {
      LOG.debug("asking upstream for {} {}", series, chunk);
      BarAnswer answer = ask(series, chunk, anew);
      Bars bars = answer.bars().slice(chunk);
      collected.fetched(chunk, bars, answer);
      boldness = bars.size() < SMALL_ANSWER ? Math.min(MOST_BOLDNESS, boldness * 4) : 1;
      List<TimeRange> unsure = new ArrayList<>(answer.missing());
      answer
          .unsettled()
          .ifPresent(from -> unsure.add(TimeRange.of(from, Coverage.latest(from, chunk.end()))));
      if (!diskFails) {
        try {
          parts.write(series, chunk.minus(unsure), bars, settled, now);
          health.worked();
        } catch (PolygonException.StorageFailure e) {
          health.failed(e);
        }
      }
    }

    private void heal(DamagedPart damage) {
      if (++looks > MOST_LOOKS) {
        diskFails = true;
        return;
      }
      try {
        parts.heal(damage);
      } catch (PolygonException.StorageFailure e) {
        fails(e);
      }
    }

    private void fails(PolygonException.StorageFailure failure) {
      diskFails = true;
      health.failed(failure);
    }
  }

  private void unsettledPart(Series series, TimeRange tail, Instant now, Collected collected) {
    TimeRange past = TimeRange.of(tail.start(), Coverage.earliest(tail.end(), now));
    try {
      BarAnswer answer =
          flights.share(series, tail.start(), tail.end(), () -> ask(series, past, true));
      collected.fetched(past, answer.bars().slice(tail), answer);
    } catch (PolygonException.NotYetAvailable e) {
      LOG.debug("{} {} is not published yet: {}", series, past, e.getMessage());
      Bars none = Bars.empty(series.ticker(), series.base());
      collected.fetched(
          past, none, new BarAnswer(none, BarAnswer.Source.UPSTREAM, List.of(past), null));
    }
  }

  private BarAnswer ask(Series series, TimeRange range, boolean anew) {
    return upstream.bars(
        new BarRequest(series.ticker(), series.base(), range, Adjustment.NONE, null, !anew));
  }
}
