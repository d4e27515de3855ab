package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.FeedStatus.State;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection alive and in step with what the sinks want. Everything here happens on one
 * event loop, so nothing is locked.
 *
 * <p>After a loss it waits, connects, asks for all topics again, and holds events back until the
 * vendor has confirmed the topics; then each sink is told of its gap and that the feed is connected
 * before it gets the first of those events.
 */
final class FeedLoop implements StreamConnection.Owner {
  private static final Logger log = LoggerFactory.getLogger(FeedLoop.class);

  /** Events held back while topics are being confirmed; one more ends the wait. */
  private static final int MAX_HELD = 100_000;

  private enum Phase {
    IDLE,
    RUNNING,
    UNAUTHORIZED,
    CLOSED
  }

  private final Vertx vertx;
  private final WebSocketClient client;
  private final StreamConfig config;
  private final InstantSource clock;
  private final NanoClock nanoClock;
  private final StreamCounters counters;
  private final EventDecoder decoder;
  private final SinkTable sinks = new SinkTable();
  private final Demand demand = new Demand();
  private final Confirmations confirmations = new Confirmations();
  private final List<TickerEvent> held = new ArrayList<>();
  private final Waiters waiters = new Waiters();
  private final Spell malformedSpell = new Spell();
  private final Backoff backoff;
  private final LoopTimer retry;
  private final LoopTimer confirmDeadline;

  private Phase phase = Phase.IDLE;
  private @Nullable StreamConnection connection;
  private boolean loggedIn;
  private boolean live;
  private boolean wasLive;
  private boolean sawEvent;
  private boolean syncPending;
  private long liveSinceNanos;
  private @Nullable Instant lostAt;
  private volatile FeedStatus status;

  FeedLoop(
      Vertx vertx,
      WebSocketClient client,
      StreamConfig config,
      InstantSource clock,
      NanoClock nanoClock,
      StreamCounters counters) {
    this.vertx = vertx;
    this.client = client;
    this.config = config;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.counters = counters;
    decoder = new WireEvents(config.market());
    status =
        new FeedStatus(State.IDLE, "connects when something is subscribed to", clock.instant());
    backoff = new Backoff(config.firstBackoff(), config.maxBackoff(), RandomGenerator.getDefault());
    retry = new LoopTimer(vertx);
    confirmDeadline = new LoopTimer(vertx);
  }

  /** Begins to connect, also after the vendor had refused the key. */
  void connect() {
    if (phase == Phase.IDLE || phase == Phase.UNAUTHORIZED) {
      phase = Phase.RUNNING;
      tell(State.CONNECTING, "connecting to " + config.address());
      open();
    }
  }

  void addSink(Sink sink) {
    sinks.add(sink);
    if (phase == Phase.UNAUTHORIZED) {
      sink.deliver(status);
    }
  }

  void addTopics(Sink sink, Set<Topic> topics) {
    for (Topic topic : topics) {
      if (sink.add(topic)) {
        sinks.route(topic, sink);
        demand.want(topic);
      }
    }
    if (phase == Phase.IDLE && !demand.isEmpty()) {
      connect();
    }
    syncLater();
  }

  void removeTopics(Sink sink, Set<Topic> topics) {
    for (Topic topic : topics) {
      if (sink.remove(topic)) {
        sinks.unroute(topic, sink);
        demand.unwant(topic);
      }
    }
    syncLater();
  }

  void removeSink(Sink sink) {
    removeTopics(sink, Set.copyOf(sink.topics()));
    sinks.remove(sink);
  }

  void close() {
    if (phase == Phase.CLOSED) {
      return;
    }
    phase = Phase.CLOSED;
    retry.stop();
    confirmDeadline.stop();
    if (connection != null) {
      connection.abandon();
      connection = null;
    }
    tell(State.DOWN, "closed by this program");
    waiters.fail(new PolygonException.Unavailable("the stream client was closed", null, null));
  }

  /** The latest status, for any thread. */
  FeedStatus status() {
    return status;
  }

  /** Completes the waiter once all that is wanted now is confirmed, or can never be. */
  void awaitSettled(CompletableFuture<Void> waiter) {
    waiters.add(waiter);
    switch (phase) {
      case IDLE -> connect();
      case RUNNING -> releaseWaiters();
      case UNAUTHORIZED -> waiters.fail(unauthorized());
      case CLOSED ->
          waiters.fail(new PolygonException.Unavailable("the stream client is closed", null, null));
    }
  }

  private void releaseWaiters() {
    if (live && confirmations.isComplete() && !syncPending) {
      waiters.release();
    }
  }

  private PolygonException unauthorized() {
    return new PolygonException.Unauthorized(status.detail(), null);
  }

  private void open() {
    StreamConnection opened =
        new StreamConnection(vertx, client, config, clock, nanoClock, decoder, counters, this);
    connection = opened;
    loggedIn = false;
    live = false;
    sawEvent = false;
    opened.open();
  }

  /** Once for all changes that wait on the loop already. */
  private void syncLater() {
    if (loggedIn && !syncPending) {
      syncPending = true;
      vertx.runOnContext(
          nothing -> {
            syncPending = false;
            sync();
          });
    }
  }

