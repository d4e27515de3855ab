package com.alphaxiii.polygon.simulator;

import tools.jackson.core.JsonGenerator;

/** Ticks and bars as events of the stream. Times are Unix ms; absent values have no key. */
final class StreamJson {
  private StreamJson() {}

  static StreamEvent trade(TradeTick trade) {
    return new StreamEvent(
        "T",
        trade.symbol(),
        json -> {
          start(json, "T", trade.symbol());
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
        "Q",
        quote.symbol(),
        json -> {
          start(json, "Q", quote.symbol());
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

  /**
   * A second or minute aggregate; the numbers are copied before this returns.
   *
   * @param start of the window, Unix ms
   * @param length of the window, ms
   * @param regular the day so far within regular hours, for its official open
   * @param day the day so far
   */
  static StreamEvent aggregate(
      String channel,
      String symbol,
      long start,
      long length,
      BarFold bar,
      BarFold regular,
      BarFold day) {
    double volume = bar.volume();
    double dayVolume = day.volume();
    double officialOpen = regular.exists() ? regular.open() : Double.NaN;
    double vwap = bar.vwap();
    double open = bar.open();
    double close = bar.close();
    double high = bar.high();
    double low = bar.low();
    double dayVwap = day.vwap();
    long averageSize = bar.count() == 0 ? 0 : Math.round(volume / bar.count());
    return new StreamEvent(
        channel,
        symbol,
        json -> {
          start(json, channel, symbol);
          Json.number(json, "v", volume);
          Json.number(json, "av", dayVolume);
          present(json, "op", officialOpen);
          present(json, "vw", vwap);
          Json.number(json, "o", open);
          Json.number(json, "c", close);
          Json.number(json, "h", high);
          Json.number(json, "l", low);
          present(json, "a", dayVwap);
          json.writeNumberProperty("z", averageSize);
          json.writeNumberProperty("s", start);
          json.writeNumberProperty("e", start + length);
          json.writeEndObject();
        });
  }

  private static void start(JsonGenerator json, String channel, String symbol) {
    json.writeStartObject();
    json.writeStringProperty("ev", channel);
    json.writeStringProperty("sym", symbol);
  }

  private static void present(JsonGenerator json, String name, double value) {
    if (!Double.isNaN(value)) {
      Json.number(json, name, value);
    }
  }
}
