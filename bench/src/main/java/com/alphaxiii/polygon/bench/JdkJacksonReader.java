package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The usual way: the JDK's WebSocket, and Jackson's streaming parser into the same records. */
final class JdkJacksonReader implements WebSocket.Listener, AutoCloseable {
  private final JsonFactory json = new JsonFactory();
  private final Map<String, Ticker> tickers = new HashMap<>();
  private final StringBuilder parts = new StringBuilder();
  private final Tally tally;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;

  JdkJacksonReader(URI address, Tally tally) {
    this.tally = tally;
    socket = http.newWebSocketBuilder().buildAsync(address, this).join();
    socket.sendText("{\"action\":\"auth\",\"params\":\"key\"}", true).join();
    socket.sendText("{\"action\":\"subscribe\",\"params\":\"T.*,Q.*\"}", true).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    if (!last || !parts.isEmpty()) {
      parts.append(data);
    }
    if (last) {
      read(parts.isEmpty() ? data.toString() : parts.toString());
      parts.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void read(String message) {
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), message)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        event(parser);
      }
    }
  }

  private void event(JsonParser parser) {
    String kind = "";
    String symbol = "";
    String id = "";
    Conditions conditions = Conditions.NONE;
    Conditions indicators = Conditions.NONE;
    int exchange = 0;
    int tape = 0;
    int bidExchange = 0;
    int askExchange = 0;
    double price = 0;
    double size = 0;
    double bidPrice = 0;
    double bidSize = 0;
    double askPrice = 0;
    double askSize = 0;
    long time = 0;
    long sequence = 0;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "ev" -> kind = parser.getString();
        case "sym" -> symbol = parser.getString();
        case "x" -> exchange = parser.getIntValue();
        case "z" -> tape = parser.getIntValue();
        case "p" -> price = parser.getDoubleValue();
        case "s" -> size = parser.getDoubleValue();
        case "t" -> time = parser.getLongValue();
        case "q" -> sequence = parser.getLongValue();
        case "bx" -> bidExchange = parser.getIntValue();
        case "ax" -> askExchange = parser.getIntValue();
        case "bp" -> bidPrice = parser.getDoubleValue();
        case "bs" -> bidSize = parser.getDoubleValue();
        case "ap" -> askPrice = parser.getDoubleValue();
        case "as" -> askSize = parser.getDoubleValue();
        case "c" -> conditions = codes(parser, value);
        case "i" -> {
          if (value == JsonToken.START_ARRAY) {
            indicators = codes(parser, value);
          } else {
            id = parser.getString();
          }
        }
        default -> parser.skipChildren();
      }
    }
    if (kind.equals("T")) {
      tally.add(
          new Trade(
              ticker(symbol),
              price,
              size,
              conditions,
              time * 1_000_000,
              0,
              exchange,
              id,
              tape,
              sequence,
              0,
              0));
    } else if (kind.equals("Q")) {
      tally.add(
          new Quote(
              ticker(symbol),
              bidExchange,
              bidPrice,
              bidSize,
              askExchange,
              askPrice,
              askSize,
              conditions,
              indicators,
              time * 1_000_000,
              0,
              tape,
              sequence));
    }
  }

  private Ticker ticker(String symbol) {
    return tickers.computeIfAbsent(symbol, Ticker::of);
  }

  private static Conditions codes(JsonParser parser, JsonToken value) {
    if (value != JsonToken.START_ARRAY) {
      return Conditions.of(parser.getIntValue());
    }
    int[] codes = new int[4];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (count == codes.length) {
        codes = Arrays.copyOf(codes, 2 * count);
      }
      codes[count++] = parser.getIntValue();
    }
    return Conditions.of(Arrays.copyOf(codes, count));
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
