package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.EventFeed;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.FeedStatus.State;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.Topic;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The vendor's stream, one connection for each market, shared by any number of sinks.
 *
 * <p>It connects to a market when something of it is first subscribed to, or by {@link #connect()},
 * and then stays connected: after every loss it tries again, ever less often, asks for all topics
 * again, and tells each sink with {@link com.alphaxiii.polygon.core.Gap}s what it missed. Two
 * things are not fought. A key that the vendor does not accept, or whose plan has no stream, ends
 * in {@link State#DOWN} until {@link #connect()} is called again. A connection closed because the
 * key has too many is left alone for a long while, ever longer.
 *
 * <p>A connection that answers while market data has stopped is replaced: after {@link
 * StreamConfig#quiet} at the earliest, in the hours of the market only, and only if the data that
 * came before it makes so long a silence unlikely. Halted or rarely traded tickers do not count.
 *
 * <p>At a loss a sink hears {@code RECONNECTING}; when the vendor has confirmed the topics again it
 * hears {@code CONNECTED}, and for each channel its {@code Gap} before the first event of that
 * channel. Where no event comes within a second the gap is told then. A topic that the vendor
 * leaves unconfirmed for too long, and confirms after all, has a second gap up to then.
 *
 * <p>Sinks run on the reading thread, one after the other, and must return at once; wrap slow ones
 * in a {@link BufferedSink}. A sink that throws loses that event and nothing else happens. An event
 * comes once to a sink, even if several of its topics match.
 */
public final class StreamClient implements EventFeed, AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Context loop;
  private final Feeds feeds;
  private final StreamCounters counters = new StreamCounters();
  private final AtomicBoolean closed = new AtomicBoolean();

  private StreamClient(StreamConfig config, InstantSource clock, NanoClock nanoClock) {
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    loop = vertx.getOrCreateContext();
    WebSocketClient sockets = vertx.createWebSocketClient(socketOptions(config));
    feeds =
        new Feeds(
            market -> new FeedLoop(vertx, sockets, config, market, clock, nanoClock, counters),
            config.market(),
            clock.instant());
  }

  /** A client that is not connected yet. */
  public static StreamClient open(StreamConfig config, InstantSource clock, NanoClock nanoClock) {
    return new StreamClient(config, clock, nanoClock);
  }

  private static WebSocketClientOptions socketOptions(StreamConfig config) {
    WebSocketClientOptions options =
        new WebSocketClientOptions()
            .setConnectTimeout((int) config.connectTimeout().toMillis())
            .setMaxFrameSize(MessageAssembler.MAX_MESSAGE)
            .setClosingTimeout(1)
            .setTcpNoDelay(true);
    config.proxy().ifPresent(proxy -> options.setProxyOptions(proxyOptions(proxy)));
    return options;
  }

  private static ProxyOptions proxyOptions(URI proxy) {
    boolean socks = "socks5".equalsIgnoreCase(proxy.getScheme());
    int usualPort = socks ? 1080 : 3128;
    return new ProxyOptions()
        .setType(socks ? ProxyType.SOCKS5 : ProxyType.HTTP)
        .setHost(proxy.getHost())
        .setPort(proxy.getPort() < 0 ? usualPort : proxy.getPort());
  }

  /**
   * Begins to connect to the markets subscribed to, or else to {@link StreamConfig#market}, and
   * returns at once; nothing if it has begun already.
   */
  public void connect() {
    requireOpen();
    post(feeds::connect);
  }

  /** The same for one market. */
  public void connect(Market market) {
    requireOpen();
    post(() -> feeds.connect(market));
  }

  /**
   * Connects if it has not begun to, and waits until the vendor has confirmed the topics subscribed
   * to before this call, or has left them unconfirmed for too long. Throws {@link
   * PolygonException.Unauthorized} when the vendor does not accept the key, {@link
   * PolygonException.NotEntitled} when the plan has no stream of a market, {@link
   * PolygonException.Unavailable} when it takes longer than this; the attempts go on all the same.
   */
  public void awaitConnected(Duration patience) throws InterruptedException {
    requireOpen();
    if (isOnLoop()) {
      throw new IllegalStateException("a sink cannot wait for the stream: it would block it");
    }
    CompletableFuture<Void> settled = new CompletableFuture<>();
    post(() -> feeds.awaitSettled(settled));
    try {
      settled.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PolygonException reason) {
        throw reason;
      }
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      settled.cancel(false);
      throw new PolygonException.Unavailable(
          "the stream was not ready within %s: %s"
              .formatted(StreamConnection.inWords(patience), status().detail()),
          null,
          e);
    }
  }

  /** A sink that comes when the feed of a market is {@code DOWN} is told so. */
  @Override
  public Subscription subscribe(Set<Topic> topics, Consumer<? super MarketEvent> sink) {
    requireOpen();
    if (sink instanceof BufferedSink buffered) {
      buffered.countDropsIn(counters.dropped);
    }
    StreamSubscription subscription =
        new StreamSubscription(feeds, this::post, new Recipient(sink, counters));
    subscription.begin(topics);
    return subscription;
  }

  @Override
  public FeedStatus status() {
    return feeds.status();
  }

  /** Where the connection to one market stands; empty before anybody asked for it. */
  public Optional<FeedStatus> status(Market market) {
    return feeds.status(market);
  }

  /**
   * Topics of a market that were subscribed to and that the vendor left unconfirmed: most likely
   * the plan does not include them. Known once the feed is {@code CONNECTED}.
   */
  public Set<Topic> unconfirmed(Market market) {
    return feeds.unconfirmed(market);
  }

  public StreamStatistics statistics() {
    return counters.snapshot();
  }

  /**
   * Disconnects, tells the sinks {@code DOWN}, and ends the reading thread. Called by a sink, it
   * returns before that thread has ended.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    if (isOnLoop()) {
      feeds.close();
      vertx.close();
      return;
    }
    CompletableFuture<Void> ended = new CompletableFuture<>();
    loop.runOnContext(
        nothing -> {
          feeds.close();
          vertx.close().onComplete(result -> ended.complete(null));
        });
    await(ended);
  }

  private static void await(CompletableFuture<Void> ended) {
    try {
      ended.get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      throw new PolygonException.Unavailable("the stream's thread did not end", null, e);
    }
  }

  private void post(Runnable action) {
    try {
      loop.runOnContext(nothing -> action.run());
    } catch (RejectedExecutionException e) {
      if (!closed.get()) {
        throw e;
      }
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the stream client is closed");
    }
  }

  @SuppressWarnings("ReferenceEquality") // an instance is meant, not its value
  private boolean isOnLoop() {
    Context current = Vertx.currentContext();
    return current != null && current.owner() == vertx;
  }
}
