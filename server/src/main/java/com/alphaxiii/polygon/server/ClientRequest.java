package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Topic;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a WebSocket client asks for. */
sealed interface ClientRequest {
  /** Most symbols that one client may be subscribed to, or name in a message. */
  int MOST_SYMBOLS = 1_000;

  /** What a subscribe may hold. */
  Set<String> SUBSCRIBE_FIELDS =
      Set.of("action", "symbols", "channels", "policy", "conflate_trades", "snapshot", "since");

  /**
   * More topics.
   *
   * @param policy null leaves it as it is
   * @param snapshot whether the last known values are to come first
   * @param since from when on history is sent first; null for none
   */
  record Subscribe(
      Set<String> symbols,
      Set<Channel> channels,
      Outbox.@Nullable Policy policy,
      boolean snapshot,
      @Nullable Instant since)
      implements ClientRequest {
    /** Each symbol with each channel; {@link Refused} when a market lacks a channel. */
    Set<Topic> topics() throws Refused {
      Set<Topic> topics = new HashSet<>();
      for (Channel channel : channels) {
        for (String symbol : symbols) {
          try {
            topics.add(new Topic(channel, symbol));
          } catch (PolygonException.InvalidRequest e) {
            throw new Refused("unknown_channel", String.valueOf(e.getMessage()));
          }
        }
      }
      return topics;
    }
  }

  /**
   * Fewer topics; the symbol {@code *} gives up the channels as a whole, {@code X:*} those of
   * crypto.
   */
  record Unsubscribe(Set<String> symbols, Set<Channel> channels) implements ClientRequest {
    boolean gives(Topic topic) {
      return channels.contains(topic.channel())
          && (symbols.contains(Topic.ALL)
              || symbols.contains(topic.symbol())
              || symbols.contains(topic.market().wildcard()));
    }
  }

  record Ping() implements ClientRequest {}

  record ListTopics() implements ClientRequest {}

  /**
   * A replay is to be stopped, or to go on otherwise.
   *
   * @param action pause, resume, seek or speed
   * @param value where to, or how fast; empty for the others
   */
  record Turn(String action, String value) implements ClientRequest {}

  /** A message that cannot be followed. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String detail;

    Refused(String code, String detail) {
      super(detail);
      this.code = code;
      this.detail = detail;
    }

    String code() {
      return code;
    }

    String detail() {
      return detail;
    }
  }

  /** Reads a message; what is wrong with it is told by {@link Refused}. */
  static ClientRequest parse(String message) throws Refused {
    JsonNode body;
    try {
      body = Json.read(message);
    } catch (JacksonException e) {
      throw new Refused("bad_request", "the message is not JSON: " + e.getOriginalMessage());
    }
    if (!body.isObject() || !body.path("action").isString()) {
      throw new Refused(
          "bad_request",
          "a message is a JSON object with an action: subscribe, unsubscribe, ping or list");
    }
    String action = body.path("action").stringValue();
    return switch (action) {
      case "subscribe" -> {
        checkNames(body, SUBSCRIBE_FIELDS);
        yield new Subscribe(
            symbols(body), channels(body), policy(body), flag(body, "snapshot"), since(body));
      }
      case "unsubscribe" -> {
        checkNames(body, Set.of("action", "symbols", "channels"));
        yield new Unsubscribe(symbols(body), channels(body));
      }
      case "ping" -> new Ping();
      case "list" -> new ListTopics();
      case "pause", "resume" -> {
        checkNames(body, Set.of("action"));
        yield new Turn(action, "");
      }
      case "seek" -> {
        checkNames(body, Set.of("action", "to"));
        yield new Turn(action, body.path("to").asString(""));
      }
      case "speed" -> {
        checkNames(body, Set.of("action", "speed"));
        yield new Turn(action, body.path("speed").asString(""));
      }
      default ->
          throw new Refused(
              "unknown_action",
              "'%s' is not an action: use subscribe, unsubscribe, ping or list"
                  .formatted(shortened(action)));
    };
  }

  private static void checkNames(JsonNode body, Set<String> known) throws Refused {
    for (String name : body.propertyNames()) {
      if (!known.contains(name)) {
        throw new Refused(
            "bad_request",
            "there is no field '%s' in %s; known are %s"
                .formatted(
                    shortened(name),
                    body.path("action").stringValue(),
                    String.join(", ", known.stream().sorted().toList())));
      }
    }
  }

  private static @Nullable Instant since(JsonNode body) throws Refused {
    JsonNode since = body.path("since");
    if (since.isMissingNode() || since.isNull()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(since.asString("")).toInstant();
    } catch (DateTimeParseException e) {
      throw new Refused("bad_request", "'since' is a time such as 2024-01-26T14:30:00Z");
    }
  }

  private static Outbox.@Nullable Policy policy(JsonNode body) throws Refused {
    JsonNode policy = body.path("policy");
    String name =
        policy.isMissingNode() || policy.isNull() ? "" : policy.asString("no text at all");
    boolean trades = flag(body, "conflate_trades");
    if (trades && !name.equals("conflate")) {
      throw new Refused("bad_request", "conflate_trades belongs to the policy conflate");
    }
    return switch (name) {
      case "" -> null;
      case "drop_oldest" -> Outbox.Policy.DROP_OLDEST;
      case "conflate" -> trades ? Outbox.Policy.CONFLATE_TRADES : Outbox.Policy.CONFLATE;
      case "disconnect" -> Outbox.Policy.DISCONNECT;
      default -> throw new Refused("bad_request", "policy is conflate, drop_oldest or disconnect");
    };
  }

  private static boolean flag(JsonNode body, String name) throws Refused {
    JsonNode flag = body.path(name);
    if (flag.isMissingNode() || flag.isNull()) {
      return false;
    }
    if (!flag.isBoolean()) {
      throw new Refused("bad_request", name + " is true or false");
    }
    return flag.booleanValue();
  }

  private static Set<String> symbols(JsonNode body) throws Refused {
    Set<String> symbols = new LinkedHashSet<>();
    List<String> wrong = new ArrayList<>();
    for (String text : texts(body, "symbols")) {
      try {
        symbols.add(Topic.spelled(text));
      } catch (PolygonException.InvalidRequest e) {
        wrong.add(shortened(text));
      }
    }
    if (!wrong.isEmpty()) {
      throw new Refused("bad_symbol", "not symbols: " + String.join(", ", wrong));
    }
    return symbols;
  }

  private static Set<Channel> channels(JsonNode body) throws Refused {
    Set<Channel> channels = new LinkedHashSet<>();
    for (String text : texts(body, "channels")) {
      try {
        channels.add(Channel.parse(text));
      } catch (PolygonException.InvalidRequest e) {
        throw new Refused(
            "unknown_channel",
            "'%s' is not a channel: use T, Q, A, AM, LULD, NOI, FMV, LV, V or L2"
                .formatted(shortened(text)));
      }
    }
    return channels;
  }

  private static List<String> texts(JsonNode body, String name) throws Refused {
    JsonNode array = body.path(name);
    if (!array.isArray() || array.isEmpty()) {
      throw new Refused("bad_request", name + " must be a list of at least one text");
    }
    if (array.size() > MOST_SYMBOLS) {
      throw new Refused(
          "too_many_symbols",
          "%d %s in a message; at most %d".formatted(array.size(), name, MOST_SYMBOLS));
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array) {
      if (!element.isString()) {
        throw new Refused("bad_request", name + " must hold texts only");
      }
      texts.add(element.stringValue());
    }
    return texts;
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
