package com.alphaxiii.polygon;

import com.alphaxiii.polygon.client.BufferedSink;
import com.alphaxiii.polygon.client.StreamClient;
import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.EventFeed;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Live events straight from the vendor. It reconnects by itself for as long as it takes, subscribes
 * again, and tells callbacks of state and losses as {@link FeedStatus} and {@link
 * com.alphaxiii.polygon.core.Gap}.
 *
 * <p>Symbols may be of all markets; each market has a connection of its own, opened when something
 * of it is first subscribed to. The vendor allows one for a key and market: programs that share a
 * key should connect to the data server instead.
 */
public final class PolygonWebSocketClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int WAITING_EVENTS = 100_000;

  private final StreamClient stream;
  private final InstantSource clock;
  private final NanoClock nanoClock;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final LongAdder droppedByClosed = new LongAdder();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Configured by {@code .env} and the environment. */
  public PolygonWebSocketClient() {
    this(PolygonConfig.fromEnvironment());
  }

  /** On the machine's clock. */
  public PolygonWebSocketClient(PolygonConfig config) {
    this(config, InstantSource.system(), NanoClock.system());
  }

  /** On given clocks. */
  public PolygonWebSocketClient(PolygonConfig config, InstantSource clock, NanoClock nanoClock) {
    this.stream = StreamClient.open(config.stream(), clock, nanoClock);
    this.clock = clock;
    this.nanoClock = nanoClock;
  }

  /**
   * Connects to the markets subscribed to, or else to stocks, and logs in, waiting up to half a
   * minute. Later losses are repaired without another call.
   *
   * @throws PolygonException.Unauthorized when the key is refused
   * @throws PolygonException.NotEntitled when the plan has no stream of a market
   * @throws PolygonException.Unavailable when there is no connection by then; trying goes on
   */
  public void connect() {
    stream.connect();
    try {
      stream.awaitConnected(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PolygonException.Unavailable("interrupted while connecting to the stream", null, e);
    }
  }

  /**
   * Delivers events to a callback, which runs on a thread of its own, in order, and may take its
   * time: up to 100,000 events wait for it, then the oldest are dropped and counted.
   *
   * @param symbols tickers, or {@code *} for all stocks, {@code O:*}, {@code C:*}, {@code X:*},
   *     {@code I:*} or {@code F:*} for all of another market
   * @return closing it ends delivery: what waits is discarded
   */
  public Subscription subscribe(
      Collection<String> symbols, Set<Channel> channels, Consumer<? super MarketEvent> callback) {
    BufferedSink sink =
        BufferedSink.start(
            String.join(",", symbols.stream().limit(3).toList()),
            WAITING_EVENTS,
            callback,
            dropped -> {},
            clock);
    try {
      Listener listener = new Listener(stream.subscribe(topics(symbols, channels), sink), sink);
      listeners.add(listener);
      return listener;
    } catch (RuntimeException e) {
      sink.close();
      throw e;
    }
  }

  /**
   * Records events into Parquet files, until what it gives is closed; close that before this.
   *
   * @param symbols as of {@link #subscribe}
   * @param folder root of the recordings; made when missing, and one recording's at a time
   * @throws PolygonException.StorageFailure when the folder cannot be written, or is taken
   */
  public Recording record(Collection<String> symbols, Set<Channel> channels, Path folder) {
    return Recording.start(stream, folder, topics(symbols, channels), clock, nanoClock);
  }

  /** Gives up these topics in all subscriptions. */
  public void unsubscribe(Collection<String> symbols, Set<Channel> channels) {
    Set<Topic> topics = topics(symbols, channels);
    listeners.forEach(listener -> listener.remove(topics));
  }

  private static Set<Topic> topics(Collection<String> symbols, Set<Channel> channels) {
    return symbols.stream()
        .flatMap(symbol -> channels.stream().map(channel -> new Topic(channel, symbol.strip())))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Events that callbacks were too slow for, in all. */
  public long dropped() {
    return droppedByClosed.sum()
        + listeners.stream().mapToLong(listener -> listener.sink.dropped()).sum();
  }

  /** Where the connection stands; of several markets as {@link EventFeed#status} says. */
  public FeedStatus status() {
    return stream.status();
  }

  /** Where the connection to one market stands; empty before anything of it was asked for. */
  public Optional<FeedStatus> status(Market market) {
    return stream.status(market);
  }

  /** Blocks until this client is closed, or this thread interrupted. */
  public void listen() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the connection and all delivery. */
  @Override
  public void close() {
    try {
      stream.close();
    } finally {
      listeners.forEach(Listener::close);
      closed.countDown();
    }
  }

  /** A subscription and the queue before its callback, which end together. */
  private final class Listener implements Subscription {
    private final Subscription subscription;
    private final BufferedSink sink;

    Listener(Subscription subscription, BufferedSink sink) {
      this.subscription = subscription;
      this.sink = sink;
    }

    @Override
    public Set<Topic> topics() {
      return subscription.topics();
    }

    @Override
    public void add(Set<Topic> topics) {
      subscription.add(topics);
    }

    @Override
    public void remove(Set<Topic> topics) {
      subscription.remove(topics);
    }

    @Override
    public void close() {
      subscription.close();
      sink.close();
      if (listeners.remove(this)) {
        droppedByClosed.add(sink.dropped());
      }
    }
  }
}
