package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All stream connections and what they are sent. Everything here runs on one event loop, which
 * keeps every connection's events in order; other threads come in through {@link #deliver}.
 */
final class StreamHub {
  private static final Logger log = LoggerFactory.getLogger(StreamHub.class);

  /** How long a recorded replay waits for a connection that does not read. */
  private static final long PATIENCE_MILLIS = 30_000;

  private static final int POLICY_VIOLATION = 1008;

  private final Vertx vertx;
  private final Context loop;
  private final Scenario scenario;
  private final Set<StreamConnection> connections = new LinkedHashSet<>();
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private final StreamScript script = new StreamScript();
  private final AtomicBoolean subscribed = new AtomicBoolean();
  private volatile int maxConnections;
  private volatile boolean silent;
  private volatile int open;
  private volatile Map<Market, Set<String>> symbols = Map.of();
  private volatile Set<String> topics = Set.of();
  private volatile Set<Market> played = Set.of();
  private volatile Runnable onFirstSubscriber = () -> {};

  StreamHub(Vertx vertx, Context loop, Scenario scenario) {
    this.vertx = vertx;
    this.loop = loop;
    this.scenario = scenario;
    this.maxConnections = scenario.maxConnections();
  }

  void accept(ServerWebSocket socket, StreamPath path) {
    var connection = new StreamConnection(this, socket, path);
    connections.add(connection);
    open = connections.size();
    connection.open();
    vertx.setTimer(
        millis(scenario.authTimeout()),
        timer -> {
          if (connections.contains(connection) && connection.key().isEmpty()) {
            connection.dropAfter(StreamStatus.AUTH_TIMEOUT);
          }
        });
  }

  private static long millis(Duration duration) {
    return Math.max(1, duration.toMillis());
  }

  /** What a key may hear; empty for a bad one. */
  Optional<Access> access(String key) {
    return scenario.accepts(key) ? Optional.of(scenario.access(key)) : Optional.empty();
  }

  /** Evicts one connection when a key has more than it may. */
  void authenticated(StreamConnection newest) {
    List<StreamConnection> same =
        connections.stream()
            .filter(c -> c.market() == newest.market() && c.key().equals(newest.key()))
            .toList();
    if (same.size() > maxConnections) {
      StreamConnection evicted = scenario.evictsNewest() ? newest : same.getFirst();
      evicted.close(StreamStatus.MAX_CONNECTIONS, POLICY_VIOLATION);
    }
  }

  /** Runs an action on the loop once the events at hand are dealt with. */
  void later(Runnable action) {
    loop.runOnContext(go -> action.run());
  }

  void interestsChanged() {
    var wanted = new HashMap<Market, Set<String>>();
    var all = new HashSet<String>();
    for (StreamConnection connection : connections) {
      connection.addTopicsTo(all);
      connection
          .interests()
          .addSymbolsTo(wanted.computeIfAbsent(connection.market(), market -> new HashSet<>()));
    }
    symbols = Map.copyOf(wanted);
    topics = Set.copyOf(all);
    boolean played = wanted.entrySet().stream().anyMatch(e -> plays(e.getKey(), e.getValue()));
    if (played && subscribed.compareAndSet(false, true)) {
      onFirstSubscriber.run();
    }
    script.subscribed(topics);
  }

  private boolean plays(Market market, Set<String> wanted) {
    return played.contains(market) && !wanted.isEmpty();
  }

  void closed(StreamConnection connection) {
    if (connections.remove(connection)) {
      open = connections.size();
      interestsChanged();
      written();
    }
  }

  /** What to do when somebody first subscribes to one of some markets; must not block. */
  void onFirstSubscriber(Set<Market> markets, Runnable action) {
    played = Set.copyOf(markets);
    onFirstSubscriber = action;
  }

  /** Symbols of a market that somebody subscribes to on any channel, {@code *} among them. */
  Set<String> symbols(Market market) {
    return symbols.getOrDefault(market, Set.of());
  }

  /** All that somebody subscribes to, each with its market. */
  Set<String> topics() {
    return topics;
  }

  int connections() {
    return open;
  }

  void maxConnections(int count) {
    maxConnections = count;
  }

  boolean silent() {
    return silent;
  }

  void silence(boolean value) {
    silent = value;
  }

  /** Sends events to whoever wants them; a connection over its buffer is closed as slow. */
  CompletableFuture<Void> deliver(List<StreamEvent> events) {
    return onLoop(
        done ->
            fanOut(
                events,
                0,
                () -> {
                  for (StreamConnection connection : List.copyOf(connections)) {
                    if (connection.outstanding() > scenario.bufferBytes()) {
                      dropSlow(connection);
                    }
                  }
                  done.complete(null);
                }));
  }

