package com.alphaxiii.polygon;

import com.alphaxiii.polygon.client.StreamClient;
import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.EventFeed;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.Trade;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live feed of a key, opened when first subscribed to, which remembers the newest trade of each
 * ticker that passes through it.
 */
final class LiveFeed implements EventFeed, AutoCloseable {
  private final PolygonConfig config;
  private final InstantSource clock;
  private final NanoClock nanoClock;
  private volatile @Nullable StreamClient stream;
  private boolean closed;
  private final Map<Ticker, Trade> newest = new ConcurrentHashMap<>();
  private final List<Subscription> open = new CopyOnWriteArrayList<>();

  LiveFeed(PolygonConfig config, InstantSource clock, NanoClock nanoClock) {
    this.config = config;
    this.clock = clock;
    this.nanoClock = nanoClock;
  }

  private synchronized StreamClient stream() {
    if (closed) {
      throw new IllegalStateException("the live feed is closed");
    }
    StreamClient open = stream;
    if (open == null) {
      open = StreamClient.open(config.stream(), clock, nanoClock);
      stream = open;
    }
    return open;
  }

  /**
   * The newest trade, while the stream of the ticker's market is connected and some subscription
   * carries the ticker's trades; otherwise a later trade may have happened unseen.
   */
  Optional<Trade> newestTrade(Ticker ticker) {
    StreamClient client = stream;
    if (client == null
        || client
            .status(ticker.market())
            .filter(status -> status.state() == FeedStatus.State.CONNECTED)
            .isEmpty()) {
      return Optional.empty();
    }
    Topic own = Topic.of(Channel.TRADES, ticker);
    Topic all = own.whole();
    boolean carried =
        open.stream().map(Subscription::topics).anyMatch(t -> t.contains(own) || t.contains(all));
    return carried ? Optional.ofNullable(newest.get(ticker)) : Optional.empty();
  }

  @Override
  public Subscription subscribe(Set<Topic> topics, Consumer<? super MarketEvent> sink) {
    forget(topics);
    Subscription inner =
        stream()
            .subscribe(
                topics,
                event -> {
                  observe(event);
                  sink.accept(event);
                });
    Subscription subscription = new Observed(inner);
    open.add(subscription);
    return subscription;
  }

  private void observe(MarketEvent event) {
    switch (event) {
      case Trade trade -> newest.put(trade.ticker(), trade);
      // What was newest before a loss need not be the newest after it.
      case FeedStatus status when status.state() != FeedStatus.State.CONNECTED ->
          status.market().ifPresent(this::forgetAll);
      default -> {}
    }
  }

  /**
   * A trade from before must not pass for the newest when its topic is asked for again. Said at
   * both ends, since a trade may still come in while a topic is being given up.
   */
  private void forget(Set<Topic> topics) {
    topics.stream()
        .filter(topic -> topic.channel() == Channel.TRADES)
        .forEach(
            topic ->
                topic.ticker().ifPresentOrElse(newest::remove, () -> forgetAll(topic.market())));
  }

  private void forgetAll(Market market) {
    newest.keySet().removeIf(ticker -> ticker.market() == market);
  }

  /** Where the connection to one market stands; empty before anybody asked for it. */
  Optional<FeedStatus> status(Market market) {
    StreamClient open = stream;
    return open == null ? Optional.empty() : open.status(market);
  }

  @Override
  public FeedStatus status() {
    StreamClient open = stream;
    return open == null
        ? new FeedStatus(FeedStatus.State.IDLE, "nobody has subscribed yet", clock.instant())
        : open.status();
  }

  @Override
  public void close() {
    StreamClient open;
    synchronized (this) {
      closed = true;
      open = stream;
    }
    // Not under the lock, which a sink may want on the very thread that is waited for here.
    if (open != null) {
      open.close();
    }
  }

  private final class Observed implements Subscription {
    private final Subscription inner;

    Observed(Subscription inner) {
      this.inner = inner;
    }

    @Override
    public Set<Topic> topics() {
      return inner.topics();
    }

    @Override
    public void add(Set<Topic> topics) {
      forget(topics);
      inner.add(topics);
    }

    @Override
    public void remove(Set<Topic> topics) {
      inner.remove(topics);
      forget(topics);
    }

    @Override
    public void close() {
      Set<Topic> topics = topics();
      open.remove(this);
      inner.close();
      forget(topics);
    }
  }
}
