package com.alphaxiii.polygon.client;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A WebSocket server that says only what a test lets it say, to see what a client makes of it. */
final class ScriptedStream {
  private static final long PATIENCE_SECONDS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
  private final HttpServer server;

  ScriptedStream() throws Exception {
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setMaxWebSocketMessageSize(1 << 20)
                    .setMaxWebSocketFrameSize(1 << 20))
            .webSocketHandler(socket -> lines.add(new Line(socket)))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  URI url() {
    return URI.create("ws://127.0.0.1:" + server.actualPort());
  }

  int port() {
    return server.actualPort();
  }

  /** The next connection a client opens, before anything was said. */
  Line accept() throws InterruptedException {
    Line line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("no connection");
    }
    return line;
  }

  /** The next connection, logged in. */
  Line login() throws InterruptedException {
    Line line = accept();
    line.greet();
    line.heard("auth");
    line.status("auth_success", "authenticated");
    return line;
  }

  boolean hasConnection() {
    return !lines.isEmpty();
  }

  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** One connection. */
  static final class Line {
    private static final Pattern ACTION =
        Pattern.compile("\\{\"action\":\"(\\w+)\",\"params\":\"(.*)\"}");

    private final ServerWebSocket socket;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final AtomicInteger pings = new AtomicInteger();

    private Line(ServerWebSocket socket) {
      this.socket = socket;
      socket.textMessageHandler(heard::add);
      socket.frameHandler(
          frame -> {
            if (frame.isPing()) {
              pings.incrementAndGet();
            }
          });
    }

    String path() {
      return socket.path();
    }

    void greet() {
      status("connected", "Connected Successfully");
    }

    /** The parameters of the next frame, which must be this action. */
    String heard(String action) throws InterruptedException {
      String text = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Matcher matcher = ACTION.matcher(String.valueOf(text));
      if (!matcher.matches() || !matcher.group(1).equals(action)) {
        throw new AssertionError("heard %s instead of %s".formatted(text, action));
      }
      return matcher.group(2);
    }

    int pings() {
      return pings.get();
    }

    boolean heardNothing() {
      return heard.isEmpty();
    }

    /** Takes the next subscribe frame and confirms all of it in one array. */
    List<String> confirmSubscribe() throws InterruptedException {
      List<String> topics = List.of(heard("subscribe").split(","));
      confirm(topics);
      return topics;
    }

    void confirm(List<String> topics) {
      StringBuilder acks = new StringBuilder();
      for (String topic : topics) {
        acks.append(acks.isEmpty() ? "" : ",")
            .append("{\"ev\":\"status\",\"status\":\"success\",\"message\":\"subscribed to: ")
            .append(topic)
            .append("\"}");
      }
      say("[" + acks + "]");
    }

    void status(String status, String message) {
      say("[{\"ev\":\"status\",\"status\":\"%s\",\"message\":\"%s\"}]".formatted(status, message));
    }

    void say(String frame) {
      socket.writeTextMessage(frame);
    }

    /** The same in three fragments. */
    void sayInFragments(String frame) {
      int a = frame.length() / 3;
      int b = 2 * a;
      socket.writeFrame(WebSocketFrame.textFrame(frame.substring(0, a), false));
      socket.writeFrame(
          WebSocketFrame.continuationFrame(Buffer.buffer(frame.substring(a, b)), false));
      socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(frame.substring(b)), true));
    }

    /** Reads and answers nothing any more, pings included. */
    void freeze() {
      ((WebSocketInternal) socket).channelHandlerContext().channel().config().setAutoRead(false);
    }

    void closeWith(int code) {
      socket.close((short) code, "");
    }

    /** Ends TCP without a close frame. */
    void drop() {
      ((WebSocketInternal) socket).channelHandlerContext().close();
    }

    boolean isClosed() {
      return socket.isClosed();
    }
  }
}