  /**
   * The same, but done only when every connection has room for more; one that makes no room for
   * long is closed as slow.
   */
  CompletableFuture<Void> deliverPatiently(List<StreamEvent> events) {
    return onLoop(
        room ->
            fanOut(
                events,
                0,
                () -> {
                  if (hasRoom()) {
                    room.complete(null);
                    return;
                  }
                  waiting.add(room);
                  vertx.setTimer(
                      PATIENCE_MILLIS,
                      timer -> {
                        if (!room.isDone()) {
                          List.copyOf(connections).stream()
                              .filter(this::isFull)
                              .forEach(this::dropSlow);
                        }
                      });
                }));
  }

  /** Sends the events from an index on, as far as the script lets them. */
  private void fanOut(List<StreamEvent> events, int from, Runnable done) {
    for (int i = from; i < events.size(); i++) {
      int next = i;
      if (script.parks(topics, () -> fanOut(events, next, done))) {
        connections.forEach(StreamConnection::flush);
        delay(events.subList(from, i));
        return;
      }
      StreamEvent event = events.get(i);
      if (!script.isQuiet()) {
        offer(event);
      }
      Optional<StreamFault> fault = script.counted();
      if (fault.isPresent()) {
        StreamEvent cut = i + 1 < events.size() ? events.get(i + 1) : event;
        breakOff(fault.get(), cut.text());
      }
    }
    connections.forEach(StreamConnection::flush);
    delay(events.subList(from, events.size()));
    done.run();
  }

  private void offer(StreamEvent event) {
    for (StreamConnection connection : connections) {
      if (!connection.isDelayed()) {
        connection.offer(event);
      }
    }
  }

  /** Sends delayed listeners the same later. */
  private void delay(List<StreamEvent> events) {
    if (connections.stream().anyMatch(StreamConnection::isDelayed)) {
      vertx.setTimer(millis(scenario.delay()), timer -> sendDelayed(events));
    }
  }

  private void sendDelayed(List<StreamEvent> events) {
    for (StreamConnection connection : connections) {
      if (connection.isDelayed()) {
        events.forEach(connection::offer);
        connection.flush();
      }
    }
  }

  private void breakOff(StreamFault fault, String cut) {
    script.broken(fault, topics);
    for (StreamConnection connection : List.copyOf(connections)) {
      switch (fault.kind()) {
        case DROP -> connection.dropAfterSending("");
        case DROP_IN_FRAME -> connection.dropAfterSending(cut);
        case CLOSE -> connection.close(fault.code());
      }
    }
  }

  private void dropSlow(StreamConnection connection) {
    log.warn(
        "closing a slow consumer of {}: {} bytes wait for it",
        connection.market(),
        connection.outstanding());
    connection.sendNow(StreamStatus.SLOW_CONSUMER);
    connection.drop();
  }

  private boolean isFull(StreamConnection connection) {
    return connection.outstanding() > scenario.bufferBytes() / 2;
  }

  private boolean hasRoom() {
    return connections.stream().noneMatch(this::isFull);
  }

  /** A connection's socket took bytes, or the connection is gone. */
  void written() {
    if (!waiting.isEmpty() && hasRoom()) {
      List<CompletableFuture<Void>> all = List.copyOf(waiting);
      waiting.clear();
      all.forEach(room -> room.complete(null));
    }
  }

  /** Sends a frame to every connection as it is. */
  CompletableFuture<Void> sendFrame(String text) {
    return run(() -> connections.forEach(c -> c.write(text)));
  }

  CompletableFuture<Void> disconnectAll() {
    return run(() -> List.copyOf(connections).forEach(StreamConnection::drop));
  }

  /** Closes every connection as the vendor does when it wants to be rid of it. */
  CompletableFuture<Void> forceDisconnect() {
    return run(
        () ->
            List.copyOf(connections)
                .forEach(c -> c.close(StreamStatus.FORCE_DISCONNECT, POLICY_VIOLATION)));
  }

  CompletableFuture<Void> script(List<StreamFault> faults) {
    return run(() -> script.play(faults));
  }

  CompletableFuture<Long> delivered() {
    return onLoop(done -> done.complete(script.delivered()));
  }

  private CompletableFuture<Void> run(Runnable action) {
    return onLoop(
        done -> {
          action.run();
          done.complete(null);
        });
  }

  private <T> CompletableFuture<T> onLoop(Consumer<CompletableFuture<T>> action) {
    var done = new CompletableFuture<T>();
    loop.runOnContext(
        go -> {
          try {
            action.accept(done);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }
}
