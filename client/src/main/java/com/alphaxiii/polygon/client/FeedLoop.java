package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.FeedStatus.State;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the connection to one market alive and in step with what the sinks want. Everything here
 * happens on one event loop, so nothing is locked.
 *
 * <p>After a loss it waits, connects, and asks for all topics again; when the vendor has confirmed
 * them the feed counts as connected, and {@link Losses} tells the gaps before it delivers again.
 */
final class FeedLoop implements StreamConnection.Owner {
  private static final Logger log = LoggerFactory.getLogger(FeedLoop.class);

  /** How long a gap waits for an event that dates its end. */
  private static final Duration GAP_PATIENCE = Duration.ofSeconds(1);

  /** The wait of a crowded key doubles so often. */
  private static final int MAX_DOUBLINGS = 4;

  private enum Phase {
    IDLE,
    RUNNING,
    REFUSED,
    CLOSED
  }

  private final Vertx vertx;
  private final WebSocketClient client;
  private final StreamConfig config;
  private final Market market;
  private final URI address;
  private final InstantSource clock;
  private final NanoClock nanoClock;
  private final StreamCounters counters;
  private final EventDecoder decoder;
  private final SinkTable sinks;
  private final VendorTimes times;
  private final Losses losses;
  private final StallWatch stallWatch;
  private final Demand demand = new Demand();
  private final Confirmations confirmations = new Confirmations();
  private volatile Set<Topic> unconfirmed = Set.of();
  private final Waiters waiters = new Waiters();
  private final Spell malformedSpell = new Spell();
  private final Backoff backoff;
  private final LoopTimer retry;
  private final LoopTimer confirmDeadline;
  private final LoopTimer gapDeadline;
  private final LoopTimer stallCheck;

  private Phase phase = Phase.IDLE;
  private @Nullable StreamConnection connection;
  private @Nullable PolygonException refusal;
  private boolean loggedIn;
  private boolean live;
  private boolean wasLive;
  private boolean sawEvent;
  private boolean syncPending;
  private int crowdings;
  private long liveSinceNanos;
  private long messageNanos;
  private volatile FeedStatus status;

  FeedLoop(
      Vertx vertx,
      WebSocketClient client,
      StreamConfig config,
      Market market,
      InstantSource clock,
      NanoClock nanoClock,
      StreamCounters counters) {
    this.vertx = vertx;
    this.client = client;
    this.config = config;
    this.market = market;
    this.address = config.address(market);
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.counters = counters;
    decoder = new WireEvents(market);
    sinks = new SinkTable();
    times = new VendorTimes(config.delay(market));
    losses = new Losses(sinks, times, this::isDelivered);
    stallWatch = new StallWatch(market, config.quiet(), sinks);
    status =
        new FeedStatus(
            State.IDLE,
            "connects when something is subscribed to",
            clock.instant(),
            Optional.of(market));
    backoff = new Backoff(config.firstBackoff(), config.maxBackoff(), RandomGenerator.getDefault());
    retry = new LoopTimer(vertx);
    confirmDeadline = new LoopTimer(vertx);
    gapDeadline = new LoopTimer(vertx);
    stallCheck = new LoopTimer(vertx);
  }

  /** Begins to connect, also after the vendor had refused the key. */
  void connect() {
    if (phase == Phase.IDLE || phase == Phase.REFUSED) {
      phase = Phase.RUNNING;
      refusal = null;
      tell(State.CONNECTING, "connecting to " + address);
      open();
    }
  }

  void addSink(Sink sink) {
    sinks.add(sink);
    if (phase == Phase.REFUSED) {
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
    gapDeadline.stop();
    stallCheck.stop();
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
      case REFUSED -> waiters.fail(Objects.requireNonNull(refusal));
      case CLOSED ->
          waiters.fail(new PolygonException.Unavailable("the stream client is closed", null, null));
    }
  }

  /** The topics that the vendor did not confirm when they were last waited for; for any thread. */
  Set<Topic> unconfirmed() {
    return unconfirmed;
  }

  private void releaseWaiters() {
    if (live && confirmations.isComplete() && !syncPending) {
      waiters.release();
    }
  }

  private void open() {
    StreamConnection opened =
        new StreamConnection(vertx, client, config, address, nanoClock, decoder, counters, this);
    connection = opened;
    loggedIn = false;
    live = false;
    sawEvent = false;
    losses.connect();
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
    stallWatch.begin(nanoClock.nanoTime());
    stallCheckLater();
    sync();
  }

  @Override
  public void confirmed(String message) {
    confirmations
        .confirm(message)
        .ifPresent(
            topic -> {
              if (losses.resume(topic)) {
                tellRestLater();
              }
              if (demand.confirmed(topic)) {
                syncLater();
              }
              if (confirmations.isComplete()) {
                settle();
              }
            });
  }

  @Override
  public void refused(String message) {
    log.warn("the stream refused a subscription: {}", message);
    confirmations.refused(message);
  }

