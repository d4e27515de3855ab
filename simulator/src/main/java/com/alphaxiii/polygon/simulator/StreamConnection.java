package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One client on the stream; lives on the hub's event loop. */
final class StreamConnection {
  private static final int FRAME_CHARS = 256 << 10;
  // The first bytes of a WebSocket frame (RFC 6455, section 5.2).
  private static final int FINAL_TEXT = 0x81;
  private static final int TWO_BYTES_OF_LENGTH = 126;
  private static final int MIN_TWO_BYTE_LENGTH = 126;

  /** Contracts whose quotes one connection may have. */
  private static final int MOST_QUOTED = 1_000;

  private final StreamHub hub;
  private final ServerWebSocket socket;
  private final StreamPath path;
  private final Interests interests;
  private final StringBuilder frame = new StringBuilder();
  private Optional<String> key = Optional.empty();
  private Optional<Access> access = Optional.empty();
  private long outstanding;
  private boolean closed;

  StreamConnection(StreamHub hub, ServerWebSocket socket, StreamPath path) {
    this.hub = hub;
    this.socket = socket;
    this.path = path;
    this.interests = new Interests(path.market());
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

  Market market() {
    return path.market();
  }

  /** Whether it hears everything late. */
  boolean isDelayed() {
    return access.map(plan -> plan.isDelayed(market())).orElse(false);
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
    Optional<Access> plan = hub.access(offered);
    if (plan.isEmpty()) {
      dropAfter(StreamStatus.AUTH_FAILED);
      return;
    }
    if (!plan.get().hasStream()) {
      dropAfter(StreamStatus.NOT_IN_PLAN);
      return;
    }
    key = Optional.of(offered);
    access = plan;
    sendNow(StreamStatus.AUTH_SUCCESS);
    hub.authenticated(this);
  }

  private void subscribe(String params, boolean add) {
    if (access.isEmpty()) {
      sendNow(StreamStatus.AUTH_REQUIRED);
      return;
    }
    var acknowledged = new ArrayList<String>();
    boolean refused = false;
    for (String pair : params.split(",", -1)) {
      String topic = pair.strip();
      int dot = topic.indexOf('.');
      if (dot <= 0 || dot == topic.length() - 1) {
        continue;
      }
      String channel = topic.substring(0, dot);
      String symbol = topic.substring(dot + 1);
      if (!path.hasChannel(channel) || isTooMany(channel, symbol)) {
        continue;
      }
      if (!access.get().hasChannel(market(), channel)) {
        refused = true;
        continue;
      }
      if (add) {
        interests.add(channel, symbol);
      } else {
        interests.remove(channel, symbol);
      }
      acknowledged.add(topic);
    }
    if (refused) {
      append(StreamStatus.NOT_AUTHORIZED);
    }
    String word = add ? "subscribed to: " : "unsubscribed to: ";
    acknowledged.forEach(topic -> append(StreamStatus.of("success", word + topic)));
    flush();
    hub.interestsChanged();
  }

  /** Quotes of all options at once are more than the vendor gives to anybody. */
  private boolean isTooMany(String channel, String symbol) {
    return market() == Market.OPTIONS
        && channel.equals("Q")
        && (symbol.equals(Interests.ALL)
            || (!interests.wants(channel, symbol) && interests.count(channel) >= MOST_QUOTED));
  }

  /** Puts an event that this connection wants into the frame that is being collected. */
  void offer(StreamEvent event) {
    if (event.market() == market()
        && interests.wants(event.channel(), event.symbol())
        && path.hasVenueOf(event.symbol())) {
      append(event.text());
    }
  }

  /** Adds what it subscribes to, with its market. */
  void addTopicsTo(Set<String> all) {
    interests.topics().forEach(topic -> all.add(market().path() + "/" + topic));
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

  /** Closes by the protocol. */
  void close(int code) {
    flush();
    closed = true;
    hub.closed(this);
    socket.close((short) code, "").onFailure(e -> drop());
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

  /**
   * Ends the TCP connection without a close frame once everything is sent so far.
   *
   * @param cut an event of which the first half comes last, in a frame that does not end; may be
   *     empty
   */
  void dropAfterSending(String cut) {
    flush();
    closed = true;
    hub.closed(this);
    ByteBuf last = cut.isEmpty() ? Unpooled.EMPTY_BUFFER : halfFrame("[" + cut + "]");
    // Writes keep their order, so everything before has left when this one has.
    ((WebSocketInternal) socket)
        .channelHandlerContext()
        .writeAndFlush(last)
        .addListener(sent -> hub.later(this::drop));
  }

  private static ByteBuf halfFrame(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return Unpooled.buffer()
        .writeByte(FINAL_TEXT)
        .writeByte(TWO_BYTES_OF_LENGTH)
        .writeShort(Math.max(payload.length, MIN_TWO_BYTE_LENGTH))
        .writeBytes(payload, 0, payload.length / 2);
  }
}
