package com.alphaxiii.polygon.server;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Ends connections whose client keeps the server waiting: for a request, or for the rest of one. A
 * client that waits for its answer may do so for as long as that takes. Lives on one event loop.
 */
final class Patience {
  static final Duration DEFAULT = Duration.ofSeconds(75);

  private static final int LOOKS = 4;

  /** A connection that the server does not wait for. */
  private static final long NOT_WAITING = Long.MAX_VALUE;

  private final Duration most;
  private final LongSupplier nanoTime;
  private final long begin;

  /** Nanoseconds from the beginning to when the wait for a connection began. */
  private final Map<HttpConnection, Long> waits = new HashMap<>();

  /**
   * For the connections of one loop.
   *
   * @param most how long is waited at least; connections end within a quarter more
   * @param nanoTime the loop's own clock
   */
  Patience(Duration most, LongSupplier nanoTime) {
    this.most = most;
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
  }

  /** How often {@link #look} is to be called, in milliseconds. */
  long interval() {
    return Math.max(1, most.toMillis() / LOOKS);
  }

  /**
   * A connection has come, and its first request is waited for.
   *
   * @param gone runs when it has ended
   */
  void watch(HttpConnection connection, Runnable gone) {
    waits.put(connection, now());
    connection.closeHandler(
        closed -> {
          waits.remove(connection);
          gone.run();
        });
  }

  /** From now on the client is waited for: for the rest of its request, or for the next. */
  void waitFor(HttpConnection connection) {
    waits.replace(connection, now());
  }

  /** The client has its turn behind it: it waits for the server, or talks another protocol. */
  void stopWaiting(HttpConnection connection) {
    waits.replace(connection, NOT_WAITING);
  }

  /** Ends the connections that were waited for too long. */
  void look() {
    long oldest = now() - most.toNanos();
    List<HttpConnection> late =
        waits.entrySet().stream()
            .filter(wait -> wait.getValue() < oldest)
            .map(Map.Entry::getKey)
            .toList();
    late.forEach(Patience::cut);
  }

  /** Ends a connection at once; the framework's own way waits until the client has read all. */
  static void cut(HttpConnection connection) {
    ((HttpServerConnection) connection).channelHandlerContext().close();
  }

  private long now() {
    return nanoTime.getAsLong() - begin;
  }
}
