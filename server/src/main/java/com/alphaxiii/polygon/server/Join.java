package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One client's way from history to live, for topics that it asked for with {@code since}. Live
 * events are held here from before the history is asked for; history is sent, and asked for again,
 * until it holds the first of them, and then they follow, without those that history brought.
 *
 * <p>What cannot be held any more, and what falls into a gap of the feed, is thrown away and left
 * to history, which then has to come further. For the feed's thread and one worker.
 */
final class Join {
  private static final int MOST_HELD = 65_536;

  /** How long after it was asked for a topic counts as live although nothing has come of it. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** The vendor's time by which live events of a topic may be out of order, ns. */
  private static final long DISORDER = TimeUnit.SECONDS.toNanos(1);

  private final Subscriber subscriber;
  private final Predicate<Market> connected;

  /** By the channel's code and the symbol, as {@link Topic#toString} writes them. */
  private final Map<String, Progress> topics = new HashMap<>();

  private final Deque<TickerEvent> held = new ArrayDeque<>();
  private boolean through;

  /** How far a topic has come. */
  private static final class Progress {
    final Topic topic;

    /** What the client has, from whichever side. */
    final Sightings sent = new Sightings();

    /** What has come live. */
    final Sightings taken = new Sightings();

    Instant position;
    int count;
    boolean joined;

    /** The time of the last event of history, Unix ns. */
    long last = Long.MIN_VALUE;

    /** Live events have come past history. */
    boolean past;

    /** When it was asked of the feed, or was last lost there; by the monotonic clock, ns. */
    long liveSince;

    Progress(Topic topic, Instant position, long liveSince) {
      this.topic = topic;
      this.position = position;
      this.liveSince = liveSince;
    }
  }

  /**
   * A join of topics from a time on.
   *
   * @param live topics that the feed delivers already
   * @param connected whether the connection to a market works, or never will; while it does
   *     neither, a topic of which nothing comes is not live
   */
  Join(
      Subscriber subscriber,
      Collection<Topic> topics,
      Predicate<Topic> live,
      Predicate<Market> connected,
      Instant since) {
    this.subscriber = subscriber;
    this.connected = connected;
    for (Topic topic : topics) {
      long liveSince = live.test(topic) ? now() - PATIENCE_NANOS : now();
      this.topics.put(topic.toString(), new Progress(topic, since, liveSince));
    }
  }

  /** The monotonic clock, ns. */
  long now() {
    return subscriber.shard().loop().ticker().nanoTime();
  }

  Subscriber subscriber() {
    return subscriber;
  }

  /** Topics that have not been given up. */
  synchronized Set<Topic> topics() {
    return Set.copyOf(topics.values().stream().map(progress -> progress.topic).toList());
  }

  /** The client does not want these topics any more. */
  synchronized void drop(Collection<Topic> given) {
    for (Topic topic : given) {
      if (topics.remove(topic.toString()) != null) {
        forget(topic);
      }
    }
  }

  private @Nullable Progress of(TickerEvent event) {
    return topics.get(event.channel().code() + "." + event.symbol());
  }

  private static boolean isOf(TickerEvent event, Topic topic) {
    return event.channel() == topic.channel() && event.symbol().equals(topic.symbol());
  }

  private void forget(Topic topic) {
    held.removeIf(event -> isOf(event, topic));
  }

  /** Holds a live event, if it is wanted. From the feed's thread. */
  synchronized void live(TickerEvent event) {
    if (of(event) == null) {
      return;
    }
    if (through) {
      subscriber
          .shard()
          .next(
              () -> {
                subscriber.live(event);
                subscriber.flush();
              });
      return;
    }
    held.addLast(event);
    if (held.size() > MOST_HELD) {
      giveUp(held.removeFirst());
    }
  }

  /** What history has brought already may be forgotten; anything else it has to bring yet. */
  private void giveUp(TickerEvent event) {
    Progress progress = of(event);
    if (progress == null) {
      return;
    }
    EventMark mark = EventMark.of(event);
    if (progress.sent.count(mark) > progress.taken.count(mark)) {
      progress.taken.add(mark);
    } else {
      progress.joined = false;
    }
  }

  /** What was held before a gap is of no use without what is in it. From the feed's thread. */
  synchronized void lose(Gap gap) {
    for (Progress progress : topics.values()) {
      Topic topic = progress.topic;
      if (gap.topics().contains(topic) || gap.topics().contains(topic.whole())) {
        forget(topic);
        progress.joined = false;
        progress.liveSince = now();
      }
    }
  }

