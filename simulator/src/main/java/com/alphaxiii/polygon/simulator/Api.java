package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The endpoints of bars: from a call to the bytes of its answer. */
final class Api {
  private final Aggregates aggregates;

  Api(Aggregates aggregates) {
    this.aggregates = aggregates;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "/v2/aggs/ticker/{ticker}/range/{multiplier}/{timespan}/{from}/{to}",
            Family.AGGREGATES,
            this::range),
        new Route("/v2/aggs/ticker/{ticker}/prev", Family.AGGREGATES, this::previous));
  }

  /** {@code /v2/aggs/ticker/{ticker}/range/{multiplier}/{timespan}/{from}/{to}}. */
  byte[] range(Call call) {
    AggregateQuery query = AggregateQuery.of(call);
    Market market = Route.marketOf(query.symbol());
    call.access().requireDays(market, query.firstDay(), query.lastDay());
    AggregatePage page = aggregates.page(query);
    BarColumns bars = page.bars();
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("ticker", query.symbol());
          json.writeNumberProperty("queryCount", page.scanned());
          json.writeNumberProperty("resultsCount", bars.size());
          if (market != Market.INDICES) {
            json.writeBooleanProperty("adjusted", query.adjusted());
          }
          if (bars.size() > 0) {
            json.writeArrayPropertyStart("results");
            for (int i = 0; i < bars.size(); i++) {
              bar(json, market, bars, i);
            }
            json.writeEndArray();
          }
          json.writeStringProperty("status", call.access().status(market));
          json.writeStringProperty("request_id", call.requestId());
          if (bars.size() > 0) {
            json.writeNumberProperty("count", bars.size());
          }
          if (page.next() >= 0) {
            json.writeStringProperty("next_url", query.nextUrl(call, page.next()));
          }
          json.writeEndObject();
        });
  }

  /** {@code /v2/aggs/ticker/{ticker}/prev}: the last day that is over. */
  byte[] previous(Call call) {
    String symbol = call.path().getFirst();
    Market market = Route.marketOf(symbol);
    boolean adjusted = call.flag("adjusted", true);
    BarColumns bar = aggregates.lastDay(symbol, adjusted);
    int count = bar.size();
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("ticker", symbol);
          json.writeNumberProperty("queryCount", count);
          json.writeNumberProperty("resultsCount", count);
          if (market != Market.INDICES) {
            json.writeBooleanProperty("adjusted", adjusted);
          }
          if (count > 0) {
            json.writeArrayPropertyStart("results");
            json.writeStartObject();
            json.writeStringProperty("T", symbol);
            barFields(json, market, bar, 0);
            json.writeEndObject();
            json.writeEndArray();
          }
          json.writeStringProperty("status", call.access().status(market));
          json.writeStringProperty("request_id", call.requestId());
          if (count > 0) {
            json.writeNumberProperty("count", count);
          }
          json.writeEndObject();
        });
  }

  private static void bar(JsonGenerator json, Market market, BarColumns bars, int i) {
    json.writeStartObject();
    barFields(json, market, bars, i);
    json.writeEndObject();
  }

  /** Indices have neither volume nor what comes of it. */
  private static void barFields(JsonGenerator json, Market market, BarColumns bars, int i) {
    boolean traded = market != Market.INDICES;
    if (traded) {
      Json.number(json, "v", bars.volume[i]);
    }
    if (traded && !Double.isNaN(bars.vwap[i])) {
      Json.number(json, "vw", bars.vwap[i]);
    }
    Json.number(json, "o", bars.open[i]);
    Json.number(json, "c", bars.close[i]);
    Json.number(json, "h", bars.high[i]);
    Json.number(json, "l", bars.low[i]);
    json.writeNumberProperty("t", bars.start[i]);
    if (traded && bars.count[i] >= 0) {
      json.writeNumberProperty("n", bars.count[i]);
    }
  }
}
