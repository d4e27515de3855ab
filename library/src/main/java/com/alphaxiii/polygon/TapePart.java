package com.alphaxiii.polygon;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.store.Recorded;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A part of a tape whose events follow each other in an order of their own. It is laid out by the
 * latest of their times so far, and opened when the tape comes to its first possible one.
 */
abstract class TapePart implements Comparable<TapePart> {
  private static final Comparator<TapePart> ORDER =
      Comparator.comparingLong(TapePart::time).thenComparing(part -> part.name);

  /** What is played. */
  record Series(Ticker ticker, Channel channel) {}

  private final String name;
  private long time;
  private boolean opened;
  private @Nullable MarketEvent next;

  /**
   * Reads nothing yet.
   *
   * @param name decides between parts at the same time
   * @param earliest Unix ns, not after its first event
   */
  TapePart(String name, long earliest) {
    this.name = name;
    this.time = earliest;
  }

  /** The next event with its time in Unix ns, told to {@link #at}; null at the end. */
  abstract @Nullable MarketEvent read();

  final void at(long eventTime) {
    time = Math.max(time, eventTime);
  }

  final long time() {
    return time;
  }

  /** Its first event may come as early as this, Unix ns; it must not be in its place meanwhile. */
  final void mayBegin(long earliest) {
    if (!opened) {
      time = Math.min(time, earliest);
    }
  }

  /**
   * Drops what was read ahead when it is not wanted any more; false when nothing else comes. It
   * must not be in its place meanwhile.
   */
  final boolean keepAhead(Predicate<MarketEvent> wanted) {
    MarketEvent ahead = next;
    return ahead == null || wanted.test(ahead) || advance();
  }

  final boolean isOpen() {
    return opened;
  }

  /** Goes to the next event; false at the end. */
  final boolean advance() {
    opened = true;
    next = read();
    return next != null;
  }

  final MarketEvent event() {
    MarketEvent event = next;
    if (event == null) {
      throw new NoSuchElementException(name + " has ended");
    }
    return event;
  }

  @Override
  public final int compareTo(TapePart other) {
    return ORDER.compare(this, other);
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public final int hashCode() {
    return System.identityHashCode(this);
  }

  /** A cached day of a ticker and channel. */
  static final class Cached extends TapePart {
    private final ReplayArchive archive;
    private final Series series;
    private final TimeRange range;
    private final Instant until;
    private @Nullable Iterator<? extends TickerEvent> events;

    Cached(ReplayArchive archive, Series series, TimeRange range, Instant until) {
      super(
          "2 %02d %s".formatted(series.channel().ordinal(), series.ticker()),
          Tape.nanos(range.start()));
      this.archive = archive;
      this.series = series;
      this.range = range;
      this.until = until;
    }

    Series series() {
      return series;
    }

    @Override
    @Nullable MarketEvent read() {
      Iterator<? extends TickerEvent> open = events;
      if (open == null) {
        open = archive.cached(series.ticker(), series.channel(), range, until);
        events = open;
      }
      if (!open.hasNext()) {
        return null;
      }
      TickerEvent event = open.next();
      at(event.time());
      return event;
    }
  }

  /** All recorded series of a day, in the order in which their events arrived. */
  static final class Arrivals extends TapePart {
    private final ReplayArchive archive;
    private final LocalDate day;
    private final long end;
    private final Map<Series, Long> wanted = new HashMap<>();
    private final PriorityQueue<Head> heads = new PriorityQueue<>();
    private boolean begun;

    Arrivals(ReplayArchive archive, LocalDate day, long earliest, long end) {
      super("1 " + day, earliest);
      this.archive = archive;
      this.day = day;
      this.end = end;
    }

    LocalDate day() {
      return day;
    }

    /** Adds a series, from a time on in Unix ns. */
    void add(Series series, long from) {
      wanted.put(series, from);
      mayBegin(from);
      if (begun) {
        open(series, from);
      }
    }

    /** Takes series away; false when nothing is left that was begun with. */
    boolean retain(Predicate<Series> kept) {
      wanted.keySet().removeIf(kept.negate());
      heads.removeIf(head -> !kept.test(head.series));
      return keepAhead(
          event ->
              event instanceof TickerEvent data
                  && kept.test(new Series(data.ticker(), data.channel())));
    }

    private void open(Series series, long from) {
      Iterator<Recorded<? extends TickerEvent>> events =
          archive.recordings().events(series.ticker(), series.channel(), day, from);
      put(new Head(series, events, time -> time < end));
    }

    private void put(Head head) {
      if (head.advance()) {
        heads.add(head);
      }
    }

    @Override
    @Nullable MarketEvent read() {
      if (!begun) {
        begun = true;
        wanted.forEach(this::open);
      }
      Head least = heads.poll();
      if (least == null) {
        return null;
      }
      TickerEvent event = least.recorded().event();
      put(least);
      at(event.time());
      return event;
    }

    private static final class Head implements Comparable<Head> {
      private static final Comparator<Head> ORDER =
          Comparator.comparing((Head head) -> head.recorded().session())
              .thenComparingLong(head -> head.recorded().arrival());

      private final Series series;
      private final Iterator<Recorded<? extends TickerEvent>> events;
      private final LongPredicate played;
      private @Nullable Recorded<? extends TickerEvent> next;

      Head(Series series, Iterator<Recorded<? extends TickerEvent>> events, LongPredicate played) {
        this.series = series;
        this.events = events;
        this.played = played;
      }

      boolean advance() {
        next = null;
        while (next == null && events.hasNext()) {
          Recorded<? extends TickerEvent> candidate = events.next();
          next = played.test(candidate.event().time()) ? candidate : null;
        }
        return next != null;
      }

      Recorded<? extends TickerEvent> recorded() {
        Recorded<? extends TickerEvent> recorded = next;
        if (recorded == null) {
          throw new NoSuchElementException("a recorded series has ended");
        }
        return recorded;
      }

      @Override
      public int compareTo(Head other) {
        return ORDER.compare(this, other);
      }

      @Override
      public boolean equals(@Nullable Object other) {
        return this == other;
      }

      @Override
      public int hashCode() {
        return System.identityHashCode(this);
      }
    }
  }

  /** What is missing in the recordings, told where it ends. */
  static final class Gaps extends TapePart {
    private final Iterator<Gap> gaps;

    /**
     * @param gaps in the order of their ends
     */
    Gaps(List<Gap> gaps) {
      super("0", gaps.isEmpty() ? Long.MAX_VALUE : Tape.nanos(gaps.getFirst().to()));
      this.gaps = gaps.iterator();
    }

    @Override
    @Nullable MarketEvent read() {
      if (!gaps.hasNext()) {
        return null;
      }
      Gap gap = gaps.next();
      at(Tape.nanos(gap.to()));
      return gap;
    }
  }

  /** An instant of Unix ns. */
  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }
}
