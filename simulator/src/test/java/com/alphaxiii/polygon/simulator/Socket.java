package com.alphaxiii.polygon.simulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A caller of the stream that knows nothing of how it is made. */
final class Socket implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final HttpClient http = HttpClient.newHttpClient();
  private final LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();

  /** The close code. */
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();

  private final WebSocket socket;

  Socket(Simulator simulator, String path) {
    socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(simulator.streamUrl() + path), new Listener())
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
  }

  /** Connects, authenticates and subscribes, and has seen the answers. */
  static Socket subscribed(Simulator simulator, String topics) throws InterruptedException {
    var socket = new Socket(simulator, "/stocks");
    socket.send("auth", "test-key");
    socket.send("subscribe", topics);
    socket.awaitStatus("subscribed to: " + topics.substring(topics.lastIndexOf(',') + 1).strip());
    return socket;
  }

  void send(String action, String params) {
    sendText("{\"action\":\"%s\",\"params\":\"%s\"}".formatted(action, params));
  }

  void sendText(String text) {
    socket.sendText(text, true).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** The next frame as it came. */
  String frame() throws InterruptedException {
    String frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("no frame within " + PATIENCE_SECONDS + " s");
    }
    return frame;
  }

  /** The next frame's events. */
  @SuppressWarnings("unchecked")
  List<Map<String, Object>> events() throws InterruptedException {
    return (List<Map<String, Object>>) Web.parse(frame());
  }

  void awaitStatus(String message) throws InterruptedException {
    var seen = new ArrayList<String>();
    while (true) {
      String frame = frame();
      seen.add(frame);
      if (frame.contains("\"" + message + "\"")) {
        return;
      }
      if (seen.size() > 1000) {
        throw new AssertionError("never heard '" + message + "' in " + seen.subList(0, 5));
      }
    }
  }

  int awaitClose() {
    return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  boolean isOpen() {
    return !closed.isDone();
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
    http.close();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        frames.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }
  }
}
