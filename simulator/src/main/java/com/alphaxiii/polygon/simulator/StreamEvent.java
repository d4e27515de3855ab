package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** An event on its way to subscribers; written as JSON once, and only if somebody wants it. */
final class StreamEvent {
  private final Market market;
  private final String channel;
  private final String symbol;
  private final Consumer<JsonGenerator> body;
  private @Nullable String text;

  /**
   * @param symbol as {@link Interests} keeps it
   */
  StreamEvent(Market market, String channel, String symbol, Consumer<JsonGenerator> body) {
    this.market = market;
    this.channel = channel;
    this.symbol = symbol;
    this.body = body;
  }

  Market market() {
    return market;
  }

  String channel() {
    return channel;
  }

  String symbol() {
    return symbol;
  }

  /** The JSON object; called on the hub's thread only. */
  String text() {
    if (text == null) {
      text = Json.text(body);
    }
    return text;
  }
}
