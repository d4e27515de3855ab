package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.CallerName;
import com.alphaxiii.polygon.core.EventFeed;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One upstream subscription, shared by all clients: it asks the feed for what any of them wants,
 * encodes each event once, and passes it to the event loops of those who want it. The feed's thread
 * never waits here.
 */
final class Hub implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

  private static final int USUAL_QUEUE = 1 << 16;

  private final EventFeed feed;
  private final InstantSource clock;
  private final EventHistory history;
  private final GapFiller filler;
  private final Executor workers;
  private final List<Shard> shards = new CopyOnWriteArrayList<>();
  private final HubCounters counters = new HubCounters();
  private final LatencyLedger ledger;
  private final Encoding encoding;
  private final int queue;
  private final LastEvents last = new LastEvents();
  private final Revisions revisions = new Revisions();

  /** Events so far; the feed's thread counts. */
  private long sequence;

  /** Where the connection to each market stands that was told of. */
  private final Map<Market, FeedStatus.State> states = new ConcurrentHashMap<>();

  private final Subscription upstream;

  private volatile Routing routing = Routing.NONE;
  private volatile boolean closed;
  private final CountDownLatch closing = new CountDownLatch(1);

  private final AtomicBoolean changed = new AtomicBoolean();
  private final ReentrantLock asking = new ReentrantLock();

  /** Subscribes to the feed, to no topic yet. */
  Hub(EventFeed feed, Recovery recovery, InstantSource clock, NanoClock nanos, Executor workers) {
    this(feed, recovery, clock, nanos, workers, USUAL_QUEUE);
  }

  /**
   * Subscribes to the feed, to no topic yet.
   *
   * @param queue events that may be on their way to each event loop, a power of two; what comes
   *     above that is lost to the clients of that loop, and they are told
   */
  Hub(
      EventFeed feed,
      Recovery recovery,
      InstantSource clock,
      NanoClock nanos,
      Executor workers,
      int queue) {
    this.feed = feed;
    this.clock = clock;
    this.ledger = new LatencyLedger(clock, nanos);
    this.history = new EventHistory(recovery.history());
    this.filler = new GapFiller(history, last::busiest, recovery, clock, workers, counters);
    this.workers = workers;
    this.queue = queue;
    this.encoding = new Encoding(clock);
    this.upstream = feed.subscribe(Set.of(), this::accept);
  }

  /** A part of the hub for the subscribers of one event loop. */
  Shard shard(EventLoop loop) {
    Shard shard = new Shard(loop, counters, ledger.departures(), queue);
    shards.add(shard);
    return shard;
  }

  /** Where the feed stands, all markets together. */
  FeedStatus status() {
    return feed.status();
  }

  /** The last event known of a topic's ticker, or of each of its tickers. */
  List<LastEvents.Seen> last(Topic topic) {
    return last.of(topic);
  }

  /** A new encoder, for the thread that asks for it. */
  EventEncoder encoder(Dialect dialect) {
    return dialect.encoder(clock);
  }

  HubCounters counters() {
    return counters;
  }

  LatencyLedger ledger() {
    return ledger;
  }

  /** Topics that clients want now. */
  Set<Topic> topics() {
    return routing.topics();
  }

  private void accept(MarketEvent event) {
    switch (event) {
      case TickerEvent data -> pass(data);
      case FeedStatus now -> {
        now.market().ifPresent(market -> states.put(market, now.state()));
        shards.forEach(shard -> shard.word(now));
      }
      case Gap gap -> {
        counters.gap();
        shards.forEach(shard -> shard.gap(gap));
        routing.joins().forEach(join -> join.lose(gap));
        filler.take(gap, List.copyOf(shards));
      }
    }
  }

  private void pass(TickerEvent event) {
    counters.receive();
    Market market = event.ticker().market();
    long arrival = ledger.arrive(event, market);
    boolean repeated = filler.repeats(event);
    int revision = 0;
    if (!repeated) {
      revision = revisions.before(event);
      last.see(event, revision, ++sequence);
    }
    Routing now = routing;
    // Those too whom the gap did not concern that brought the event before: they know what they
    // have.
    for (Join join : now.joins()) {
      join.live(event);
    }
    if (repeated) {
      return;
    }
    Routing.Audience one = now.of(event.channel(), event.symbol());
    Routing.Audience all = now.of(event.channel(), market.wildcard());
    if (one == null && all == null) {
      return;
    }
    encoding.begin();
    Marks marks = Marks.revision(revision);
    int series = LatencyLedger.series(market, event.channel());
    if (one != null) {
      pass(event, marks, series, arrival, one);
    }
    if (all != null) {
      pass(event, marks, series, arrival, all);
    }
  }

  private void pass(
      TickerEvent event, Marks marks, int series, long arrival, Routing.Audience audience) {
    for (Routing.Part part : audience.parts()) {
      byte[] bytes = encoding.in(part.dialect(), event, marks);
      part.shard().data(new Group.Data(event, bytes, sequence, series, arrival, part.groups()));
    }
  }

  /** Changes what a subscriber receives, all at once, and then what the feed is asked for. */
  void move(Subscriber subscriber, Set<Topic> before, Set<Topic> after) {
    synchronized (this) {
      routing = routing.move(subscriber, before, after);
    }
    askLater();
  }

  /** Begins to hold the live events of topics for a subscriber, and to bring their history. */
  Join join(Subscriber subscriber, Collection<Topic> topics, Instant since) {
    Set<Topic> held = upstream.topics();
    Join join =
        new Join(
            subscriber,
            topics,
            topic -> held.contains(topic) || held.contains(topic.whole()),
            this::isSettled,
            since);
    synchronized (this) {
      routing = routing.with(join);
    }
    askLater();
    workers.execute(() -> CallerName.call(subscriber.id(), () -> carry(join)));
    return join;
  }

  /** Whether the connection to a market works, or does not come back by itself. */
  private boolean isSettled(Market market) {
    FeedStatus.State state = states.get(market);
    if (state == null) {
      state = feed.status().state();
    }
    return state == FeedStatus.State.CONNECTED || state == FeedStatus.State.DOWN;
  }

  private boolean carry(Join join) {
    try {
      new Joining(join, history, clock, closing).run();
    } catch (InterruptedException e) {
      // The server is closing, and with it everybody who waits.
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("The history of {} cannot be joined with live events", join.topics(), e);
      join.settle();
      join.subscriber().shard().run(() -> join.subscriber().open(join));
    }
    return true;
  }

  /** A subscriber receives like others what was held for it, all at once. */
  void open(Join join, Set<Topic> before, Set<Topic> after) {
    synchronized (this) {
      routing = routing.move(join.subscriber(), before, after).without(join);
    }
    askLater();
  }

  /** A subscriber does not want any more what is held for it. */
  void leave(Join join) {
    synchronized (this) {
      routing = routing.without(join);
    }
    askLater();
  }

  /** An event for one subscriber; on its loop. */
  byte[] encode(Dialect dialect, TickerEvent event) {
    return dialect.encoder(clock).encode(event, Marks.NONE);
  }

  private void askLater() {
    if (!closed && changed.compareAndSet(false, true)) {
      workers.execute(this::ask);
    }
  }

  private void ask() {
    asking.lock();
    try {
      changed.set(false);
      Set<Topic> wanted = routing.topics();
      ledger.want(wanted.stream().map(Topic::market).collect(Collectors.toSet()));
      Set<Topic> held = upstream.topics();
      Set<Topic> more = new HashSet<>(wanted);
      more.removeAll(held);
      Set<Topic> less = new HashSet<>(held);
      less.removeAll(wanted);
      // First more, then less: a change from a symbol to all of its channel, or back, has no seam.
      if (!more.isEmpty()) {
        add(more);
      }
      if (!less.isEmpty()) {
        upstream.remove(less);
      }
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.error("The feed does not take what clients want", e);
      }
    } finally {
      asking.unlock();
    }
  }

  /** One topic that the feed refuses must not keep the others out. */
  private void add(Set<Topic> more) {
    try {
      upstream.add(more);
    } catch (PolygonException.InvalidRequest refused) {
      if (more.size() == 1) {
        giveUp(more.iterator().next(), refused);
      } else {
        more.forEach(topic -> add(Set.of(topic)));
      }
    }
  }

  private void giveUp(Topic topic, PolygonException.InvalidRequest refused) {
    String message = String.valueOf(refused.getMessage());
    for (Join join : routing.joins()) {
      Subscriber subscriber = join.subscriber();
      subscriber.shard().loop().execute(() -> subscriber.giveUp(topic, message));
    }
    Routing.Audience audience = routing.of(topic.channel(), topic.symbol());
    if (audience == null) {
      return;
    }
    for (Routing.Part part : audience.parts()) {
      for (Group group : part.groups()) {
        for (Subscriber subscriber : group.members()) {
          part.shard().loop().execute(() -> subscriber.giveUp(topic, message));
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    closing.countDown();
    filler.close();
    upstream.close();
  }
}
