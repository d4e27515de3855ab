package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Aggregate;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.CurrencyPair;
import com.alphaxiii.polygon.core.FairMarketValue;
import com.alphaxiii.polygon.core.Imbalance;
import com.alphaxiii.polygon.core.IndexValue;
import com.alphaxiii.polygon.core.LaunchpadValue;
import com.alphaxiii.polygon.core.LimitUpLimitDown;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.OrderBook;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Trade;
import java.util.List;

/**
 * Writes events as the vendor's stream does: the element of an array, with the vendor's names and
 * units. What is zero or empty where the vendor leaves it out is left out.
 */
final class VendorEventJson {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private static final byte[] TRUE = JsonBytes.ascii("true");

  private VendorEventJson() {}

  /** Writes an event as one JSON object, without the brackets of the array around it. */
  static void write(JsonBytes json, TickerEvent event) {
    Market market = event.ticker().market();
    json.raw('{').name("ev", event.channel().vendorCode(market).orElse(event.channel().code()));
    switch (event) {
      case Trade trade when market == Market.CRYPTO -> coinTrade(json, trade);
      case Trade trade -> trade(json, market, trade);
      case Quote quote when market == Market.FOREX -> currencyQuote(json, quote);
      case Quote quote when market == Market.CRYPTO -> coinQuote(json, quote);
      case Quote quote -> quote(json, market, quote);
      case Aggregate bar -> aggregate(json, market, bar);
      case LimitUpLimitDown band -> band(json, band);
      case Imbalance imbalance -> imbalance(json, imbalance);
      case FairMarketValue value -> estimate(json, market, "fmv", value.value(), value);
      case LaunchpadValue value -> estimate(json, market, "val", value.value(), value);
      case IndexValue value ->
          json.name("val", value.value()).name("T", value.symbol()).name("t", millis(value.time()));
      case OrderBook book -> book(json, book);
    }
    json.raw('}');
  }

  private static long millis(long nanos) {
    return Math.floorDiv(nanos, NANOS_PER_MILLI);
  }

  private static void trade(JsonBytes json, Market market, Trade trade) {
    json.name("sym", trade.symbol());
    present(json, "x", trade.exchange());
    if (!trade.id().isEmpty()) {
      json.name("i", trade.id());
    }
    present(json, "z", trade.tape());
    json.name("p", trade.price());
    if (market == Market.STOCKS) {
      wholeAndDecimal(json, "s", "ds", trade.size());
    } else {
      json.name("s", trade.size());
    }
    codes(json, "c", trade.conditions());
    json.name("t", millis(trade.sipTime()));
    present(json, "q", trade.sequence());
    if (trade.trfId() != 0) {
      json.name("trfi", trade.trfId()).name("trft", millis(trade.trfTime()));
    }
  }

  private static void coinTrade(JsonBytes json, Trade trade) {
    json.name("pair", CurrencyPair.of(trade.ticker()).dashed()).name("p", trade.price());
    json.name("t", millis(trade.participantTime() == 0 ? trade.sipTime() : trade.participantTime()))
        .name("s", trade.size());
    codes(json, "c", trade.conditions());
    if (!trade.id().isEmpty()) {
      json.name("i", trade.id());
    }
    json.name("x", trade.exchange()).name("r", millis(trade.sipTime()));
  }

  private static void quote(JsonBytes json, Market market, Quote quote) {
    json.name("sym", quote.symbol());
    if (market == Market.FUTURES) {
      long time = millis(quote.sipTime());
      json.name("bp", quote.bidPrice()).name("bs", quote.bidSize()).name("bt", time);
      json.name("ap", quote.askPrice()).name("as", quote.askSize()).name("at", time);
      json.name("t", time);
      return;
    }
    json.name("bx", quote.bidExchange()).name("bp", quote.bidPrice()).name("bs", quote.bidSize());
    json.name("ax", quote.askExchange()).name("ap", quote.askPrice()).name("as", quote.askSize());
    if (quote.conditions().size() > 0) {
      json.name("c", quote.conditions().get(0));
    }
    codes(json, "i", quote.indicators());
    json.name("t", millis(quote.sipTime()));
    present(json, "q", quote.sequence());
    present(json, "z", quote.tape());
  }

  private static void currencyQuote(JsonBytes json, Quote quote) {
    json.name("p", CurrencyPair.of(quote.ticker()).slashed()).name("x", quote.bidExchange());
    json.name("a", quote.askPrice()).name("b", quote.bidPrice());
    json.name("t", millis(quote.sipTime()));
  }

