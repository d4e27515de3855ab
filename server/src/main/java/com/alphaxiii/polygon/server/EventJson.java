package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Aggregate;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.FairMarketValue;
import com.alphaxiii.polygon.core.Imbalance;
import com.alphaxiii.polygon.core.IndexValue;
import com.alphaxiii.polygon.core.LaunchpadValue;
import com.alphaxiii.polygon.core.LimitUpLimitDown;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.OrderBook;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Timespan;
import com.alphaxiii.polygon.core.Trade;
import java.time.InstantSource;
import java.util.List;

/**
 * Makes {@code market_data} messages of events: each a whole WebSocket frame, to be shared by all
 * who receive it. For one thread.
 */
final class EventJson implements EventEncoder {
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
  private static final byte[] BAND = JsonBytes.ascii("{\"event_type\":\"luld\",\"symbol\":");
  private static final byte[] UPPER = JsonBytes.ascii(",\"upper\":");
  private static final byte[] LOWER = JsonBytes.ascii(",\"lower\":");
  private static final byte[] INDICATORS = JsonBytes.ascii(",\"indicators\":[");
  private static final byte[] IMBALANCE =
      JsonBytes.ascii("{\"event_type\":\"imbalance\",\"symbol\":");
  private static final byte[] AUCTION_TIME = JsonBytes.ascii(",\"auction_time\":");
  private static final byte[] AUCTION = JsonBytes.ascii(",\"auction\":");
  private static final byte[] IMBALANCE_SIZE = JsonBytes.ascii(",\"imbalance\":");
  private static final byte[] PAIRED = JsonBytes.ascii(",\"paired\":");
  private static final byte[] CLEARING_PRICE = JsonBytes.ascii(",\"clearing_price\":");
  private static final byte[] FAIR_VALUE =
      JsonBytes.ascii("{\"event_type\":\"fair_market_value\",\"symbol\":");
  private static final byte[] LAUNCHPAD_VALUE =
      JsonBytes.ascii("{\"event_type\":\"launchpad_value\",\"symbol\":");
  private static final byte[] INDEX_VALUE =
      JsonBytes.ascii("{\"event_type\":\"value\",\"symbol\":");
  private static final byte[] VALUE = JsonBytes.ascii(",\"value\":");
  private static final byte[] BOOK = JsonBytes.ascii("{\"event_type\":\"book\",\"symbol\":");
  private static final byte[] BIDS = JsonBytes.ascii(",\"bids\":[");
  private static final byte[] ASKS = JsonBytes.ascii(",\"asks\":[");
  private static final byte[] TAIL = JsonBytes.ascii(",\"timestamp\":\"");
  private static final byte[] END = JsonBytes.ascii("\"}");
  private static final byte[] SNAPSHOT = JsonBytes.ascii(",\"snapshot\":true");
  private static final byte[] BACKFILLED = JsonBytes.ascii(",\"backfilled\":true");
  private static final byte[] REVISION = JsonBytes.ascii(",\"revision\":");

  private final InstantSource clock;
  private final IsoTime time = new IsoTime(Market.NEW_YORK);
  private final JsonBytes json = new JsonBytes(512);

  EventJson(InstantSource clock) {
    this.clock = clock;
  }

  /** The frame of an event, told as sent now. */
  @Override
  public byte[] encode(TickerEvent event, Marks marks) {
    json.clear();
    json.raw(HEAD);
    writeData(json, event);
    if (marks != Marks.NONE) {
      write(marks);
    }
    json.raw(TAIL);
    time.writeMillis(json, clock.millis());
    json.raw(END);
    return Frames.text(json);
  }

  private void write(Marks marks) {
    if (marks.snapshot()) {
      json.raw(SNAPSHOT);
    }
    if (marks.backfilled()) {
      json.raw(BACKFILLED);
    }
    if (marks.revision() > 0) {
      json.raw(REVISION).integer(marks.revision());
    }
  }

  /** Writes what stands in {@code data}: the event as one JSON object. */
  static void writeData(JsonBytes json, TickerEvent event) {
    switch (event) {
      case Trade trade -> trade(json, trade);
      case Quote quote -> quote(json, quote);
      case Aggregate aggregate -> aggregate(json, aggregate);
      case LimitUpLimitDown band -> band(json, band);
      case Imbalance imbalance -> imbalance(json, imbalance);
      case FairMarketValue value -> value(json, FAIR_VALUE, value, value.value());
      case LaunchpadValue value -> value(json, LAUNCHPAD_VALUE, value, value.value());
      case IndexValue value -> value(json, INDEX_VALUE, value, value.value());
      case OrderBook book -> book(json, book);
    }
    json.raw('}');
  }

  private static void trade(JsonBytes json, Trade trade) {
    json.raw(TRADE).text(trade.symbol());
    json.raw(TIMESTAMP).integer(Math.floorDiv(trade.sipTime(), NANOS_PER_MILLI));
    json.raw(PRICE).price(trade.price());
    json.raw(SIZE).number(trade.size());
    json.raw(CONDITIONS);
    codes(json, trade.conditions());
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

  private static void band(JsonBytes json, LimitUpLimitDown band) {
    json.raw(BAND).text(band.symbol());
    time(json, band);
    json.raw(UPPER).price(band.upper());
    json.raw(LOWER).price(band.lower());
    json.raw(INDICATORS);
    codes(json, band.indicators());
  }

  private static void imbalance(JsonBytes json, Imbalance imbalance) {
    json.raw(IMBALANCE).text(imbalance.symbol());
    time(json, imbalance);
    json.raw(AUCTION_TIME).integer(imbalance.auctionTime());
    json.raw(AUCTION).text(imbalance.auction());
    json.raw(IMBALANCE_SIZE).number(imbalance.imbalance());
    json.raw(PAIRED).number(imbalance.paired());
    json.raw(CLEARING_PRICE).price(imbalance.clearingPrice());
    json.raw(EXCHANGE).integer(imbalance.exchange());
  }

  private static void value(JsonBytes json, byte[] head, TickerEvent event, double value) {
    json.raw(head).text(event.symbol());
    time(json, event);
    json.raw(VALUE).price(value);
  }

  private static void book(JsonBytes json, OrderBook book) {
    json.raw(BOOK).text(book.symbol());
    time(json, book);
    json.raw(EXCHANGE).integer(book.exchange());
    json.raw(BIDS);
    levels(json, book.bids());
    json.raw(ASKS);
    levels(json, book.asks());
  }

  private static void levels(JsonBytes json, List<OrderBook.Level> levels) {
    for (int i = 0; i < levels.size(); i++) {
      if (i > 0) {
        json.raw(',');
      }
      json.raw('[').number(levels.get(i).price()).raw(',').number(levels.get(i).size()).raw(']');
    }
    json.raw(']');
  }

  private static void codes(JsonBytes json, Conditions codes) {
    for (int i = 0; i < codes.size(); i++) {
      if (i > 0) {
        json.raw(',');
      }
      json.integer(codes.get(i));
    }
    json.raw(']');
  }

  private static void time(JsonBytes json, TickerEvent event) {
    json.raw(TIMESTAMP).integer(Math.floorDiv(event.time(), NANOS_PER_MILLI));
  }
}
