package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import tools.jackson.core.JsonGenerator;

/**
 * A second or minute aggregate of one market as an event of the stream, with the vendor's names and
 * order. Its numbers are copied from folds that go on.
 *
 * @param label the symbol as the event spells it
 * @param start of the window, Unix ms
 * @param length of the window, ms
 * @param officialOpen of the day; NaN before there is one
 * @param dollars what was paid in all, in dollars
 */
record StreamAggregates(
    Market market,
    String channel,
    String label,
    long start,
    long length,
    double open,
    double high,
    double low,
    double close,
    double volume,
    double vwap,
    long count,
    double dollars,
    double officialOpen,
    double dayVolume,
    double dayVwap) {

  /**
   * Copies the numbers of a window and of the day so far.
   *
   * @param multiplier dollars for each unit of price and size
   */
  static StreamAggregates of(
      Market market,
      String channel,
      String label,
      double multiplier,
      long start,
      long length,
      BarFold bar,
      BarFold regular,
      BarFold day) {
    return new StreamAggregates(
        market,
        channel,
        label,
        start,
        length,
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume(),
        bar.vwap(),
        bar.count(),
        bar.turnover() * multiplier,
        regular.exists() ? regular.open() : Double.NaN,
        day.volume(),
        day.vwap());
  }

  StreamEvent event() {
    return new StreamEvent(market, channel, Interests.key(market, label), this::write);
  }

  private void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("ev", channel);
    boolean pair = market == Market.FOREX || market == Market.CRYPTO;
    json.writeStringProperty(pair ? "pair" : "sym", label);
    switch (market) {
      case STOCKS, OPTIONS -> {
        Json.number(json, "v", volume);
        Json.number(json, "av", dayVolume);
        StreamJson.present(json, "op", officialOpen);
        StreamJson.present(json, "vw", vwap);
        prices(json);
        StreamJson.present(json, "a", dayVwap);
        json.writeNumberProperty("z", averageSize());
      }
      case FOREX -> {
        prices(json);
        Json.number(json, "v", volume);
      }
      case CRYPTO -> {
        Json.number(json, "v", volume);
        StreamJson.present(json, "vw", vwap);
        json.writeNumberProperty("z", averageSize());
        prices(json);
      }
      case INDICES -> {
        StreamJson.present(json, "op", officialOpen);
        prices(json);
      }
      case FUTURES -> {
        Json.number(json, "v", volume);
        Json.number(json, "dv", Math.rint(dollars * 100) / 100);
        prices(json);
        json.writeNumberProperty("n", count);
      }
    }
    json.writeNumberProperty("s", start);
    json.writeNumberProperty("e", start + length);
    json.writeEndObject();
  }

  private void prices(JsonGenerator json) {
    Json.number(json, "o", open);
    Json.number(json, "c", close);
    Json.number(json, "h", high);
    Json.number(json, "l", low);
  }

  private long averageSize() {
    return count == 0 ? 0 : Math.round(volume / count);
  }
}
