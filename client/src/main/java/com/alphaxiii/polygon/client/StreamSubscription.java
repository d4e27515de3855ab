package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.Topic;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/** A subscription as its holder sees it; what it changes happens on the loop, in order. */
final class StreamSubscription implements Subscription {
  private final Feeds feeds;
  private final Executor loop;
  private final Recipient recipient;
  private final Set<Topic> topics = new HashSet<>();
  private boolean ended;

  /** Used on the loop only. */
  private final Map<Market, Sink> sinks = new EnumMap<>(Market.class);

  StreamSubscription(Feeds feeds, Executor loop, Recipient recipient) {
    this.feeds = feeds;
    this.loop = loop;
    this.recipient = recipient;
  }

  synchronized void begin(Set<Topic> first) {
    Set<Topic> copy = Set.copyOf(first);
    topics.addAll(copy);
    loop.execute(
        () -> {
          feeds.add(this);
          feeds.addTopics(this, copy);
        });
  }

  /** Its part in the feed of a market, on the loop. */
  Sink sink(Market market) {
    return sinks.computeIfAbsent(market, added -> new Sink(recipient));
  }

  /** Nothing is delivered any more, from whatever market. */
  void end() {
    recipient.end();
  }

  @Override
  public synchronized Set<Topic> topics() {
    return Set.copyOf(topics);
  }

  @Override
  public synchronized void add(Set<Topic> more) {
    requireLive();
    Set<Topic> copy = Set.copyOf(more);
    topics.addAll(copy);
    loop.execute(() -> feeds.addTopics(this, copy));
  }

  @Override
  public synchronized void remove(Set<Topic> fewer) {
    requireLive();
    Set<Topic> copy = Set.copyOf(fewer);
    topics.removeAll(copy);
    loop.execute(() -> feeds.removeTopics(this, copy));
  }

  @Override
  public synchronized void close() {
    if (!ended) {
      ended = true;
      topics.clear();
      end();
      loop.execute(() -> feeds.remove(this));
    }
  }

  private void requireLive() {
    if (ended) {
      throw new IllegalStateException("the subscription is closed");
    }
  }
}
