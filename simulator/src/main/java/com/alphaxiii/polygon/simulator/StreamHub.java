package com.alphaxiii.polygon.simulator;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All stream connections and what they are sent. Everything here runs on one event loop, which
 * keeps every connection's events in order; other threads come in through {@link #deliver}.
 */
final class StreamHub {
  private static final Logger log = LoggerFactory.getLogger(StreamHub.class);
  private static final long AUTH_TIMEOUT_MILLIS = 30_000;

  /** How long a recorded replay waits for a connection that does not read. */
  private static final long PATIENCE_MILLIS = 30_000;

  private static final int POLICY_VIOLATION = 1008;

  private final Vertx vertx;
  private final Context loop;
  private final Scenario scenario;
  private final Set<StreamConnection> connections = new LinkedHashSet<>();
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private final AtomicBoolean subscribed = new AtomicBoolean();
  private volatile int maxConnections;
  private volatile boolean silent;
  private volatile int open;
  private volatile Set<String> symbols = Set.of();
  private volatile Runnable onFirstSubscriber = () -> {};

  StreamHub(Vertx vertx, Context loop, Scenario scenario) {
    this.vertx = vertx;
    this.loop = loop;
    this.scenario = scenario;
    this.maxConnections = scenario.maxConnections();
  }

  void accept(ServerWebSocket socket, String market) {
    var connection = new StreamConnection(this, socket, market);
    connections.add(connection);
    open = connections.size();
    connection.open();
    vertx.setTimer(
        AUTH_TIMEOUT_MILLIS,
        timer -> {
          if (connections.contains(connection) && connection.key().isEmpty()) {
            connection.dropAfter(StreamStatus.AUTH_TIMEOUT);
          }
        });
  }

  boolean accepts(String key) {
    return scenario.accepts(key);
  }

  /** Evicts one connection when a key has more than it may. */
  void authenticated(StreamConnection newest) {
    List<StreamConnection> same =
        connections.stream()
            .filter(c -> c.market().equals(newest.market()) && c.key().equals(newest.key()))
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
    var all = new HashSet<String>();
    for (StreamConnection connection : connections) {
      if (connection.market().equals("stocks")) {
        connection.interests().addSymbolsTo(all);
      }
    }
    symbols = Set.copyOf(all);
    if (!all.isEmpty() && subscribed.compareAndSet(false, true)) {
      onFirstSubscriber.run();
    }
  }

  void closed(StreamConnection connection) {
    if (connections.remove(connection)) {
      open = connections.size();
      interestsChanged();
      written();
    }
  }

  /** What to do when somebody first subscribes to stocks; must not block. */
  void onFirstSubscriber(Runnable action) {
    onFirstSubscriber = action;
  }

  /** Symbols that somebody subscribes to on any channel, {@code *} among them. */
  Set<String> symbols() {
    return symbols;
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
        () -> {
          fanOut(events);
          for (StreamConnection connection : List.copyOf(connections)) {
            if (connection.outstanding() > scenario.bufferBytes()) {
              dropSlow(connection);
            }
          }
        });
  }

  /**
   * The same, but done only when every connection has room for more; one that makes no room for
   * long is closed as slow.
   */
  CompletableFuture<Void> deliverPatiently(List<StreamEvent> events) {
    var room = new CompletableFuture<Void>();
    return onLoop(
            () -> {
              fanOut(events);
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
            })
        .thenCompose(sent -> room);
  }

  private void fanOut(List<StreamEvent> events) {
    for (StreamConnection connection : connections) {
      if (connection.market().equals("stocks") && connection.key().isPresent()) {
        for (StreamEvent event : events) {
          if (connection.interests().wants(event.channel(), event.symbol())) {
            connection.append(event.text());
          }
        }
        connection.flush();
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
    return onLoop(() -> connections.forEach(c -> c.write(text)));
  }

  CompletableFuture<Void> disconnectAll() {
    return onLoop(() -> List.copyOf(connections).forEach(StreamConnection::drop));
  }

  private CompletableFuture<Void> onLoop(Runnable action) {
    var done = new CompletableFuture<Void>();
    loop.runOnContext(
        go -> {
          try {
            action.run();
            done.complete(null);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }
}
