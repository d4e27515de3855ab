package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Aggregate;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Timespan;
import com.alphaxiii.polygon.core.Trade;
import java.time.InstantSource;

/**
 * Makes {@code market_data} messages of events: each a whole WebSocket frame, to be shared by all
 * who receive it. For one thread.
 */
final class EventJson {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private static final byte[] HEAD = JsonBytes.ascii("{\"type\":\"market_data\",\"data\":");
  private static final byte[] TRADE = JsonBytes.ascii("{\"event_type\":\"trade\",\"symbol\":");
  private static final byte[] QUOTE = JsonBytes.ascii("{\"event_type\":\"quote\",\"symbol\":");
  private static final byte[] SECOND =
      JsonBytes.ascii("{\"event_type\":\"aggregate\",\"timespan\":\"second\",\"symbol\":");
  private static final byte[] MINUTE =
      JsonBytes.ascii("{\"event_type\":\"aggregate\",\"timespan\":\"minute\",\"symbol\":");
  private static final byte[] TIMESTAMP = JsonBytes.ascii(",\"timestamp\":");
  private static final byte[] END_TIMESTAMP = JsonBytes.ascii(",\"end_timestamp\":");
  private static final byte[] PRICE = JsonBytes.ascii(",\"price\":");
  private static final byte[] SIZE = JsonBytes.ascii(",\"size\":");
  private static final byte[] CONDITIONS = JsonBytes.ascii(",\"conditions\":[");
  private static final byte[] EXCHANGE = JsonBytes.ascii(",\"exchange\":");
  private static final byte[] TRADE_ID = JsonBytes.ascii(",\"trade_id\":");
  private static final byte[] BID_PRICE = JsonBytes.ascii(",\"bid_price\":");
  private static final byte[] BID_SIZE = JsonBytes.ascii(",\"bid_size\":");
  private static final byte[] ASK_PRICE = JsonBytes.ascii(",\"ask_price\":");
  private static final byte[] ASK_SIZE = JsonBytes.ascii(",\"ask_size\":");
  private static final byte[] OPEN = JsonBytes.ascii(",\"open\":");
  private static final byte[] HIGH = JsonBytes.ascii(",\"high\":");
  private static final byte[] LOW = JsonBytes.ascii(",\"low\":");
  private static final byte[] CLOSE = JsonBytes.ascii(",\"close\":");
  private static final byte[] VOLUME = JsonBytes.ascii(",\"volume\":");
  private static final byte[] VWAP = JsonBytes.ascii(",\"vwap\":");
  private static final byte[] ACCUMULATED = JsonBytes.ascii(",\"accumulated_volume\":");
  private static final byte[] DAY_OPEN = JsonBytes.ascii(",\"day_open\":");
  private static final byte[] DAY_VWAP = JsonBytes.ascii(",\"day_vwap\":");
  private static final byte[] TAIL = JsonBytes.ascii(",\"timestamp\":\"");
  private static final byte[] END = JsonBytes.ascii("\"}");

  private final InstantSource clock;
  private final IsoTime time = new IsoTime(Market.NEW_YORK);
  private final JsonBytes json = new JsonBytes(512);

  EventJson(InstantSource clock) {
    this.clock = clock;
  }

  /** The frame of an event, told as sent now. */
  byte[] frame(TickerEvent event) {
    json.clear();
    json.raw(HEAD);
    writeData(json, event);
    json.raw(TAIL);
    time.writeMillis(json, clock.millis());
    json.raw(END);
    return Frames.text(json);
  }

  /** Writes what stands in {@code data}: the event as one JSON object. */
  static void writeData(JsonBytes json, TickerEvent event) {
    switch (event) {
      case Trade trade -> trade(json, trade);
      case Quote quote -> quote(json, quote);
      case Aggregate aggregate -> aggregate(json, aggregate);
    }
    json.raw('}');
  }

  private static void trade(JsonBytes json, Trade trade) {
    json.raw(TRADE).text(trade.symbol());
    json.raw(TIMESTAMP).integer(Math.floorDiv(trade.sipTime(), NANOS_PER_MILLI));
    json.raw(PRICE).price(trade.price());
    json.raw(SIZE).number(trade.size());
    json.raw(CONDITIONS);
    Conditions conditions = trade.conditions();
    for (int i = 0; i < conditions.size(); i++) {
      if (i > 0) {
        json.raw(',');
      }
      json.integer(conditions.get(i));
    }
    json.raw(']');
    json.raw(EXCHANGE).integer(trade.exchange());
    json.raw(TRADE_ID).text(trade.id());
  }

  private static void quote(JsonBytes json, Quote quote) {
    json.raw(QUOTE).text(quote.symbol());
    json.raw(TIMESTAMP).integer(Math.floorDiv(quote.sipTime(), NANOS_PER_MILLI));
    json.raw(BID_PRICE).price(quote.bidPrice());
    json.raw(BID_SIZE).number(quote.bidSize());
    json.raw(ASK_PRICE).price(quote.askPrice());
    json.raw(ASK_SIZE).number(quote.askSize());
    // The side that the vendor's own single field names is the bid; a one-sided quote has only one.
    json.raw(EXCHANGE)
        .integer(quote.bidExchange() != 0 ? quote.bidExchange() : quote.askExchange());
  }

  private static void aggregate(JsonBytes json, Aggregate aggregate) {
    json.raw(aggregate.timespan() == Timespan.SECOND ? SECOND : MINUTE).text(aggregate.symbol());
    json.raw(TIMESTAMP).integer(aggregate.start());
    json.raw(END_TIMESTAMP).integer(aggregate.end());
    json.raw(OPEN).price(aggregate.open());
    json.raw(HIGH).price(aggregate.high());
    json.raw(LOW).price(aggregate.low());
    json.raw(CLOSE).price(aggregate.close());
    json.raw(VOLUME).number(aggregate.volume());
    json.raw(VWAP).price(aggregate.vwap());
    json.raw(ACCUMULATED).number(aggregate.accumulatedVolume());
    json.raw(DAY_OPEN).price(aggregate.dayOpen());
    json.raw(DAY_VWAP).price(aggregate.dayVwap());
  }
}
