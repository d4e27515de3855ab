package com.alphaxiii.polygon;

import com.alphaxiii.polygon.TapePart.Series;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.ReplayRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.store.RecordedStretch;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The events of topics in one order: cached days by the vendor's times, recorded ones as they
 * arrived. A row group of each series is what memory holds. For one thread.
 */
final class Tape {
  /** Each holds some thousand events in memory. */
  static final int MOST_SERIES = 1_000;

  private record Placed(Series series, LocalDate day, boolean cached) {}

  private final ReplayArchive archive;
  private final ReplayRequest request;
  private final PriorityQueue<TapePart> parts = new PriorityQueue<>();
  private Set<Placed> laid = Set.of();

  /** Where the tape was when a series was last given up, Unix ns: all before has been played. */
  private final Map<Series, Long> left = new HashMap<>();

  /** The gaps told since the tape came to where it is. */
  private final Set<Gap> told = new HashSet<>();

  private long now;

  Tape(ReplayArchive archive, ReplayRequest request) {
    this.archive = archive;
    this.request = request;
    this.now = nanos(request.start());
  }

  static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }

  /** Where the tape is, Unix ns. */
  long now() {
    return now;
  }

  /**
   * Whether there is anything of a topic.
   *
   * @throws PolygonException.InvalidRequest when there is not, or it is too much
   */
  static void check(ReplayArchive archive, ReplayRequest request, Set<Topic> topics) {
    for (Topic topic : topics) {
      if (find(archive, request, Set.of(topic)).isEmpty()) {
        throw new PolygonException.InvalidRequest(
            "topic",
            topic.toString(),
            "nothing of %s is recorded%s between %s and %s: record it, or fetch the day with polygon import, ticks or backfill"
                .formatted(
                    topic,
                    request.origin() == ReplayRequest.Origin.ANY ? " or cached as a whole day" : "",
                    request.start(),
                    request.end()));
      }
    }
    int series = find(archive, request, topics).size();
    if (series > MOST_SERIES) {
      throw new PolygonException.InvalidRequest(
          "topic",
          null,
          "%d days of symbols and channels are more than a replay plays at a time (%d): name fewer symbols"
              .formatted(series, MOST_SERIES));
    }
  }

  private static Set<Placed> find(ReplayArchive archive, ReplayRequest request, Set<Topic> topics) {
    Set<Placed> found = new HashSet<>();
    for (Topic topic : topics) {
      ZoneId zone = topic.market().zone();
      LocalDate last = LocalDate.ofInstant(request.end().minusNanos(1), zone);
      for (LocalDate day = LocalDate.ofInstant(request.start(), zone);
          !day.isAfter(last);
          day = day.plusDays(1)) {
        for (Ticker ticker : archive.tickers(topic, day, request.origin())) {
          boolean cached = archive.isCached(ticker, topic.channel(), day, request.origin());
          if (cached || archive.recordings().holds(ticker, topic.channel(), day)) {
            found.add(new Placed(new Series(ticker, topic.channel()), day, cached));
          }
        }
      }
    }
    return found;
  }

  /** From here on these topics, without a break for those that were played before. */
  void play(Set<Topic> topics) {
    Set<Placed> wanted = find(archive, request, topics);
    Set<Series> series = wanted.stream().map(Placed::series).collect(Collectors.toSet());
    laid.stream()
        .map(Placed::series)
        .filter(each -> !series.contains(each))
        .forEach(each -> left.put(each, now));
    parts.removeIf(
        part ->
            part instanceof TapePart.Gaps
                || (part instanceof TapePart.Cached cached && !series.contains(cached.series())));
    List<Placed> added = new ArrayList<>(wanted);
    added.removeAll(laid);
    added.sort(
        Comparator.comparing((Placed placed) -> placed.day())
            .thenComparing(placed -> placed.series().channel())
            .thenComparing(placed -> placed.series().ticker()));
    // Parts that change are taken out, since their place may change with them.
    List<TapePart.Arrivals> arrivals = new ArrayList<>();
    for (TapePart part : parts) {
      if (part instanceof TapePart.Arrivals day) {
        arrivals.add(day);
      }
    }
    parts.removeAll(arrivals);
    arrivals.removeIf(day -> !day.retain(series::contains));
    added.forEach(placed -> lay(placed, arrivals));
    parts.addAll(arrivals);
    laid = wanted;
    List<Gap> gaps = gaps(wanted);
    if (!gaps.isEmpty()) {
      parts.add(new TapePart.Gaps(gaps));
    }
  }

  private void lay(Placed placed, List<TapePart.Arrivals> arrivals) {
    boolean played = left.getOrDefault(placed.series(), Long.MIN_VALUE) == now;
    Instant from = TapePart.instant(played ? now + 1 : now);
    TimeRange day = ReplayArchive.day(placed.series().ticker(), placed.day());
    if (!from.isBefore(day.end())
        || !from.isBefore(request.end())
        || !day.start().isBefore(request.end())) {
      return;
    }
    TimeRange range =
        TimeRange.of(
            from.isAfter(day.start()) ? from : day.start(),
            day.end().isBefore(request.end()) ? day.end() : request.end());
    if (placed.cached()) {
      parts.add(new TapePart.Cached(archive, placed.series(), range, request.end()));
      return;
    }
    TapePart.Arrivals own =
        arrivals.stream()
            .filter(each -> each.day().equals(placed.day()))
            .findFirst()
            .orElseGet(
                () -> {
                  TapePart.Arrivals begun =
                      new TapePart.Arrivals(
                          archive, placed.day(), nanos(range.start()), nanos(request.end()));
                  arrivals.add(begun);
                  return begun;
                });
    own.add(placed.series(), nanos(range.start()));
  }

  /** Gaps and losses of what is played from recordings, from here on. */
  private List<Gap> gaps(Set<Placed> wanted) {
    Set<Series> recorded = new HashSet<>();
    wanted.stream().filter(placed -> !placed.cached()).forEach(p -> recorded.add(p.series()));
    if (recorded.isEmpty()) {
      return List.of();
    }
    long end = nanos(request.end());
    List<Gap> gaps = new ArrayList<>();
    for (RecordedStretch stretch : archive.recordings().coverage()) {
      boolean told = stretch.kind() == RecordedStretch.Kind.GAP;
      long from = told ? stretch.firstEvent() : stretch.from();
      long to = told ? stretch.lastEvent() : stretch.to();
      if (stretch.kind() == RecordedStretch.Kind.RECORDED || to < now || to >= end) {
        continue;
      }
      Set<Topic> topics = new HashSet<>();
      for (Series series : recorded) {
        Topic topic = Topic.of(series.channel(), series.ticker());
        if (stretch.topic().isEmpty()
            || stretch.topic().equals(topic.toString())
            || stretch.topic().equals(topic.whole().toString())) {
          topics.add(topic);
        }
      }
      if (!topics.isEmpty()) {
        gaps.add(new Gap(topics, TapePart.instant(from), TapePart.instant(to)));
      }
    }
    gaps.removeAll(told);
    gaps.sort(Comparator.comparing(Gap::to));
    return gaps;
  }

  /** The time of the next event, Unix ns; empty at the end. */
  @Nullable Long peek() {
    while (true) {
      TapePart first = parts.peek();
      if (first == null) {
        return null;
      }
      if (first.isOpen()) {
        return Math.max(now, first.time());
      }
      parts.remove();
      if (first.advance()) {
        parts.add(first);
      }
    }
  }

  /** The next event, of which {@link #peek} has told. */
  MarketEvent next() {
    TapePart first = parts.remove();
    MarketEvent event = first.event();
    if (first.time() > now) {
      now = first.time();
      told.clear();
    }
    if (event instanceof Gap gap) {
      told.add(gap);
    }
    if (first.advance()) {
      parts.add(first);
    }
    return event;
  }

  /** Goes elsewhere; {@link #play} lays it out anew. */
  void seek(long to) {
    parts.clear();
    laid = Set.of();
    left.clear();
    told.clear();
    now = to;
  }
}
