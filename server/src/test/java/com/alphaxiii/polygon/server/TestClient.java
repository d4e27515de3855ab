package com.alphaxiii.polygon.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A WebSocket client that keeps what it is told. */
final class TestClient implements WebSocket.Listener, AutoCloseable {
  private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final StringBuilder partial = new StringBuilder();
  private final HttpClient http = HttpClient.newHttpClient();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private WebSocket socket;

  /** Throws {@link CompletionException} when the server refuses. */
  static TestClient connect(URI uri, List<String> headers) {
    TestClient client = new TestClient();
    WebSocket.Builder builder = client.http.newWebSocketBuilder();
    for (int i = 0; i < headers.size(); i += 2) {
      builder.header(headers.get(i), headers.get(i + 1));
    }
    URI address = URI.create(uri.toString().replaceFirst("^http", "ws"));
    try {
      client.socket =
          builder
              .buildAsync(address, client)
              .orTimeout(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .join();
    } catch (CompletionException e) {
      client.http.shutdownNow();
      throw e;
    }
    return client;
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      messages.add(partial.toString());
      partial.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }

  void send(String text) {
    socket.sendText(text, true).orTimeout(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  void sendBinary(byte[] bytes) {
    socket
        .sendBinary(java.nio.ByteBuffer.wrap(bytes), true)
        .orTimeout(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  String nextText() {
    try {
      String next = messages.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no message came");
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  JsonNode next() {
    return TestServer.json(nextText());
  }

  /** The next message of a type; others before it are skipped. */
  JsonNode next(String type) {
    while (true) {
      JsonNode message = next();
      if (message.path("type").asString().equals(type)) {
        return message;
      }
    }
  }

  /** Subscribes and waits until the server says so. */
  TestClient subscribe(String symbols, String channels) {
    send("{\"action\":\"subscribe\",\"symbols\":%s,\"channels\":%s}".formatted(symbols, channels));
    next("subscribed");
    return this;
  }

  int waiting() {
    return messages.size();
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
