package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
   * Sends raw JSON events to those who subscribe to them, all in one frame where they fit. {@code
   * ev} names the channel, {@code sym} (or {@code T}, {@code pair}, on forex {@code p}) the symbol;
   * the two tell the market.
   */
  public void publish(String... events) {
    await(hub.deliver(Arrays.stream(events).map(PublishedEvent::of).toList()));
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

  /**
   * Breaks all connections at exact places of what is played or published from now on, in the place
   * of an earlier script. Thousands of breaks are fine.
   *
   * @param faults with ascending places; those that are past are left out
   * @throws PolygonException.InvalidRequest when places do not ascend
   */
  public void script(List<StreamFault> faults) {
    List<StreamFault> script = List.copyOf(faults);
    StreamScript.check(script);
    await(hub.script(script));
  }

  /** How many events were played or published so far, heard by anybody or not. */
  public long delivered() {
    return await(hub.delivered());
  }

  /** Sends every connection {@code force_disconnect} and closes it with 1008. */
  public void forceDisconnect() {
    await(hub.forceDisconnect());
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

  /** Symbols of stocks that somebody subscribes to; {@code *} stands for all. */
  public List<String> symbols() {
    return hub.symbols(Market.STOCKS).stream().sorted().toList();
  }

  /** All topics that somebody subscribes to, such as {@code stocks/T.AAPL}, sorted. */
  public List<String> topics() {
    return hub.topics().stream().sorted().toList();
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

  private static <T> T await(CompletableFuture<T> done) {
    try {
      return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