  /** Topics whose history has not come to where live began. */
  synchronized List<Topic> apart() {
    return topics.values().stream().filter(p -> !p.joined).map(p -> p.topic).toList();
  }

  /** From when on a topic's history is to be asked for; null when it has been given up. */
  synchronized @Nullable Instant position(Topic topic) {
    Progress progress = topics.get(topic.toString());
    return progress == null ? null : progress.position;
  }

  /** The first live event that is held of a topic; null when there is none. */
  synchronized @Nullable TickerEvent first(Topic topic) {
    return held.stream().filter(event -> isOf(event, topic)).findFirst().orElse(null);
  }

  /**
   * Those of a topic's history that have not been sent, which now is to be done.
   *
   * @param asked when history was asked for, by the monotonic clock
   */
  synchronized List<TickerEvent> accept(Topic topic, List<TickerEvent> history, long asked) {
    Progress progress = topics.get(topic.toString());
    if (progress == null) {
      return List.of();
    }
    Sightings here = new Sightings();
    List<TickerEvent> more = new ArrayList<>();
    for (TickerEvent event : history) {
      EventMark mark = EventMark.of(event);
      if (here.add(mark) > progress.sent.count(mark)) {
        progress.sent.add(mark);
        more.add(event);
      }
    }
    if (!history.isEmpty()) {
      long last = history.getLast().time();
      progress.last = Math.max(progress.last, last);
      progress.position =
          Instant.ofEpochSecond(
              Math.floorDiv(last, 1_000_000_000L), Math.floorMod(last, 1_000_000_000L));
    }
    progress.count += more.size();
    TickerEvent first = first(topic);
    progress.joined =
        first == null ? isQuiet(progress, asked) : progress.sent.count(EventMark.of(first)) > 0;
    return more;
  }

  /** Whether history may be asked for with a prospect of coming to where live began. */
  synchronized boolean isReady(Topic topic) {
    Progress progress = topics.get(topic.toString());
    return progress == null || first(topic) != null || isQuiet(progress, now());
  }

  /** Whether nothing has come of a topic although it was live for long enough. */
  private boolean isQuiet(Progress progress, long at) {
    if (!connected.test(progress.topic.market())) {
      progress.liveSince = now();
    }
    return at - progress.liveSince >= PATIENCE_NANOS;
  }

  /** A topic goes live without the rest of its history. */
  synchronized void settle(Topic topic) {
    Progress progress = topics.get(topic.toString());
    if (progress != null) {
      progress.joined = true;
    }
  }

  /** All topics go live without the rest of their history. */
  synchronized void settle() {
    topics.values().forEach(progress -> progress.joined = true);
  }

  /** How many events of history were sent, by topic. */
  synchronized Map<Topic, Integer> counts() {
    Map<Topic, Integer> counts = new HashMap<>();
    topics.values().forEach(progress -> counts.put(progress.topic, progress.count));
    return counts;
  }

  /**
   * The next of the held events, without those that history brought; none while history has not
   * come to where they begin, and in the end.
   */
  synchronized List<TickerEvent> take(int most) {
    List<TickerEvent> next = new ArrayList<>();
    while (next.size() < most && !held.isEmpty() && apart().isEmpty()) {
      TickerEvent event = held.removeFirst();
      Progress progress = of(event);
      if (progress != null) {
        EventMark mark = EventMark.of(event);
        if (progress.taken.add(mark) > progress.sent.count(mark)) {
          progress.sent.add(mark);
          next.add(event);
        }
      }
    }
    return next;
  }

  /**
   * Lets everything through from now on: hands out the rest, after which live events go their way
   * at once. False, and nothing happens, when something was lost meanwhile that history must bring.
   */
  synchronized boolean open(Consumer<TickerEvent> direct) {
    if (!apart().isEmpty()) {
      return false;
    }
    take(Integer.MAX_VALUE).forEach(direct);
    through = true;
    return true;
  }

  /**
   * Whether the client has an event already that comes after all was opened: history may have been
   * ahead of the stream. On the client's loop.
   */
  synchronized boolean repeats(TickerEvent event) {
    Progress progress = of(event);
    if (progress == null || progress.past) {
      return false;
    }
    EventMark mark = EventMark.of(event);
    if (progress.sent.count(mark) > progress.taken.count(mark)) {
      progress.taken.add(mark);
      return true;
    }
    progress.past = event.time() - DISORDER > progress.last;
    return false;
  }

  /** True when nothing comes any more that history may have brought. */
  synchronized boolean isOver() {
    return topics.values().stream().allMatch(p -> p.past || p.last == Long.MIN_VALUE);
  }
}
