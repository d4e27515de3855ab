package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads trades and quotes of history, times exact to the nanosecond. What the vendor leaves out
 * when it is zero or empty reads as zero or empty; a trade must have a price and a time, a quote a
 * time. Where there is no SIP (forex, crypto) its time is that of the vendor's receipt, or else the
 * exchange's. Unknown members are passed over. For one thread.
 */
final class WireTicks {
  private static final long ABSENT = Long.MIN_VALUE;

  private final Ticker ticker;
  private final ConditionsCache cache = new ConditionsCache();
  private int[] codes = new int[8];

  private double price;
  private double size;
  private double decimalSize;
  private Conditions conditions = Conditions.NONE;
  private Conditions indicators = Conditions.NONE;
  private long sipTime;
  private long participantTime;
  private long receivedTime;
  private int exchange;
  private String id = "";
  private int tape;
  private long sequence;
  private int trfId;
  private long trfTime;
  private int correction;
  private int bidExchange;
  private double bidPrice;
  private double bidSize;
  private int askExchange;
  private double askPrice;
  private double askSize;

  WireTicks(Ticker ticker) {
    this.ticker = ticker;
  }

  /** The trade at whose start the parser stands. */
  Trade trade(JsonParser parser) {
    read(parser);
    if (Double.isNaN(price)) {
      throw TickPage.lacks("price");
    }
    return new Trade(
        ticker,
        price,
        Double.isNaN(decimalSize) ? size : decimalSize,
        conditions,
        time(),
        Math.max(participantTime, 0),
        exchange,
        id,
        tape,
        sequence,
        trfId,
        trfTime,
        correction);
  }

  /** The quote at whose start the parser stands. */
  Quote quote(JsonParser parser) {
    read(parser);
    return new Quote(
        ticker,
        bidExchange,
        bidPrice,
        bidSize,
        askExchange,
        askPrice,
        askSize,
        conditions,
        indicators,
        time(),
        Math.max(participantTime, 0),
        tape,
        sequence,
        trfTime);
  }

  private void clear() {
    price = Double.NaN;
    size = 0;
    decimalSize = Double.NaN;
    conditions = Conditions.NONE;
    indicators = Conditions.NONE;
    sipTime = ABSENT;
    participantTime = ABSENT;
    receivedTime = ABSENT;
    exchange = 0;
    id = "";
    tape = 0;
    sequence = 0;
    trfId = 0;
    trfTime = 0;
    correction = 0;
    bidExchange = 0;
    bidPrice = 0;
    bidSize = 0;
    askExchange = 0;
    askPrice = 0;
    askSize = 0;
  }

  private void read(JsonParser parser) {
    clear();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      if (token != JsonToken.VALUE_NULL) {
        member(parser, token, name);
      }
    }
  }

  private void member(JsonParser parser, JsonToken token, String name) {
    switch (name) {
      case "price" -> price = WireNumbers.real(parser, token, name);
      case "size" -> size = WireNumbers.real(parser, token, name);
      case "decimal_size" -> decimalSize = WireNumbers.real(parser, token, name);
      case "conditions" -> conditions = codes(parser, token, name);
      case "indicators" -> indicators = codes(parser, token, name);
      case "sip_timestamp" -> sipTime = WireNumbers.whole(parser, token, name);
      case "participant_timestamp" -> participantTime = WireNumbers.whole(parser, token, name);
      case "received_timestamp" -> receivedTime = WireNumbers.whole(parser, token, name);
      case "exchange" -> exchange = WireNumbers.small(parser, token, name);
      case "id" -> id = text(parser, token, name);
      case "tape" -> tape = WireNumbers.small(parser, token, name);
      case "sequence_number" -> sequence = WireNumbers.whole(parser, token, name);
      case "trf_id" -> trfId = WireNumbers.small(parser, token, name);
      case "trf_timestamp" -> trfTime = WireNumbers.whole(parser, token, name);
      case "correction" -> correction = WireNumbers.small(parser, token, name);
      case "bid_exchange" -> bidExchange = WireNumbers.small(parser, token, name);
      case "bid_price" -> bidPrice = WireNumbers.real(parser, token, name);
      case "bid_size" -> bidSize = WireNumbers.real(parser, token, name);
      case "ask_exchange" -> askExchange = WireNumbers.small(parser, token, name);
      case "ask_price" -> askPrice = WireNumbers.real(parser, token, name);
      case "ask_size" -> askSize = WireNumbers.real(parser, token, name);
      default -> parser.skipChildren();
    }
  }

  private long time() {
    if (sipTime != ABSENT) {
      return sipTime;
    }
    if (receivedTime != ABSENT) {
      return receivedTime;
    }
    if (participantTime != ABSENT) {
      return participantTime;
    }
    throw TickPage.lacks(
        switch (ticker.market()) {
          case FOREX, CRYPTO -> "participant_timestamp";
          default -> "sip_timestamp";
        });
  }

  private static String text(JsonParser parser, JsonToken token, String name) {
    if (token.isStructStart()) {
      throw new BadData("'%s' is not a text".formatted(name));
    }
    return parser.getString();
  }

  private Conditions codes(JsonParser parser, JsonToken token, String name) {
    if (token != JsonToken.START_ARRAY) {
      codes[0] = WireNumbers.small(parser, token, name);
      return cache.get(codes, 1);
    }
    int count = 0;
    for (JsonToken code = parser.nextToken();
        code != JsonToken.END_ARRAY;
        code = parser.nextToken()) {
      if (code == JsonToken.VALUE_NULL) {
        continue;
      }
      if (count == codes.length) {
        codes = Arrays.copyOf(codes, 2 * count);
      }
      codes[count++] = WireNumbers.small(parser, code, name);
    }
    return cache.get(codes, count);
  }
}
