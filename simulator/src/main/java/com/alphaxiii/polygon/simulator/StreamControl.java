package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.PolygonException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The handle on the stream: what tests send, break and wait for. Thread-safe; calls return when the
 * hub has done what they ask.
 */
public final class StreamControl {
  private static final long PATIENCE_SECONDS = 30;

  private final StreamHub hub;
  private final LiveFeed live;

  StreamControl(StreamHub hub, LiveFeed live) {
    this.hub = hub;
    this.live = live;
  }

  /**
   * Sends raw JSON events of stocks to those who subscribe to them, all in one frame where they
   * fit. {@code ev} names the channel, {@code sym} (or {@code T}) the symbol.
   */
  public void publish(String... events) {
    await(hub.deliver(Arrays.stream(events).map(StreamControl::event).toList()));
  }

  /** See {@link #publish(String...)}. */
  public void publish(List<String> events) {
    publish(events.toArray(String[]::new));
  }

  /** Sends a frame as it is to every connection: broken JSON, foreign events, status events. */
  public void sendFrame(String text) {
    await(hub.sendFrame(text));
  }

  /** Sends every connection a frame that is no JSON. */
  public void sendGarbage() {
    sendFrame("[{\"ev\":\"T\",\"sym\":\"AAP\u0000 not json");
  }

  /** Ends all connections at the TCP level, without a close frame. */
  public void disconnectAll() {
    await(hub.disconnectAll());
  }

  /** Stops sending anything, while connections stay open; what falls in the silence is lost. */
  public void silence(boolean silent) {
    hub.silence(silent);
  }

  /** How many connections a key may have for each market from now on. */
  public void maxConnections(int count) {
    hub.maxConnections(count);
  }

  /** Open connections, authenticated or not. */
  public int connections() {
    return hub.connections();
  }

  /** Symbols that somebody subscribes to; {@code *} stands for a subscription to all. */
  public List<String> symbols() {
    return hub.symbols().stream().sorted().toList();
  }

  /** Begins the replay now rather than with the first subscriber; later calls do nothing. */
  public void startReplay() {
    live.start();
  }

  /**
   * Completes with the number of trades and quotes played when a recorded replay has come to its
   * end and every connection has been handed its events; never for a model.
   */
  public CompletableFuture<Long> replayDone() {
    return live.done().copy();
  }

  private static StreamEvent event(String text) {
    var fields = new ArrayList<String>(List.of("", ""));
    try (JsonParser json = Json.parser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new PolygonException.InvalidRequest("event", text, "an event is a JSON object");
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("ev")) {
          fields.set(0, json.getString());
        } else if (name.equals("sym") || name.equals("T")) {
          fields.set(1, json.getString());
        } else {
          json.skipChildren();
        }
      }
    }
    return new StreamEvent(fields.get(0), fields.get(1), json -> json.writeRaw(text));
  }

  private static void await(CompletableFuture<Void> done) {
    try {
      done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PolygonException.Unavailable("interrupted while the stream was busy", null, e);
    } catch (ExecutionException e) {
      throw new PolygonException.Unavailable("the stream failed: " + e.getCause(), null, e);
    } catch (TimeoutException e) {
      throw new PolygonException.Unavailable("the stream is stuck or closed", null, e);
    }
  }
}
