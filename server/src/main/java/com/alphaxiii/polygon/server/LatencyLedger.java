package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.TickerEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * When each event happened, came and went: the vendor's time, that of its arrival at the hub, and
 * that of its being written to the clients of a loop, by market and channel. Two parts of the way
 * are counted: from the vendor to here, and from here to the clients. The first compares two
 * machines' clocks, the second is of one.
 */
final class LatencyLedger {
  /** Upper bounds of what is told of the way from the vendor, ns. */
  static final long[] UPSTREAM_BOUNDS =
      LatencyHistogram.bounds(
          1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 60_000, 600_000,
          1_200_000);

  /** Upper bounds of what is told of the way through the hub, ns. */
  static final long[] HUB_BOUNDS =
      LatencyHistogram.bounds(
          0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 10_000);

  private static final Market[] MARKETS = Market.values();
  private static final Channel[] CHANNELS = Channel.values();
  private static final int SERIES = MARKETS.length * CHANNELS.length;

  /** So often the machine's clock is looked at, and not only its ticks counted. */
  private static final long CLOCK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final InstantSource clock;
  private final NanoClock nanos;
  private final long origin;
  private final Row arrivals = new Row(UPSTREAM_BOUNDS);
  private final List<Departures> departures = new CopyOnWriteArrayList<>();
  private final MarketPulse[] pulses = new MarketPulse[MARKETS.length];

  // Below: the feed thread's own.
  private long clockAt;
  private long wallOffset;

  /** A ledger without entries. */
  LatencyLedger(InstantSource clock, NanoClock nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.origin = nanos.nanoTime();
    for (Market market : MARKETS) {
      pulses[market.ordinal()] = new MarketPulse();
    }
    lookAtClock(0);
  }

  /** A histogram for each market and channel of which there was anything. */
  private static final class Row {
    private final long[] bounds;
    private final AtomicReferenceArray<@Nullable LatencyHistogram> histograms =
        new AtomicReferenceArray<>(SERIES);

    Row(long[] bounds) {
      this.bounds = bounds;
    }

    /** By the row's one writer. */
    void record(int series, long took, long elapsed) {
      LatencyHistogram histogram = histograms.getPlain(series);
      if (histogram == null) {
        histogram = new LatencyHistogram(bounds);
        histograms.set(series, histogram);
      }
      histogram.record(took, elapsed);
    }

    @Nullable LatencyHistogram of(int series) {
      return histograms.get(series);
    }
  }

  /** What one loop is about to write, in one thread. */
  final class Departures {
    private static final int USUAL = 1_024;

    private final Row row = new Row(HUB_BOUNDS);
    private int[] series = new int[USUAL];
    private long[] arrived = new long[USUAL];
    private int count;

    private Departures() {}

    /** An event waits for the next {@link #leave}. */
    void add(int seriesOf, long arrival) {
      if (count == series.length) {
        series = Arrays.copyOf(series, 2 * count);
        arrived = Arrays.copyOf(arrived, 2 * count);
      }
      series[count] = seriesOf;
      arrived[count++] = arrival;
    }

    /** All that waits has just been written, to the last client of the loop. */
    void leave() {
      if (count == 0) {
        return;
      }
      long now = elapsed();
      for (int i = 0; i < count; i++) {
        row.record(series[i], now - arrived[i], now);
      }
      count = 0;
    }
  }

  /** The departures of one more loop. */
  Departures departures() {
    Departures added = new Departures();
    departures.add(added);
    return added;
  }

  private long elapsed() {
    return nanos.nanoTime() - origin;
  }

  /** Where events of a market and channel are counted. */
  static int series(Market market, Channel channel) {
    return market.ordinal() * CHANNELS.length + channel.ordinal();
  }

  /**
   * An event has come; on the feed's thread.
   *
   * @return when, in ns since the ledger began
   */
  long arrive(TickerEvent event, Market market) {
    long now = elapsed();
    if (now - clockAt >= CLOCK_NANOS) {
      lookAtClock(now);
    }
    long wall = now + wallOffset;
    long took = wall - event.time();
    arrivals.record(series(market, event.channel()), took, now);
    pulses[market.ordinal()].beat(wall, took);
    return now;
  }

  private void lookAtClock(long elapsed) {
    Instant now = clock.instant();
    clockAt = elapsed;
    wallOffset = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - elapsed;
  }

  /** Clients want these markets now, and no others. */
  void want(Set<Market> wanted) {
    Instant now = clock.instant();
    for (Market market : MARKETS) {
      pulses[market.ordinal()].want(wanted.contains(market), now);
    }
  }

  /** What was heard of a market. */
  MarketPulse pulse(Market market) {
    return pulses[market.ordinal()];
  }

  /**
   * What is known of a market's channel.
   *
   * @param hub nothing where nobody received any of it
   */
  record Entry(
      Market market,
      Channel channel,
      LatencyHistogram.Totals upstreamTotals,
      LatencyHistogram.Recent upstream,
      LatencyHistogram.Totals hubTotals,
      LatencyHistogram.Recent hub) {}

  /** All of which there was anything, by market and channel. */
  List<Entry> entries() {
    long now = elapsed();
    List<Entry> all = new ArrayList<>();
    for (Market market : MARKETS) {
      for (Channel channel : CHANNELS) {
        LatencyHistogram arrived = arrivals.of(series(market, channel));
        if (arrived != null) {
          all.add(entry(market, channel, arrived, now));
        }
      }
    }
    return all;
  }

  private Entry entry(Market market, Channel channel, LatencyHistogram arrived, long now) {
    Entry entry =
        new Entry(
            market,
            channel,
            new LatencyHistogram.Totals(UPSTREAM_BOUNDS.length),
            new LatencyHistogram.Recent(),
            new LatencyHistogram.Totals(HUB_BOUNDS.length),
            new LatencyHistogram.Recent());
    entry.upstreamTotals().add(arrived);
    entry.upstream().add(arrived, now);
    for (Departures each : departures) {
      LatencyHistogram left = each.row.of(series(market, channel));
      if (left != null) {
        entry.hubTotals().add(left);
        entry.hub().add(left, now);
      }
    }
    return entry;
  }
}
