package com.alphaxiii.polygon.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program at the hub, as any user would write it: the JDK's WebSocket and a JSON parser. */
final class HubClient implements WebSocket.Listener, AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String TRADE =
      "{\"type\":\"market_data\",\"data\":{\"event_type\":\"trade\",";

  private static final String QUOTE =
      "{\"type\":\"market_data\",\"data\":{\"event_type\":\"quote\",";

  private final StringBuilder partial = new StringBuilder();
  private final Map<String, List<String>> trades = new LinkedHashMap<>();
  private final Map<String, List<String>> backfilledTrades = new LinkedHashMap<>();
  private final Map<String, List<String>> quotes = new LinkedHashMap<>();
  private final Map<String, List<String>> backfilledQuotes = new LinkedHashMap<>();
  private final Map<String, List<String>> arrivals = new LinkedHashMap<>();
  private final List<JsonNode> others = new ArrayList<>();
  private final WebSocket socket;

  private HubClient(HttpClient http, URI address) throws Exception {
    socket = http.newWebSocketBuilder().buildAsync(address, this).get(10, TimeUnit.SECONDS);
  }

  static HubClient open(HttpClient http, URI server, String id) throws Exception {
    return new HubClient(http, URI.create("ws://" + server.getAuthority() + "/ws/" + id));
  }

  void send(String json) throws Exception {
    socket.sendText(json, true).get(10, TimeUnit.SECONDS);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      String message = partial.toString();
      partial.setLength(0);
      synchronized (this) {
        boolean backfilled = message.contains("\"backfilled\":true");
        if (message.startsWith(TRADE)) {
          note("T", message, trade(message), backfilled ? backfilledTrades : trades);
        } else if (message.startsWith(QUOTE)) {
          note("Q", message, quote(message), backfilled ? backfilledQuotes : quotes);
        } else {
          others.add(JSON.readTree(message));
        }
        notifyAll();
      }
    }
    webSocket.request(1);
    return null;
  }

  private void note(String channel, String message, String event, Map<String, List<String>> side) {
    String symbol = field(message, "symbol");
    side.computeIfAbsent(symbol, s -> new ArrayList<>()).add(event);
    arrivals.computeIfAbsent(channel + "." + symbol, s -> new ArrayList<>()).add(event);
  }

  private static String trade(String message) {
    return field(message, "trade_id")
        + ' '
        + field(message, "timestamp")
        + ' '
        + Double.parseDouble(field(message, "price"))
        + " x "
        + Double.parseDouble(field(message, "size"));
  }

  private static String quote(String message) {
    return "%s %s x %s, %s x %s"
        .formatted(
            field(message, "timestamp"),
            Double.parseDouble(field(message, "bid_price")),
            Double.parseDouble(field(message, "bid_size")),
            Double.parseDouble(field(message, "ask_price")),
            Double.parseDouble(field(message, "ask_size")));
  }

  /** The text of a field's first occurrence: a parser could not keep up with a day in a minute. */
  private static String field(String message, String name) {
    int start = message.indexOf("\"" + name + "\":") + name.length() + 3;
    boolean quoted = message.charAt(start) == '"';
    int end = start + 1;
    while (quoted ? message.charAt(end) != '"' : ",}".indexOf(message.charAt(end)) < 0) {
      end++;
    }
    return message.substring(quoted ? start + 1 : start, end);
  }

  /** Waits for a message that is not a trade. */
  synchronized JsonNode await(String type) throws InterruptedException {
    awaitUntil(client -> client.find(type) != null, "a message of type " + type);
    JsonNode found = find(type);
    if (found == null) {
      throw new AssertionError();
    }
    return found;
  }

  private @Nullable JsonNode find(String type) {
    return others.stream()
        .filter(message -> message.path("type").asString().equals(type))
        .findFirst()
        .orElse(null);
  }

  /**
   * Waits for a condition; fails with what arrived when it does not come true in a minute and a
   * half.
   */
  void awaitUntil(Predicate<HubClient> condition, String what) throws InterruptedException {
    awaitUntil(condition, what, Duration.ofSeconds(90));
  }

  /** The same within another time. */
  synchronized void awaitUntil(Predicate<HubClient> condition, String what, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.test(this)) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError(
            "waited in vain for %s; got %d trades and %s".formatted(what, tradeCount(), others));
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  synchronized int tradeCount() {
    return trades.values().stream().mapToInt(List::size).sum();
  }

  /** How many messages of a type came besides market data. */
  synchronized long count(String type) {
    return others.stream().filter(m -> m.path("type").asString().equals(type)).count();
  }

  /** Live trades of a symbol in the order of arrival: id, Unix ms, price, size. */
  synchronized List<String> trades(String symbol) {
    return List.copyOf(trades.getOrDefault(symbol, List.of()));
  }

  /** Those that came late, after the hub had missed them. */
  synchronized List<String> backfilledTrades(String symbol) {
    return List.copyOf(backfilledTrades.getOrDefault(symbol, List.of()));
  }

  /** Quotes of a symbol in the order of arrival: Unix ms, bid and its size, ask and its size. */
  synchronized List<String> quotes(String symbol) {
    return List.copyOf(quotes.getOrDefault(symbol, List.of()));
  }

  synchronized List<String> backfilledQuotes(String symbol) {
    return List.copyOf(backfilledQuotes.getOrDefault(symbol, List.of()));
  }

  /** All events of a topic such as {@code T.SPY}, live and late ones, in the order of arrival. */
  synchronized List<String> arrivals(String topic) {
    return List.copyOf(arrivals.getOrDefault(topic, List.of()));
  }

  /** How many they are. */
  synchronized int arrived(String topic) {
    return arrivals.getOrDefault(topic, List.of()).size();
  }

  synchronized List<JsonNode> others() {
    return List.copyOf(others);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
