package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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

  private final PartStore parts;
  private final Coverage coverage;
  private final FetchLocks locks;
  private final Listings listings;
  private final Flights flights = new Flights();
  private final Tails tails = new Tails(flights);
  private final Answering answering;
  private final Health health = new Health();

  BaseHistory(
      BarSource upstream, PartStore parts, Coverage coverage, FetchLocks locks, Listings listings) {
    this.answering = new Answering(upstream, Crew.fetching());
    this.parts = parts;
    this.coverage = coverage;
    this.locks = locks;
    this.listings = listings;
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
        new Reading(
            series, coverage.storable(series, range, settled), anew, now, collected, answering);
    TimeRange kept = reading.wanted.intersect(range);
    boolean complete;
    do {
      complete = reading.step(kept, settled);
    } while (!complete);
    Instant tail = Coverage.latest(range.start(), settled);
    if (tail.isBefore(Coverage.earliest(range.end(), now))) {
      tails.read(
          new Tails.Question(series, TimeRange.of(tail, range.end()), settled, anew, now),
          past -> ask(answering.upstream(), series, past, true),
          collected);
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

  /**
   * What of a range is settled and not stored, in stretches.
   *
   * @param range of whole windows of the series
   */
  List<TimeRange> missing(Series series, TimeRange range, Instant now) {
    Collected collected = new Collected(series);
    Instant settled = coverage.settled(series, now);
    Reading reading =
        new Reading(
            series, coverage.storable(series, range, settled), false, now, collected, answering);
    return reading.missing(reading.wanted, reading.snapshot(reading.wanted));
  }

  /**
   * Fetches what is missing of whole windows into files and keeps no bars in memory. Unlike a
   * reading, it fails when the disk does.
   *
   * @param from asked for what is missing
   * @param landed told of each stretch that is stored, by any thread
   */
  Filled fill(
      Series series, TimeRange range, BarSource from, Consumer<TimeRange> landed, Instant now) {
    Instant settled = coverage.settled(series, now);
    Collected collected = new Collected(series);
    // Helpers of its own, since else those who read would find none free.
    Filling filling = new Filling(from, Crew.fetching(), landed);
    Reading reading =
        new Reading(
            series, coverage.storable(series, range, settled), false, now, collected, filling);
    boolean complete;
    do {
      complete = reading.step(reading.wanted, settled);
    } while (!complete);
    return new Filled(
        collected.counted(),
        reading.snapshot(reading.wanted).holdsBars(),
        collected.missing(range));
  }

  /** Whom to ask, who helps, and what to do with the bars. */
  private sealed interface Purpose {
    BarSource upstream();

    Crew crew();
  }

  /** They are the answer. */
  private record Answering(BarSource upstream, Crew crew) implements Purpose {}

  /** They only have to be stored. */
  private record Filling(BarSource upstream, Crew crew, Consumer<TimeRange> landed)
      implements Purpose {}

  /** One request's way through what is settled. */
  private final class Reading {
    private final Series series;
    private final TimeRange wanted;
    private final boolean anew;
    private final Instant now;
    private final Collected collected;
    private final Strides strides;
    private final Purpose purpose;
    private volatile boolean diskFails;
    private int looks;

    Reading(
        Series series,
        TimeRange wanted,
        boolean anew,
        Instant now,
        Collected collected,
        Purpose purpose) {
      this.series = series;
      this.wanted = wanted;
      this.anew = anew;
      this.now = now;
      this.collected = collected;
      this.strides = new Strides(series);
      this.purpose = purpose;
    }

    /**
     * Looks at what is missing and fetches some of it, or reads the rest from files; true when the
     * bars of {@code kept} have all been collected.
     */
    boolean step(TimeRange kept, Instant settled) {
      Snapshot snapshot = snapshot(wanted);
      List<TimeRange> missing = missing(wanted, snapshot);
      if (!missing.isEmpty()) {
        if (!learnsListing()) {
          purpose.crew().each(strides.next(missing), stretch -> fetch(stretch, settled));
        }
        return false;
      }
      if (anew || purpose instanceof Filling) {
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

    private Snapshot snapshot(TimeRange range) {
      if (diskFails || range.isEmpty()) {
        return Snapshot.NOTHING;
      }
      try {
        return parts.snapshot(
            series, range, now, listings.firstDay(series.ticker(), now).orElse(PartKey.EARLIEST));
      } catch (PolygonException.StorageFailure e) {
        fails(e);
        return Snapshot.NOTHING;
      }
    }

    /**
     * Learns since when the ticker is traded, if empty answers of long ago would else be asked for
     * again; true when it was learnt just now.
     */
    private boolean learnsListing() {
      Ticker ticker = series.ticker();
      try {
        if (anew
            || diskFails
            || listings.firstDay(ticker, now).isPresent()
            || !parts.doubts(series, wanted, now)) {
          return false;
        }
      } catch (PolygonException.StorageFailure e) {
        fails(e);
        return false;
      }
      listings.ask(ticker, now);
      return true;
    }

    private List<TimeRange> missing(TimeRange range, Snapshot snapshot) {
      if (anew) {
        return range.minus(collected.fetched());
      }
      List<TimeRange> known = new ArrayList<>(snapshot.covered());
      known.addAll(collected.fetched());
      return coverage.toFetch(series, range, known);
    }

    /** The stored stretches of a range that were not fetched just now. */
    private List<TimeRange> within(TimeRange kept, List<TimeRange> covered) {
      List<TimeRange> uncovered = new ArrayList<>(kept.minus(covered));
      uncovered.addAll(collected.fetched());
      return kept.minus(uncovered);
    }

    /**
     * Fetches what of a stretch nobody else has fetched meanwhile, or waits until those who are at
     * it have finished: then it must be looked at again.
     */
    private void fetch(TimeRange stretch, Instant settled) {
      flights
          .board(series, stretch, !(purpose instanceof Filling))
          .ifPresent(
              flight -> {
                try (flight;
                    var _ = locks.hold(series, stretch)) {
                  // What landed between the look and the start need not be fetched again.
                  for (TimeRange missing : missing(stretch, snapshot(stretch))) {
                    flight.urgency().run(() -> fetchAndStore(missing, settled));
                  }
                }
              });
    }

    private void fetchAndStore(TimeRange chunk, Instant settled) {
      LOG.debug("asking upstream for {} {}", series, chunk);
      BarAnswer answer = ask(purpose.upstream(), series, chunk, anew);
      Bars bars = answer.bars().slice(chunk);
      if (!(purpose instanceof Filling)) {
        collected.fetched(chunk, bars, answer);
      }
      strides.learn(chunk, bars.size());
      List<TimeRange> unsure = new ArrayList<>(answer.missing());
      answer
          .unsettled()
          .ifPresent(from -> unsure.add(TimeRange.of(from, Coverage.latest(from, chunk.end()))));
      if (!diskFails) {
        try {
          parts.write(series, chunk.minus(unsure), bars, settled, now);
          health.worked();
        } catch (PolygonException.StorageFailure e) {
          if (purpose instanceof Filling) {
            throw e;
          }
          health.failed(e);
        }
      }
      if (purpose instanceof Filling filling) {
        collected.counted(chunk, bars.size(), answer);
        filling.landed().accept(chunk);
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
      if (purpose instanceof Filling) {
        throw failure;
      }
      diskFails = true;
      health.failed(failure);
    }
  }

  private static BarAnswer ask(BarSource upstream, Series series, TimeRange range, boolean anew) {
    return upstream.bars(
        new BarRequest(series.ticker(), series.base(), range, Adjustment.NONE, null, !anew));
  }
}
