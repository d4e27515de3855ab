package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Raw JSON that a test sends as an event. */
final class PublishedEvent {
  private PublishedEvent() {}

  /** Reads who wants an event; its text stays as it is. */
  static StreamEvent of(String text) {
    Map<String, String> fields = fields(text);
    String channel = fields.getOrDefault("ev", "");
    String symbol =
        fields.getOrDefault(
            "sym",
            fields.getOrDefault("T", fields.getOrDefault("pair", fields.getOrDefault("p", ""))));
    Market market = market(channel, symbol);
    return new StreamEvent(
        market, channel, Interests.key(market, symbol), json -> json.writeRaw(text));
  }

  private static Market market(String channel, String symbol) {
    return switch (channel) {
      case "C", "CA", "CAS" -> Market.FOREX;
      case "XT", "XQ", "XA", "XAS", "XL2" -> Market.CRYPTO;
      case "V" -> Market.INDICES;
      default -> Route.marketOf(symbol);
    };
  }

  /** The fields that are text. */
  private static Map<String, String> fields(String text) {
    var fields = new HashMap<String, String>();
    try (JsonParser json = Json.parser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new PolygonException.InvalidRequest("event", text, "an event is a JSON object");
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.VALUE_STRING) {
          fields.put(name, json.getString());
        } else {
          json.skipChildren();
        }
      }
    } catch (JacksonException e) {
      throw new PolygonException.InvalidRequest("event", text, "an event is a JSON object");
    }
    return fields;
  }
}
