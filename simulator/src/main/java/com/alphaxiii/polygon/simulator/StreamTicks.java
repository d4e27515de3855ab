package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Ticks of the markets beside the stocks as events of the stream. Times are Unix ms. */
final class StreamTicks {
  /** Levels of a side of a coin's book. */
  private static final int DEPTH = 5;

  private StreamTicks() {}

  static StreamEvent optionTrade(TradeTick trade) {
    return new StreamEvent(
        Market.OPTIONS,
        "T",
        trade.symbol(),
        json -> {
          StreamJson.start(json, "T", "sym", trade.symbol());
          json.writeNumberProperty("x", trade.exchange());
          Json.number(json, "p", trade.price());
          Json.number(json, "s", trade.size());
          Json.integers(json, "c", trade.conditions());
          json.writeNumberProperty("t", trade.sipTime() / 1_000_000);
          json.writeNumberProperty("q", trade.sequence());
          json.writeEndObject();
        });
  }

  static StreamEvent optionQuote(QuoteTick quote) {
    return new StreamEvent(
        Market.OPTIONS,
        "Q",
        quote.symbol(),
        json -> {
          StreamJson.start(json, "Q", "sym", quote.symbol());
          json.writeNumberProperty("bx", quote.bidExchange());
          json.writeNumberProperty("ax", quote.askExchange());
          Json.number(json, "bp", quote.bidPrice());
          Json.number(json, "ap", quote.askPrice());
          Json.number(json, "bs", quote.bidSize());
          Json.number(json, "as", quote.askSize());
          json.writeNumberProperty("t", quote.sipTime() / 1_000_000);
          json.writeNumberProperty("q", quote.sequence());
          json.writeEndObject();
        });
  }

  static StreamEvent forexQuote(Instrument pair, QuoteTick quote) {
    return currency(
        pair,
        "C",
        "p",
        json -> {
          json.writeNumberProperty("x", quote.bidExchange());
          Json.number(json, "a", quote.askPrice());
          Json.number(json, "b", quote.bidPrice());
          json.writeNumberProperty("t", quote.sipTime() / 1_000_000);
        });
  }

  static StreamEvent cryptoTrade(Instrument pair, TradeTick trade) {
    return currency(
        pair,
        "XT",
        "pair",
        json -> {
          Json.number(json, "p", trade.price());
          json.writeNumberProperty("t", trade.sipTime() / 1_000_000);
          Json.number(json, "s", trade.size());
          Json.integers(json, "c", trade.conditions());
          json.writeStringProperty("i", trade.id());
          json.writeNumberProperty("x", trade.exchange());
          json.writeNumberProperty("r", TickApi.received(trade) / 1_000_000);
        });
  }

  static StreamEvent cryptoQuote(Instrument pair, QuoteTick quote) {
    return currency(
        pair,
        "XQ",
        "pair",
        json -> {
          Json.number(json, "bp", quote.bidPrice());
          Json.number(json, "bs", quote.bidSize());
          Json.number(json, "ap", quote.askPrice());
          Json.number(json, "as", quote.askSize());
          json.writeNumberProperty("t", quote.sipTime() / 1_000_000);
          json.writeNumberProperty("x", quote.bidExchange());
          json.writeNumberProperty("r", quote.sipTime() / 1_000_000 + 10);
        });
  }

  /** A coin's book around its best bid and offer. */
  static StreamEvent book(Instrument pair, QuoteTick quote) {
    return currency(
        pair,
        "XL2",
        "pair",
        json -> {
          json.writeNumberProperty("t", quote.sipTime() / 1_000_000);
          json.writeNumberProperty("r", quote.sipTime() / 1_000_000 + 10);
          json.writeNumberProperty("x", quote.bidExchange());
          side(json, "b", pair, quote.bidPrice(), quote.bidSize(), -1);
          side(json, "a", pair, quote.askPrice(), quote.askSize(), 1);
        });
  }

