package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import tools.jackson.core.JsonGenerator;

/**
 * Trades and quotes of stocks as events of the stream. Times are Unix ms; absent values have no
 * key.
 */
final class StreamJson {
  private StreamJson() {}

  static StreamEvent trade(TradeTick trade) {
    return new StreamEvent(
        Market.STOCKS,
        "T",
        trade.symbol(),
        json -> {
          start(json, "T", "sym", trade.symbol());
          json.writeNumberProperty("x", trade.exchange());
          if (!trade.id().isEmpty()) {
            json.writeStringProperty("i", trade.id());
          }
          json.writeNumberProperty("z", trade.tape());
          Json.number(json, "p", trade.price());
          Json.number(json, "s", trade.size());
          Json.integers(json, "c", trade.conditions());
          json.writeNumberProperty("t", trade.sipTime() / 1_000_000);
          json.writeNumberProperty("q", trade.sequence());
          if (trade.trfId() != 0) {
            json.writeNumberProperty("trfi", trade.trfId());
            json.writeNumberProperty("trft", trade.trfTime() / 1_000_000);
          }
          json.writeEndObject();
        });
  }

  static StreamEvent quote(QuoteTick quote) {
    return new StreamEvent(
        Market.STOCKS,
        "Q",
        quote.symbol(),
        json -> {
          start(json, "Q", "sym", quote.symbol());
          json.writeNumberProperty("bx", quote.bidExchange());
          Json.number(json, "bp", quote.bidPrice());
          Json.number(json, "bs", quote.bidSize());
          json.writeNumberProperty("ax", quote.askExchange());
          Json.number(json, "ap", quote.askPrice());
          Json.number(json, "as", quote.askSize());
          if (quote.conditions().size() > 0) {
            json.writeNumberProperty("c", quote.conditions().get(0));
          }
          Json.integers(json, "i", quote.indicators());
          json.writeNumberProperty("t", quote.sipTime() / 1_000_000);
          json.writeNumberProperty("q", quote.sequence());
          json.writeNumberProperty("z", quote.tape());
          json.writeEndObject();
        });
  }

  /** Begins an event: its channel and its symbol under the name that the channel has for it. */
  static void start(JsonGenerator json, String channel, String name, String symbol) {
    json.writeStartObject();
    json.writeStringProperty("ev", channel);
    json.writeStringProperty(name, symbol);
  }

  /** Writes a number unless it is NaN. */
  static void present(JsonGenerator json, String name, double value) {
    if (!Double.isNaN(value)) {
      Json.number(json, name, value);
    }
  }
}