  private static void coinQuote(JsonBytes json, Quote quote) {
    json.name("pair", CurrencyPair.of(quote.ticker()).dashed());
    json.name("bp", quote.bidPrice()).name("bs", quote.bidSize());
    json.name("ap", quote.askPrice()).name("as", quote.askSize());
    json.name("t", millis(quote.participantTime() == 0 ? quote.sipTime() : quote.participantTime()))
        .name("x", quote.bidExchange())
        .name("r", millis(quote.sipTime()));
  }

  private static void aggregate(JsonBytes json, Market market, Aggregate bar) {
    switch (market) {
      case FOREX -> json.name("pair", CurrencyPair.of(bar.ticker()).slashed());
      case CRYPTO -> json.name("pair", CurrencyPair.of(bar.ticker()).dashed());
      default -> json.name("sym", bar.symbol());
    }
    switch (market) {
      case STOCKS -> {
        wholeAndDecimal(json, "v", "dv", bar.volume());
        wholeAndDecimal(json, "av", "dav", bar.accumulatedVolume());
      }
      case OPTIONS -> json.name("v", bar.volume()).name("av", bar.accumulatedVolume());
      case FUTURES -> json.name("v", bar.volume()).name("dv", bar.dollarVolume());
      case FOREX, CRYPTO -> json.name("v", bar.volume());
      case INDICES -> {}
    }
    present(json, "op", bar.dayOpen());
    present(json, "vw", bar.vwap());
    json.name("o", bar.open()).name("c", bar.close()).name("h", bar.high()).name("l", bar.low());
    present(json, "a", bar.dayVwap());
    present(json, "z", bar.averageSize());
    present(json, "n", bar.transactions());
    json.name("s", bar.start()).name("e", bar.end());
    if (bar.otc()) {
      json.name("otc").raw(TRUE);
    }
  }

  private static void band(JsonBytes json, LimitUpLimitDown band) {
    json.name("T", band.symbol()).name("h", band.upper()).name("l", band.lower());
    codes(json, "i", band.indicators());
    present(json, "z", band.tape());
    json.name("t", band.time());
    present(json, "q", band.sequence());
  }

  private static void imbalance(JsonBytes json, Imbalance imbalance) {
    json.name("T", imbalance.symbol()).name("t", imbalance.time());
    json.name("at", imbalance.auctionTime()).name("a", imbalance.auction());
    json.name("i", imbalance.sequence()).name("x", imbalance.exchange());
    json.name("o", imbalance.imbalance()).name("p", imbalance.paired());
    json.name("b", imbalance.clearingPrice());
  }

  /** The vendor counts nanoseconds for options and milliseconds elsewhere. */
  private static void estimate(
      JsonBytes json, Market market, String name, double value, TickerEvent event) {
    json.name(name, value).name("sym", estimateSymbol(market, event.ticker()));
    json.name("t", market == Market.OPTIONS ? event.time() : millis(event.time()));
  }

  private static String estimateSymbol(Market market, Ticker ticker) {
    return market == Market.CRYPTO
        ? market.prefix() + CurrencyPair.of(ticker).dashed()
        : ticker.symbol();
  }

  private static void book(JsonBytes json, OrderBook book) {
    json.name("pair", CurrencyPair.of(book.ticker()).dashed());
    json.name("t", millis(book.exchangeTime()));
    present(json, "r", millis(book.receivedTime()));
    json.name("x", book.exchange());
    levels(json, "b", book.bids());
    levels(json, "a", book.asks());
  }

  private static void levels(JsonBytes json, String name, List<OrderBook.Level> levels) {
    json.name(name).raw('[');
    for (int i = 0; i < levels.size(); i++) {
      if (i > 0) {
        json.raw(',');
      }
      json.raw('[').number(levels.get(i).price()).raw(',').number(levels.get(i).size()).raw(']');
    }
    json.raw(']');
  }

  /** A whole number, and beside it the exact one as a text where that is not whole. */
  private static void wholeAndDecimal(JsonBytes json, String whole, String decimal, double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    double floor = Math.floor(value);
    json.name(whole, floor);
    if (floor != value) {
      json.name(decimal, JsonBytes.text(value));
    }
  }

  private static void present(JsonBytes json, String name, long value) {
    if (value != 0) {
      json.name(name, value);
    }
  }

  private static void present(JsonBytes json, String name, double value) {
    if (value != 0 && Double.isFinite(value)) {
      json.name(name, value);
    }
  }

  private static void codes(JsonBytes json, String name, Conditions codes) {
    if (codes.size() == 0) {
      return;
    }
    json.name(name).raw('[');
    for (int i = 0; i < codes.size(); i++) {
      if (i > 0) {
        json.raw(',');
      }
      json.integer(codes.get(i));
    }
    json.raw(']');
  }
}