  @Override
  public void event(TickerEvent event) {
    StreamConnection current = connection;
    if (current != null && current.lastFrameNanos() != messageNanos) {
      messageNanos = current.lastFrameNanos();
      times.received(event.time(), clock.instant());
      stallWatch.heard(messageNanos);
    }
    sawEvent = true;
    counters.events.increment();
    if (!losses.event(event)) {
      settle();
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
    if (!live || !unanswered.isEmpty()) {
      unconfirmed = Set.copyOf(unanswered);
    }
    for (Topic topic : unanswered) {
      if (demand.unanswered(topic)) {
        syncLater();
      }
    }
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
    if (wasLive) {
      counters.reconnects.increment();
    }
    wasLive = true;
    tell(State.CONNECTED, detail(unanswered));
    if (losses.settle(clock.instant())) {
      tellRestLater();
    }
  }

  private void tellRestLater() {
    if (!gapDeadline.isRunning()) {
      gapDeadline.start(GAP_PATIENCE, () -> losses.tellRest(clock.instant()));
    }
  }

  private void stallCheckLater() {
    Duration quarter = config.quiet().dividedBy(4);
    Duration often = config.pingInterval();
    stallCheck.start(quarter.compareTo(often) < 0 ? quarter : often, this::checkForStall);
  }

  private void checkForStall() {
    StreamConnection current = connection;
    if (current == null) {
      return;
    }
    Optional<Duration> silence =
        stallWatch.stalled(nanoClock.nanoTime(), VendorTimes.instant(times.at(clock.instant())));
    if (silence.isEmpty()) {
      stallCheckLater();
      return;
    }
    current.abandon();
    lost(
        new StreamConnection.Loss(
            StreamConnection.Loss.Kind.BROKEN,
            "no market data for %s in the hours of %s, though the connection answers"
                .formatted(StreamConnection.inWords(silence.get()), market.path())));
  }

  private String detail(List<Topic> unanswered) {
    return unanswered.isEmpty() ? "connected to " + address : confirmations.describe(unanswered);
  }

  @Override
  public void lost(StreamConnection.Loss loss) {
    confirmDeadline.stop();
    gapDeadline.stop();
    stallCheck.stop();
    StreamConnection over = connection;
    if (over != null && loggedIn) {
      boolean all = live;
      Duration since = Duration.ofNanos(nanoClock.nanoTime() - over.lastFrameNanos());
      losses.begin(
          topic ->
              isDelivered(topic)
                  && (all || demand.asked(topic).filter(confirmations::isPending).isEmpty()),
          clock.instant().minus(since));
    }
    if (live && (sawEvent || isOld(config.maxBackoff()))) {
      backoff.reset();
    }
    if (live && isOld(config.crowdedBackoff().multipliedBy(1L << MAX_DOUBLINGS))) {
      crowdings = 0;
    }
    connection = null;
    loggedIn = false;
    live = false;
    switch (loss.kind()) {
      case UNAUTHORIZED ->
          refused(
              "the vendor does not accept the key %s for %s: %s. Check the key and the plan"
                  .formatted(config.key(), address, loss.reason()),
              words -> new PolygonException.Unauthorized(words, null));
      case NOT_ENTITLED ->
          refused(
              "the plan of the key %s has no stream of %s (%s): %s. A larger plan is needed"
                  .formatted(config.key(), market.path(), address, loss.reason()),
              words -> new PolygonException.NotEntitled(words, null));
      case CROWDED_OUT ->
          retryAfter(
              crowdedWait(),
              loss.reason()
                  + ": another program streams with this key; share one connection, or close the"
                  + " other");
      case BROKEN -> retryAfter(backoff.next(), loss.reason());
    }
  }

  private void refused(String words, Function<String, PolygonException> error) {
    PolygonException reason = error.apply(words);
    phase = Phase.REFUSED;
    refusal = reason;
    tell(State.DOWN, words);
    waiters.fail(reason);
  }

  private Duration crowdedWait() {
    Duration wait = config.crowdedBackoff().multipliedBy(1L << crowdings);
    crowdings = Math.min(crowdings + 1, MAX_DOUBLINGS);
    return wait;
  }

  /** Whether the present connection, or the one just lost, delivers a topic for certain. */
  private boolean isDelivered(Topic topic) {
    return demand.asked(topic).filter(asked -> !confirmations.isUnanswered(asked)).isPresent();
  }

  private boolean isOld(Duration age) {
    return nanoClock.nanoTime() - liveSinceNanos >= age.toNanos();
  }

  private void retryAfter(Duration delay, String reason) {
    retry.start(delay, this::open);
    tell(
        State.RECONNECTING,
        "%s lost: %s; trying again in %s"
            .formatted(address, reason, StreamConnection.inWords(delay)));
  }

  private void tell(State state, String detail) {
    FeedStatus now = new FeedStatus(state, detail, clock.instant(), Optional.of(market));
    status = now;
    if (state == State.RECONNECTING || phase == Phase.REFUSED) {
      log.warn("stream {}: {}", state, detail);
    } else {
      log.info("stream {}: {}", state, detail);
    }
    sinks.broadcast(now);
  }
}
