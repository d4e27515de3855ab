package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.EventFeed;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A feed whose events a test emits; it delivers what is subscribed and nothing else. */
final class MemoryFeed implements EventFeed {
  private final List<Sink> sinks = new CopyOnWriteArrayList<>();
  private volatile FeedStatus status =
      new FeedStatus(FeedStatus.State.IDLE, "nobody asked yet", Instant.EPOCH);

  private final List<Set<Topic>> changes = new CopyOnWriteArrayList<>();

  /** Topics that this feed does not have. */
  volatile Set<Topic> refuse = Set.of();

  @Override
  public Subscription subscribe(Set<Topic> topics, Consumer<? super MarketEvent> sink) {
    Sink added = new Sink(topics, sink);
    sinks.add(added);
    return added;
  }

  @Override
  public FeedStatus status() {
    return status;
  }

  /** Delivers an event on the calling thread, which plays the feed's one thread. */
  void emit(MarketEvent event) {
    if (event instanceof FeedStatus now) {
      status = now;
    }
    sinks.forEach(sink -> sink.deliver(event));
  }

  Set<Topic> topics() {
    Set<Topic> all = new HashSet<>();
    sinks.forEach(sink -> all.addAll(sink.topics()));
    return all;
  }

  /** What was wanted after each change, in order. */
  List<Set<Topic>> changes() {
    return List.copyOf(changes);
  }

  int subscriptions() {
    return sinks.size();
  }

  private final class Sink implements Subscription {
    private final Consumer<? super MarketEvent> target;
    private volatile Set<Topic> topics;

    Sink(Set<Topic> topics, Consumer<? super MarketEvent> target) {
      this.topics = Set.copyOf(topics);
      this.target = target;
    }

    void deliver(MarketEvent event) {
      if (!(event instanceof TickerEvent data)
          || topics.contains(Topic.of(data.channel(), data.ticker()))
          || topics.contains(new Topic(data.channel(), Topic.ALL))) {
        target.accept(event);
      }
    }

    @Override
    public Set<Topic> topics() {
      return topics;
    }

    @Override
    public synchronized void add(Set<Topic> more) {
      for (Topic topic : more) {
        if (refuse.contains(topic)) {
          throw new PolygonException.InvalidRequest(
              "topic", topic.toString(), "'%s' does not belong to this stream".formatted(topic));
        }
      }
      Set<Topic> all = new HashSet<>(topics);
      all.addAll(more);
      topics = Set.copyOf(all);
      changes.add(topics);
    }

    @Override
    public synchronized void remove(Set<Topic> less) {
      Set<Topic> rest = new HashSet<>(topics);
      rest.removeAll(less);
      topics = Set.copyOf(rest);
      changes.add(topics);
    }

    @Override
    public void close() {
      sinks.remove(this);
    }
  }
}
