package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.FeedStatus.State;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Topic;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The feeds of a client, one for each market, made when first needed. Every subscription has a sink
 * in each. All but the statuses is used on the loop only.
 */
final class Feeds {
  /** Which of several states stands for all. */
  private static final List<State> TELLING =
      List.of(State.RECONNECTING, State.CONNECTING, State.CONNECTED, State.DOWN);

  private final Function<Market, FeedLoop> maker;
  private final Market usual;
  private final FeedStatus idle;
  private final Map<Market, FeedLoop> feeds = new ConcurrentSkipListMap<>();
  private final Set<StreamSubscription> subscriptions = new LinkedHashSet<>();
  private boolean closed;

  /**
   * @param usual the market to connect to when nothing says which
   * @param now when the client was made
   */
  Feeds(Function<Market, FeedLoop> maker, Market usual, Instant now) {
    this.maker = maker;
    this.usual = usual;
    this.idle = new FeedStatus(State.IDLE, "connects when something is subscribed to", now);
  }

  void connect() {
    if (feeds.isEmpty() && !closed) {
      feed(usual);
    }
    feeds.values().forEach(FeedLoop::connect);
  }

  void connect(Market market) {
    if (!closed) {
      feed(market).connect();
    }
  }

  void awaitSettled(CompletableFuture<Void> settled) {
    if (feeds.isEmpty() && !closed) {
      feed(usual);
    }
    List<CompletableFuture<Void>> each =
        feeds.values().stream()
            .map(
                feed -> {
                  CompletableFuture<Void> one = new CompletableFuture<>();
                  // The first refusal is told at once, whatever the other markets wait for.
                  one.exceptionally(
                      reason -> {
                        settled.completeExceptionally(reason);
                        return null;
                      });
                  feed.awaitSettled(one);
                  return one;
                })
            .toList();
    CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
        .thenRun(() -> settled.complete(null));
  }

  void add(StreamSubscription subscription) {
    subscriptions.add(subscription);
    feeds.forEach((market, feed) -> feed.addSink(subscription.sink(market)));
  }

  void addTopics(StreamSubscription subscription, Set<Topic> topics) {
    if (closed) {
      return;
    }
    byMarket(topics, (market, some) -> feed(market).addTopics(subscription.sink(market), some));
  }

  void removeTopics(StreamSubscription subscription, Set<Topic> topics) {
    byMarket(
        topics,
        (market, some) -> {
          FeedLoop feed = feeds.get(market);
          if (feed != null) {
            feed.removeTopics(subscription.sink(market), some);
          }
        });
  }

  void remove(StreamSubscription subscription) {
    subscriptions.remove(subscription);
    feeds.forEach((market, feed) -> feed.removeSink(subscription.sink(market)));
  }

  /** Ends all connections; none is made after this, and nothing told after their end. */
  void close() {
    closed = true;
    feeds.values().forEach(FeedLoop::close);
    subscriptions.forEach(StreamSubscription::end);
  }

  private FeedLoop feed(Market market) {
    FeedLoop present = feeds.get(market);
    if (present != null) {
      return present;
    }
    FeedLoop made = maker.apply(market);
    feeds.put(market, made);
    subscriptions.forEach(subscription -> made.addSink(subscription.sink(market)));
    return made;
  }

  private static void byMarket(Set<Topic> topics, BiConsumer<Market, Set<Topic>> action) {
    topics.stream()
        .collect(Collectors.groupingBy(Topic::market, Collectors.toCollection(HashSet::new)))
        .forEach(action);
  }

  /** Where one market stands, for any thread. */
  Optional<FeedStatus> status(Market market) {
    return Optional.ofNullable(feeds.get(market)).map(FeedLoop::status);
  }

  /** What the vendor did not confirm of a market, for any thread. */
  Set<Topic> unconfirmed(Market market) {
    return Optional.ofNullable(feeds.get(market)).map(FeedLoop::unconfirmed).orElse(Set.of());
  }

  /** Where all stand together, for any thread. */
  FeedStatus status() {
    return together(feeds.values().stream().map(FeedLoop::status).toList()).orElse(idle);
  }

  private static Optional<FeedStatus> together(Collection<FeedStatus> each) {
    if (each.size() <= 1) {
      return each.stream().findAny();
    }
    State state =
        TELLING.stream()
            .filter(telling -> each.stream().anyMatch(one -> one.state() == telling))
            .findFirst()
            .orElse(State.IDLE);
    String detail =
        each.stream()
            .map(one -> one.market().map(Market::path).orElse("") + ": " + one.detail())
            .collect(Collectors.joining("; "));
    Instant latest = each.stream().map(FeedStatus::at).max(Instant::compareTo).orElseThrow();
    return Optional.of(new FeedStatus(state, detail, latest));
  }
}
