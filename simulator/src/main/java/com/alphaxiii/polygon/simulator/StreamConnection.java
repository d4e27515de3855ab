package com.alphaxiii.polygon.simulator;

import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One client on the stream; lives on the hub's event loop. */
final class StreamConnection {
  private static final int FRAME_CHARS = 256 << 10;
  private static final Map<String, Set<String>> CHANNELS =
      Map.of(
          "stocks", Set.of("T", "Q", "A", "AM", "LULD", "NOI", "FMV", "LV"),
          "options", Set.of("T", "Q", "A", "AM", "FMV", "LV"),
          "forex", Set.of("C", "CA", "CAS", "FMV", "LV"),
          "crypto", Set.of("XT", "XQ", "XA", "XAS", "XL2", "FMV", "LV"),
          "indices", Set.of("V", "A", "AM", "LV"),
          "futures", Set.of("T", "Q", "A", "AM"));

  private final StreamHub hub;
  private final ServerWebSocket socket;
  private final String market;
  private final Interests interests = new Interests();
  private final StringBuilder frame = new StringBuilder();
  private Optional<String> key = Optional.empty();
  private long outstanding;
  private boolean closed;

  StreamConnection(StreamHub hub, ServerWebSocket socket, String market) {
    this.hub = hub;
    this.socket = socket;
    this.market = market;
  }

  /** The market that a path names, such as {@code stocks}; empty for an unknown path. */
  static Optional<String> marketOf(String path) {
    String market = path.startsWith("/") ? path.substring(1) : path;
    int slash = market.indexOf('/');
    String first = slash < 0 ? market : market.substring(0, slash);
    boolean known = CHANNELS.containsKey(first) && (slash < 0 || first.equals("futures"));
    return known ? Optional.of(first) : Optional.empty();
  }

  void open() {
    socket.textMessageHandler(this::receive);
    socket.closeHandler(
        done -> {
          closed = true;
          hub.closed(this);
        });
    socket.exceptionHandler(e -> drop());
    sendNow(StreamStatus.CONNECTED);
  }

  String market() {
    return market;
  }

  /** The key it authenticated with. */
  Optional<String> key() {
    return key;
  }

  Interests interests() {
    return interests;
  }

  /** Bytes handed to the socket that it has not sent yet. */
  long outstanding() {
    return outstanding;
  }

  private void receive(String text) {
    String action = "";
    String params = "";
    try (JsonParser json = Json.parser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        sendNow(StreamStatus.BAD_REQUEST);
        return;
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        boolean isText = json.nextToken() == JsonToken.VALUE_STRING;
        if (name.equals("action") || name.equals("params")) {
          if (!isText) {
            sendNow(StreamStatus.BAD_REQUEST);
            return;
          }
          if (name.equals("action")) {
            action = json.getString();
          } else {
            params = json.getString();
          }
        } else {
          json.skipChildren();
        }
      }
    } catch (JacksonException e) {
      sendNow(StreamStatus.BAD_REQUEST);
      return;
    }
    switch (action) {
      case "auth" -> authenticate(params);
      case "subscribe" -> subscribe(params, true);
      case "unsubscribe" -> subscribe(params, false);
      default -> sendNow(StreamStatus.BAD_REQUEST);
    }
  }

  private void authenticate(String offered) {
    if (key.isPresent()) {
      return;
    }
    if (!hub.accepts(offered)) {
      dropAfter(StreamStatus.AUTH_FAILED);
      return;
    }
    key = Optional.of(offered);
    sendNow(StreamStatus.AUTH_SUCCESS);
    hub.authenticated(this);
  }

  private void subscribe(String params, boolean add) {
    if (key.isEmpty()) {
      sendNow(StreamStatus.AUTH_REQUIRED);
      return;
    }
    String word = add ? "subscribed to: " : "unsubscribed to: ";
    for (String pair : params.split(",", -1)) {
      String topic = pair.strip();
      int dot = topic.indexOf('.');
      if (dot <= 0 || dot == topic.length() - 1) {
        continue;
      }
      String channel = topic.substring(0, dot);
      if (!CHANNELS.getOrDefault(market, Set.of()).contains(channel)) {
        continue;
      }
      if (add) {
        interests.add(channel, topic.substring(dot + 1));
      } else {
        interests.remove(channel, topic.substring(dot + 1));
      }
      append(StreamStatus.of("success", word + topic));
    }
    flush();
    hub.interestsChanged();
  }

  /** Puts an event into the frame that is being collected. */
  void append(String event) {
    frame.append(frame.isEmpty() ? '[' : ',').append(event);
    if (frame.length() >= FRAME_CHARS) {
      flush();
    }
  }

  /** Sends what was collected. */
  void flush() {
    if (!frame.isEmpty()) {
      String text = frame.append(']').toString();
      frame.setLength(0);
      write(text);
    }
  }

  /** Sends one event in a frame of its own. */
  void sendNow(String event) {
    flush();
    append(event);
    flush();
  }

  /** Sends a frame as it is. */
  void write(String text) {
    if (!closed && !hub.silent()) {
      send(text);
    }
  }

  private Future<Void> send(String text) {
    outstanding += text.length();
    return socket
        .writeTextMessage(text)
        .onComplete(
            done -> {
              outstanding -= text.length();
              hub.written();
            });
  }

  /** Closes by the protocol after a last status event. */
  void close(String status, int code) {
    sendNow(status);
    socket.close((short) code, "").onFailure(e -> drop());
    closed = true;
    hub.closed(this);
  }

  /** Ends the TCP connection without a word; what the socket has not sent yet is lost. */
  void drop() {
    closed = true;
    var _ = ((WebSocketInternal) socket).channelHandlerContext().close();
    hub.closed(this);
  }

  /** Ends the TCP connection without a close frame once a last status event is sent. */
  void dropAfter(String status) {
    flush();
    closed = true;
    hub.closed(this);
    send("[" + status + "]").onComplete(sent -> hub.later(this::drop));
  }
}
