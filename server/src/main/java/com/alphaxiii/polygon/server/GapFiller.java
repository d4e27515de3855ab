package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.CallerName;
import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what the stream missed and brings it to all whom the gap was told, once for all of them,
 * while live events go on. Several gaps at a time, so that one whose history is refused for a while
 * does not hold up the others; the feed's thread never waits here.
 */
final class GapFiller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GapFiller.class);

  /** On whose behalf the budget is used. */
  private static final String CALLER = "gap filling";

  /** Gaps that may wait; one more, and the one that would come last is given up. */
  private static final int MOST_WAITING = 1_000;

  /** Gaps filled at the same time. */
  private static final int MOST_FILLED = 16;

  /** Topics of a gap asked for at the same time. */
  private static final int AT_ONCE = 4;

  /** History may not have everything at once; so often it is asked again for what is missing. */
  private static final int MOST_LAGS = 3;

  /** What is refused for a while is asked for again, for five minutes in all. */
  private static final int MOST_ATTEMPTS = 10;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** So long after a gap was filled events may still come that were sent already. */
  private static final long AFTERMATH_SECONDS = 30;

  private final EventHistory history;
  private final Function<Topic, List<TickerEvent>> busiest;
  private final GapLimits limits;
  private final Duration calm;
  private final InstantSource clock;
  private final Executor workers;
  private final HubCounters counters;
  private final CountDownLatch closing = new CountDownLatch(1);

  private final Deque<Job> waiting = new ArrayDeque<>();
  private int working;

  /** By the ordinal of the channel, then by symbol. */
  private final List<Map<String, Seam>> seams = new ArrayList<>();

  private record Job(GapFill fill, Collection<Shard> shards) {}

  /** What is left to do of a gap. */
  private static final class State {
    final Set<Topic> left;
    final Map<Topic, Integer> lags = new HashMap<>();
    int events;

    State(GapFill fill, int events) {
      left = new LinkedHashSet<>(fill.seams().keySet());
      this.events = events;
    }
  }

  /**
   * A filler without a gap.
   *
   * @param busiest the last event of each ticker of a channel, the busiest first
   */
  GapFiller(
      EventHistory history,
      Function<Topic, List<TickerEvent>> busiest,
      Recovery recovery,
      InstantSource clock,
      Executor workers,
      HubCounters counters) {
    this.history = history;
    this.busiest = busiest;
    this.limits = recovery.limits();
    this.calm = recovery.calm();
    this.clock = clock;
    this.workers = workers;
    this.counters = counters;
    for (int i = 0; i < Channel.values().length; i++) {
      seams.add(new ConcurrentHashMap<>());
    }
  }

  /**
   * Notes a live event; true when it was sent as a part of a gap already. From the feed's thread.
   */
  boolean repeats(TickerEvent event) {
    Map<String, Seam> ofChannel = seams.get(event.channel().ordinal());
    if (ofChannel.isEmpty()) {
      return false;
    }
    Seam seam = ofChannel.get(event.symbol());
    return seam != null && seam.repeats(event);
  }

  /** Sees to a gap that the shards have been told of. From the feed's thread. */
  void take(Gap gap, Collection<Shard> shards) {
    GapFill fill = GapFill.plan(gap, limits, busiest, this::begin);
    fill.hopeless().forEach(outcome -> tell(shards, gap, outcome));
    if (fill.seams().isEmpty()) {
      finish(shards, gap);
      return;
    }
    Job surplus;
    boolean begin;
    synchronized (this) {
      Job job = new Job(fill, shards);
      if (limits.newestFirst()) {
        waiting.addFirst(job);
      } else {
        waiting.addLast(job);
      }
      surplus = waiting.size() > MOST_WAITING ? waiting.removeLast() : null;
      begin = working < MOST_FILLED;
      working += begin ? 1 : 0;
    }
    if (surplus != null) {
      giveUp(
          surplus,
          surplus.fill().seams().keySet(),
          "more than %d gaps wait to be filled".formatted(MOST_WAITING));
      end(surplus);
    }
    if (begin) {
      workers.execute(() -> CallerName.call(CALLER, this::work));
    }
  }

  /** The seam of a topic, begun while nobody can take it away. */
  private Seam begin(Topic topic, Instant to) {
    return seams
        .get(topic.channel().ordinal())
        .compute(
            topic.symbol(),
            (symbol, before) -> {
              Seam seam = before == null ? new Seam() : before;
              seam.begin(to);
              return seam;
            });
  }

  private boolean work() {
    try {
      for (Job job = next(); job != null; job = next()) {
        fill(job);
        end(job);
      }
    } catch (InterruptedException e) {
      // The server is closing, and with it everybody who could be told.
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private synchronized @org.jspecify.annotations.Nullable Job next() {
    Job job = closing.getCount() == 0 ? null : waiting.pollFirst();
    working -= job == null ? 1 : 0;
    return job;
  }

  private void fill(Job job) throws InterruptedException {
    State state = new State(job.fill(), limits.events());
    Duration wait = calm;
    for (int attempt = 1; !state.left.isEmpty(); attempt++) {
      if (closing.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new InterruptedException("the server is closing");
      }
      try {
        wait = round(job, state, attempt);
      } catch (RuntimeException e) {
        LOG.error("A gap of {} cannot be filled", state.left, e);
        giveUp(job, state.left, "an error in this server, told in its log");
        return;
      }
    }
  }

  /** Asks for what is left; how long to wait before it is asked again. */
  private Duration round(Job job, State state, int attempt) throws InterruptedException {
    List<TickerEvent> events = new ArrayList<>();
    Map<Instant, Map<Topic, Integer>> filled = new LinkedHashMap<>();
    List<Topic> topics = List.copyOf(state.left);
    Duration wait = calm;
    for (int from = 0; from < topics.size(); from += AT_ONCE) {
      List<Topic> some = topics.subList(from, Math.min(topics.size(), from + AT_ONCE));
      if (state.events == 0) {
        giveUp(job, state.left, spent());
        state.left.clear();
        break;
      }
      Fetch fetch = new Fetch(history, job.fill(), limits.newestFirst(), state.events, workers);
      for (Map.Entry<Topic, Fetch.Result> entry : fetch.all(some, CALLER).entrySet()) {
        Topic topic = entry.getKey();
        switch (entry.getValue()) {
          case Fetch.Found found when lags(job, state, topic, found) -> {}
          case Fetch.Found found -> {
            state.left.remove(topic);
            List<TickerEvent> missing = missing(job, state, topic, found);
            events.addAll(missing);
            filled
                .computeIfAbsent(start(job, found), s -> new HashMap<>())
                .put(topic, missing.size());
          }
          case Fetch.Failed(PolygonException e) when e.retryable() && attempt < MOST_ATTEMPTS ->
              wait = longer(wait, e, attempt);
          case Fetch.Failed(PolygonException e) -> {
            state.left.remove(topic);
            giveUp(job, Set.of(topic), String.valueOf(e.getMessage()));
          }
        }
      }
    }
    send(job, events);
    filled.forEach(
        (start, counts) ->
            tell(
                job.shards(),
                job.fill().gap(),
                new GapOutcome.Filled(counts, start, job.fill().to())));
    return wait;
  }

  /** Twice as long with each attempt, or as long as is asked for where that is longer. */
  private static Duration longer(Duration before, PolygonException e, int attempt) {
    Duration own = Duration.ofSeconds(1L << attempt);
    Duration wait = own.compareTo(before) > 0 ? own : before;
    Duration asked =
        e instanceof PolygonException.RateLimited limited
            ? limited.retryAfter().orElse(wait)
            : wait;
    Duration longest = asked.compareTo(wait) > 0 ? asked : wait;
    return longest.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longest;
  }

  private static boolean lags(Job job, State state, Topic topic, Fetch.Found found) {
    Seam seam = job.fill().seams().get(topic);
    return seam != null
        && found.piece().whole()
        && seam.lags(found.piece().events(), job.fill().from(), job.fill().to())
        && state.lags.merge(topic, 1, Integer::sum) <= MOST_LAGS;
  }

  /** What of a topic's history has not been sent, within what may still be sent of this gap. */
  private List<TickerEvent> missing(Job job, State state, Topic topic, Fetch.Found found) {
    Seam seam = java.util.Objects.requireNonNull(job.fill().seams().get(topic));
    List<TickerEvent> events =
        List.copyOf(Seam.after(found.piece().events(), job.fill().last(topic)));
    boolean whole = found.piece().whole();
    if (events.size() > state.events) {
      whole = false;
      events =
          limits.newestFirst()
              ? events.subList(events.size() - state.events, events.size())
              : events.subList(0, state.events);
    }
    state.events -= events.size();
    if (!whole) {
      GapFill fill = job.fill();
      Instant edge =
          events.isEmpty()
              ? fill.to()
              : instant((limits.newestFirst() ? events.getFirst() : events.getLast()).time());
      tell(
          job.shards(),
          fill.gap(),
          new GapOutcome.Unfilled(
              Set.of(topic),
              limits.newestFirst() ? fill.from() : edge,
              limits.newestFirst() ? edge : fill.to(),
              spent()));
    }
    return seam.missing(events);
  }

  private String spent() {
    return "of a gap at most %d events are sent; GAP_FILL_EVENTS sets how many"
        .formatted(limits.events());
  }

  /** From when on a topic has been filled. */
  private Instant start(Job job, Fetch.Found found) {
    return found.piece().whole() || !limits.newestFirst() || found.piece().events().isEmpty()
        ? job.fill().from()
        : instant(found.piece().events().getFirst().time());
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  private void send(Job job, List<TickerEvent> events) throws InterruptedException {
    events.sort(Comparator.comparingLong(TickerEvent::time));
    counters.backfill(events.size());
    Gap gap = job.fill().gap();
    new Courier(Dialect.OWN.encoder(clock), closing, Courier.SHORT_WAITS)
        .bring(
            job.shards(),
            events,
            Marks.BACKFILLED,
            (shard, part, frames) -> {
              double[] fullest = {0};
              shard.forEach(
                  member -> fullest[0] = Math.max(fullest[0], member.backfill(gap, part, frames)));
              return fullest[0];
            });
  }

  private static void giveUp(Job job, Set<Topic> topics, String reason) {
    GapFill fill = job.fill();
    tell(
        job.shards(),
        fill.gap(),
        new GapOutcome.Unfilled(new HashSet<>(topics), fill.from(), fill.to(), reason));
  }

  private static void tell(Collection<Shard> shards, Gap gap, GapOutcome outcome) {
    shards.forEach(
        shard ->
            shard.run(
                () ->
                    shard.forEach(
                        member -> {
                          member.tell(gap, outcome);
                          member.flush();
                        })));
  }

  /** Nothing more is said of a gap. */
  private static void finish(Collection<Shard> shards, Gap gap) {
    shards.forEach(shard -> shard.run(() -> shard.forEach(member -> member.forget(gap))));
  }

  private void end(Job job) {
    finish(job.shards(), job.fill().gap());
    workers.execute(
        () -> {
          try {
            if (!closing.await(AFTERMATH_SECONDS, TimeUnit.SECONDS)) {
              job.fill().seams().forEach(this::leave);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void leave(Topic topic, Seam seam) {
    seams
        .get(topic.channel().ordinal())
        .computeIfPresent(topic.symbol(), (symbol, same) -> seam.end() ? null : same);
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
