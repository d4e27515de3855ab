package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/** The endpoints of trades and quotes, and of the last of each. */
final class TickApi {
  private static final Pattern NANOS = Pattern.compile("\\d{1,19}");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final MarketData data;
  private final LiveFeed live;
  private final InstantSource clock;

  TickApi(MarketData data, LiveFeed live, InstantSource clock) {
    this.data = data;
    this.live = live;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route("/v2/last/trade/{ticker}", Family.TRADES, this::lastTrade),
        new Route("/v2/last/nbbo/{ticker}", Family.NBBO, this::lastQuote),
        new Route("/v3/trades/{ticker}", Family.TRADES, this::trades),
        new Route("/v3/quotes/{ticker}", Family.NBBO, this::quotes));
  }

  private interface Row<T> {
    void write(JsonGenerator json, T tick);
  }

  /** {@code /v3/trades/{ticker}}. */
  byte[] trades(Call call) {
    Row<TradeTick> row =
        switch (Route.marketOf(call.path().getFirst())) {
          case OPTIONS -> TickApi::optionTrade;
          case CRYPTO -> TickApi::cryptoTrade;
          default -> TickApi::trade;
        };
    return page(call, "/v3/trades/", data::trades, TradeTick::sipTime, row);
  }

  /** {@code /v3/quotes/{ticker}}. */
  byte[] quotes(Call call) {
    Row<QuoteTick> row =
        switch (Route.marketOf(call.path().getFirst())) {
          case OPTIONS -> TickApi::optionQuote;
          case FOREX -> TickApi::forexQuote;
          default -> TickApi::quote;
        };
    return page(call, "/v3/quotes/", data::quotes, QuoteTick::sipTime, row);
  }

  private <T> byte[] page(
      Call first,
      String path,
      BiFunction<String, LocalDate, List<T>> ticks,
      ToLongFunction<T> time,
      Row<T> row) {
    Call call = first.resumed();
    String symbol = call.path().getFirst();
    boolean descending = call.descending("order", true);
    var range = new NanoRange(call);
    Market market = Route.marketOf(symbol);
    range.require(call.access(), market);
    var page = new TickPage<T>(call.limit(1_000, 50_000), descending, call.offset());
    if (data.knows(symbol)) {
      List<LocalDate> days = data.tickDays(symbol, range.firstDay(), range.lastDay());
      for (LocalDate day : descending ? days.reversed() : days) {
        List<T> all = ticks.apply(symbol, day);
        int from = Ticks.firstAfter(all, time, range.first - 1);
        int to = Ticks.firstAfter(all, time, range.last);
        if (!page.add(all.subList(from, Math.max(from, to)))) {
          break;
        }
      }
    }
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("results");
          for (T tick : page.ticks()) {
            json.writeStartObject();
            row.write(json, tick);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeStringProperty("status", call.access().status(market));
          json.writeStringProperty("request_id", call.requestId());
          if (page.hasMore()) {
            json.writeStringProperty(
                "next_url", call.nextUrl(path + symbol, state(call, page.next(), range.last)));
          }
          json.writeEndObject();
        });
  }

  /** Pages count from the first one's end, which must not move while time goes on. */
  private static Map<String, String> state(Call call, int offset, long last) {
    Map<String, String> state = call.stateWith("offset", Integer.toString(offset));
    state.put("timestamp.lte", Long.toString(last));
    return state;
  }

  /** The times, Unix ns and both inclusive, that {@code timestamp} and its filters allow. */
  private final class NanoRange {
    private long first;
    private long last = Long.MAX_VALUE;

    NanoRange(Call call) {
      call.find("timestamp")
          .ifPresent(
              text -> {
                first = nanos(text, 0);
                last = DATE.matcher(text).matches() ? nanos(text, 1) - 1 : first;
              });
      call.find("timestamp.gte").ifPresent(text -> first = Math.max(first, nanos(text, 0)));
      call.find("timestamp.gt")
          .ifPresent(
              text ->
                  first =
                      Math.max(
                          first,
                          DATE.matcher(text).matches() ? nanos(text, 1) : nanos(text, 0) + 1));
      call.find("timestamp.lt").ifPresent(text -> last = Math.min(last, nanos(text, 0) - 1));
      call.find("timestamp.lte")
          .ifPresent(
              text ->
                  last =
                      Math.min(
                          last,
                          DATE.matcher(text).matches() ? nanos(text, 1) - 1 : nanos(text, 0)));
      // Ticks still to come would move the pages of a list that is read from its end.
      last = Math.min(last, Ticks.nanos(clock.instant()));
    }

    /** Checks the days that were asked for: an open end asks for nothing. */
    void require(Access access, Market market) {
      LocalDate now = Days.dayOf(clock.millis());
      access.requireDays(
          market,
          first == 0 ? now : Days.earlier(firstDay(), now),
          first == 0 ? now : Days.later(firstDay(), now));
    }

    LocalDate firstDay() {
      return Days.dayOf(first / 1_000_000);
    }

    LocalDate lastDay() {
      return Days.dayOf(last / 1_000_000);
    }

    private static long nanos(String text, int plusDays) {
      try {
        if (NANOS.matcher(text).matches()) {
          return Long.parseLong(text);
        }
        if (DATE.matcher(text).matches()) {
          LocalDate day = LocalDate.parse(text).plusDays(plusDays);
          return Ticks.nanos(day.atStartOfDay(Market.NEW_YORK).toInstant());
        }
        return Ticks.nanos(Instant.parse(text));
      } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
        throw ApiError.badRequest(
            "Could not parse the time parameter: 'timestamp'. Use YYYY-MM-DD or Unix NS"
                + " Timestamps");
      }
    }
  }

  private static void trade(JsonGenerator json, TradeTick trade) {
    Json.integers(json, "conditions", trade.conditions());
    if (trade.correction() != 0) {
      json.writeNumberProperty("correction", trade.correction());
    }
    json.writeNumberProperty("exchange", trade.exchange());
    json.writeStringProperty("id", trade.id());
    json.writeNumberProperty("participant_timestamp", trade.participantTime());
    Json.number(json, "price", trade.price());
    json.writeNumberProperty("sequence_number", trade.sequence());
    json.writeNumberProperty("sip_timestamp", trade.sipTime());
    Json.number(json, "size", trade.size());
    json.writeStringProperty("decimal_size", Json.decimal(trade.size()));
    json.writeNumberProperty("tape", trade.tape());
    if (trade.trfId() != 0) {
      json.writeNumberProperty("trf_id", trade.trfId());
      json.writeNumberProperty("trf_timestamp", trade.trfTime());
    }
  }

  private static void quote(JsonGenerator json, QuoteTick quote) {
    json.writeNumberProperty("ask_exchange", quote.askExchange());
    Json.number(json, "ask_price", quote.askPrice());
    Json.number(json, "ask_size", quote.askSize());
    json.writeNumberProperty("bid_exchange", quote.bidExchange());
    Json.number(json, "bid_price", quote.bidPrice());
    Json.number(json, "bid_size", quote.bidSize());
    Json.integers(json, "conditions", quote.conditions());
    Json.integers(json, "indicators", quote.indicators());
    json.writeNumberProperty("participant_timestamp", quote.participantTime());
    json.writeNumberProperty("sequence_number", quote.sequence());
    json.writeNumberProperty("sip_timestamp", quote.sipTime());
    json.writeNumberProperty("tape", quote.tape());
  }

  private static void optionTrade(JsonGenerator json, TradeTick trade) {
    Json.integers(json, "conditions", trade.conditions());
    json.writeNumberProperty("exchange", trade.exchange());
    json.writeNumberProperty("participant_timestamp", trade.participantTime());
    Json.number(json, "price", trade.price());
    json.writeNumberProperty("sequence_number", trade.sequence());
    json.writeNumberProperty("sip_timestamp", trade.sipTime());
    Json.number(json, "size", trade.size());
  }

  private static void cryptoTrade(JsonGenerator json, TradeTick trade) {
    Json.integers(json, "conditions", trade.conditions());
    json.writeNumberProperty("exchange", trade.exchange());
    json.writeStringProperty("id", trade.id());
    json.writeNumberProperty("participant_timestamp", trade.participantTime());
    Json.number(json, "price", trade.price());
    json.writeNumberProperty("received_timestamp", received(trade));
    Json.number(json, "size", trade.size());
  }

  /** When the vendor got a coin's trade, Unix ns: some milliseconds after it happened. */
  static long received(TradeTick trade) {
    return trade.participantTime() + (5 + (Mix.mix(trade.sequence()) >>> 58)) * 1_000_000;
  }

  private static void optionQuote(JsonGenerator json, QuoteTick quote) {
    json.writeNumberProperty("ask_exchange", quote.askExchange());
    Json.number(json, "ask_price", quote.askPrice());
    Json.number(json, "ask_size", quote.askSize());
    json.writeNumberProperty("bid_exchange", quote.bidExchange());
    Json.number(json, "bid_price", quote.bidPrice());
    Json.number(json, "bid_size", quote.bidSize());
    json.writeNumberProperty("sequence_number", quote.sequence());
    json.writeNumberProperty("sip_timestamp", quote.sipTime());
  }

  private static void forexQuote(JsonGenerator json, QuoteTick quote) {
    json.writeNumberProperty("ask_exchange", quote.askExchange());
    Json.number(json, "ask_price", quote.askPrice());
    json.writeNumberProperty("bid_exchange", quote.bidExchange());
    Json.number(json, "bid_price", quote.bidPrice());
    json.writeNumberProperty("participant_timestamp", quote.participantTime());
  }

  /** {@code /v2/last/trade/{ticker}}. */
  byte[] lastTrade(Call call) {
    String symbol = call.path().getFirst();
    boolean stock = Route.marketOf(symbol) == Market.STOCKS;
    TradeTick trade =
        live.lastTrade(symbol)
            .or(() -> last(symbol, data::trades))
            .orElseThrow(() -> ApiError.notFound("Data not found."));
    return single(
        call,
        json -> {
          json.writeStringProperty("T", trade.symbol());
          Json.integers(json, "c", trade.conditions());
          if (stock) {
            json.writeStringProperty("ds", Json.decimal(trade.size()));
          }
          if (trade.trfId() != 0) {
            json.writeNumberProperty("f", trade.trfTime());
          }
          json.writeStringProperty("i", trade.id());
          Json.number(json, "p", trade.price());
          json.writeNumberProperty("q", trade.sequence());
          if (trade.trfId() != 0) {
            json.writeNumberProperty("r", trade.trfId());
          }
          Json.number(json, "s", trade.size());
          json.writeNumberProperty("t", trade.sipTime());
          json.writeNumberProperty("x", trade.exchange());
          json.writeNumberProperty("y", trade.participantTime());
          if (stock) {
            json.writeNumberProperty("z", trade.tape());
          }
        });
  }

  /** {@code /v2/last/nbbo/{ticker}}. */
  byte[] lastQuote(Call call) {
    QuoteTick quote =
        last(call.path().getFirst(), data::quotes)
            .orElseThrow(() -> ApiError.notFound("Data not found."));
    return single(
        call,
        json -> {
          Json.number(json, "P", quote.askPrice());
          Json.number(json, "S", quote.askSize());
          json.writeStringProperty("T", quote.symbol());
          json.writeNumberProperty("X", quote.askExchange());
          Json.number(json, "p", quote.bidPrice());
          json.writeNumberProperty("q", quote.sequence());
          Json.number(json, "s", quote.bidSize());
          json.writeNumberProperty("t", quote.sipTime());
          json.writeNumberProperty("x", quote.bidExchange());
          json.writeNumberProperty("y", quote.participantTime());
          json.writeNumberProperty("z", quote.tape());
        });
  }

  private static byte[] single(Call call, Consumer<JsonGenerator> fields) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("request_id", call.requestId());
          json.writeObjectPropertyStart("results");
          fields.accept(json);
          json.writeEndObject();
          json.writeStringProperty(
              "status", call.access().status(Route.marketOf(call.path().getFirst())));
          json.writeEndObject();
        });
  }

  private <T> Optional<T> last(String symbol, BiFunction<String, LocalDate, List<T>> ticks) {
    if (!data.knows(symbol)) {
      return Optional.empty();
    }
    LocalDate today = Days.dayOf(clock.millis());
    return data.tickDays(symbol, LocalDate.EPOCH, today).reversed().stream()
        .map(day -> ticks.apply(symbol, day))
        .filter(list -> !list.isEmpty())
        .map(List::getLast)
        .findFirst();
  }
}