  private void sync() {
    StreamConnection current = connection;
    if (current == null || !loggedIn) {
      return;
    }
    Demand.Delta delta = demand.takeDelta();
    confirmations.expect(delta.subscribe());
    confirmations.forget(delta.unsubscribe());
    current.send(ActionFrames.subscribe(delta.subscribe()));
    current.send(ActionFrames.unsubscribe(delta.unsubscribe()));
    if (confirmations.isComplete()) {
      settle();
    } else if (!delta.subscribe().isEmpty() && (live || !confirmDeadline.isRunning())) {
      confirmDeadline.start(config.confirmTimeout(), this::settle);
    }
  }

  @Override
  public void loggedIn() {
    loggedIn = true;
    demand.forgetConnection();
    confirmations.forgetConnection();
    sync();
  }

  @Override
  public void confirmed(String message) {
    confirmations
        .confirmedLate(message)
        .ifPresent(
            topic -> {
              Instant now = clock.instant();
              sinks.sinks().forEach(sink -> sink.tellLateness(topic, now));
            });
    if (confirmations.confirm(message) && confirmations.isComplete()) {
      settle();
    }
  }

  @Override
  public void refused(String message) {
    log.warn("the stream refused a subscription: {}", message);
    confirmations.refused(message);
  }

  @Override
  public void event(TickerEvent event) {
    sawEvent = true;
    counters.events.increment();
    if (live || lostAt == null) {
      sinks.dispatch(event);
    } else {
      held.add(event);
      if (held.size() >= MAX_HELD) {
        settle();
      }
    }
  }

  @Override
  public void malformed(String reason) {
    counters.malformed.increment();
    if (malformedSpell.begins(nanoClock.nanoTime())) {
      log.warn("the stream sent an event that cannot be read: {}; more are only counted", reason);
    }
  }

  /** All that was asked for is confirmed, or has been waited for long enough. */
  private void settle() {
    confirmDeadline.stop();
    List<Topic> unanswered = confirmations.giveUp();
    if (!live) {
      goLive(unanswered);
    } else if (!unanswered.isEmpty()) {
      tell(State.CONNECTED, detail(unanswered));
    }
    releaseWaiters();
  }

  private void goLive(List<Topic> unanswered) {
    live = true;
    liveSinceNanos = nanoClock.nanoTime();
    Instant from = lostAt;
    lostAt = null;
    if (wasLive) {
      counters.reconnects.increment();
    }
    wasLive = true;
    if (from != null) {
      Instant to = clock.instant();
      for (Sink sink : sinks.sinks()) {
        sink.tellLoss(from, to, this::wasDelivered);
      }
    }
    tell(State.CONNECTED, detail(unanswered));
    List<TickerEvent> waiting = List.copyOf(held);
    held.clear();
    waiting.forEach(sinks::dispatch);
  }

  private String detail(List<Topic> unanswered) {
    return unanswered.isEmpty()
        ? "connected to " + config.address()
        : confirmations.describe(unanswered);
  }

  @Override
  public void lost(StreamConnection.Loss loss) {
    StreamConnection over = connection;
    connection = null;
    loggedIn = false;
    confirmDeadline.stop();
    held.clear();
    if (live && over != null) {
      live = false;
      lostAt = over.lastFrame();
      sinks.sinks().forEach(sink -> sink.lose(this::wasDelivered));
      if (sawEvent || isOld(liveSinceNanos)) {
        backoff.reset();
      }
    }
    switch (loss.kind()) {
      case UNAUTHORIZED -> {
        phase = Phase.UNAUTHORIZED;
        tell(
            State.DOWN,
            "the vendor does not accept the key %s for %s: %s. Check the key and the plan"
                .formatted(config.key(), config.address(), loss.reason()));
        waiters.fail(unauthorized());
      }
      case CROWDED_OUT ->
          retryAfter(
              config.crowdedBackoff(),
              loss.reason()
                  + ": another program streams with this key; share one connection, or close the"
                  + " other");
      case BROKEN -> retryAfter(backoff.next(), loss.reason());
    }
  }

  private boolean wasDelivered(Topic topic) {
    return demand.isAsked(topic) && !confirmations.isUnanswered(topic);
  }

  private boolean isOld(long sinceNanos) {
    return nanoClock.nanoTime() - sinceNanos >= config.maxBackoff().toNanos();
  }

  private void retryAfter(Duration delay, String reason) {
    retry.start(delay, this::open);
    tell(
        State.RECONNECTING,
        "%s lost: %s; trying again in %s"
            .formatted(config.address(), reason, StreamConnection.inWords(delay)));
  }

  private void tell(State state, String detail) {
    FeedStatus now = new FeedStatus(state, detail, clock.instant());
    status = now;
    if (state == State.RECONNECTING || phase == Phase.UNAUTHORIZED) {
      log.warn("stream {}: {}", state, detail);
    } else {
      log.info("stream {}: {}", state, detail);
    }
    sinks.broadcast(now);
  }
}