  private static void side(
      JsonGenerator json, String name, Instrument pair, double best, double size, int away) {
    json.writeArrayPropertyStart(name);
    for (int i = 0; i < DEPTH; i++) {
      json.writeStartArray();
      json.writeNumber(pair.round(best + away * i * pair.tick()));
      json.writeNumber(Math.rint(size * (i + 1) * 1e8) / 1e8);
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static StreamEvent currency(
      Instrument pair, String channel, String name, Consumer<JsonGenerator> fields) {
    String label = pair.streamPair();
    return new StreamEvent(
        pair.market(),
        channel,
        Interests.key(pair.market(), label),
        json -> {
          StreamJson.start(json, channel, name, label);
          fields.accept(json);
          json.writeEndObject();
        });
  }

  static StreamEvent value(TradeTick tick) {
    return new StreamEvent(
        Market.INDICES,
        "V",
        tick.symbol(),
        json -> {
          json.writeStartObject();
          json.writeStringProperty("ev", "V");
          Json.number(json, "val", tick.price());
          json.writeStringProperty("T", tick.symbol());
          json.writeNumberProperty("t", tick.sipTime() / 1_000_000);
          json.writeEndObject();
        });
  }

  static StreamEvent futuresTrade(TradeTick trade) {
    return new StreamEvent(
        Market.FUTURES,
        "T",
        trade.symbol(),
        json -> {
          StreamJson.start(json, "T", "sym", trade.symbol());
          Json.number(json, "p", trade.price());
          Json.number(json, "s", trade.size());
          json.writeNumberProperty("t", trade.sipTime() / 1_000_000);
          json.writeNumberProperty("q", trade.sequence());
          json.writeEndObject();
        });
  }

  static StreamEvent futuresQuote(QuoteTick quote) {
    long millis = quote.sipTime() / 1_000_000;
    return new StreamEvent(
        Market.FUTURES,
        "Q",
        quote.symbol(),
        json -> {
          StreamJson.start(json, "Q", "sym", quote.symbol());
          Json.number(json, "bp", quote.bidPrice());
          Json.number(json, "bs", quote.bidSize());
          json.writeNumberProperty("bt", millis);
          Json.number(json, "ap", quote.askPrice());
          Json.number(json, "as", quote.askSize());
          json.writeNumberProperty("at", millis);
          json.writeNumberProperty("t", millis);
          json.writeEndObject();
        });
  }

  /** The vendor's own estimate of a value, and the launchpad's: {@code FMV} and {@code LV}. */
  static StreamEvent estimate(
      Market market, String channel, String label, double value, long millis) {
    boolean pair = market == Market.FOREX || market == Market.CRYPTO;
    String symbol =
        pair ? market.prefix() + (market == Market.FOREX ? label.replace("/", "") : label) : label;
    return new StreamEvent(
        market,
        channel,
        Interests.key(market, symbol),
        json -> {
          json.writeStartObject();
          json.writeStringProperty("ev", channel);
          Json.number(json, channel.equals("FMV") ? "fmv" : "val", value);
          json.writeStringProperty("sym", symbol);
          // The vendor's samples count nanoseconds for options and milliseconds elsewhere.
          json.writeNumberProperty("t", market == Market.OPTIONS ? millis * 1_000_000 : millis);
          json.writeEndObject();
        });
  }

  /** Price bands of a stock; the vendor sends nanoseconds. */
  static StreamEvent bands(TradeTick trade, double low, double high) {
    return new StreamEvent(
        Market.STOCKS,
        "LULD",
        trade.symbol(),
        json -> {
          StreamJson.start(json, "LULD", "T", trade.symbol());
          Json.number(json, "h", high);
          Json.number(json, "l", low);
          json.writeArrayPropertyStart("i");
          json.writeNumber(17);
          json.writeEndArray();
          json.writeNumberProperty("z", trade.tape());
          json.writeNumberProperty("t", trade.sipTime());
          json.writeNumberProperty("q", trade.sequence());
          json.writeEndObject();
        });
  }

  /**
   * The imbalance before an auction; the vendor sends nanoseconds.
   *
   * @param at 930 or 1600
   */
  static StreamEvent imbalance(TradeTick trade, int at) {
    long bits = Mix.mix(trade.sequence());
    return new StreamEvent(
        Market.STOCKS,
        "NOI",
        trade.symbol(),
        json -> {
          StreamJson.start(json, "NOI", "T", trade.symbol());
          json.writeNumberProperty("t", trade.sipTime());
          json.writeNumberProperty("at", at);
          json.writeStringProperty("a", at == 930 ? "M" : "C");
          json.writeNumberProperty("i", (int) (bits & 0xFFF));
          json.writeNumberProperty("x", 10);
          json.writeNumberProperty("o", ((bits >>> 12 & 0xFF) - 128) * 100);
          json.writeNumberProperty("p", (bits >>> 20 & 0x3FF) * 100);
          Json.number(json, "b", trade.price());
          json.writeEndObject();
        });
  }
}
