package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.snapshot.Change;
import com.alphaxiii.polygon.snapshot.DayFigures;
import com.alphaxiii.polygon.snapshot.MinuteFigures;
import com.alphaxiii.polygon.snapshot.OptionFigures;
import com.alphaxiii.polygon.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Writes the present state of a ticker. What is absent is null. */
final class SnapshotJson {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final JsonGenerator json;
  private final Instant now;
  private final IsoTime time = new IsoTime(Market.NEW_YORK);

  private SnapshotJson(JsonGenerator json, Instant now) {
    this.json = json;
    this.now = now;
  }

  /** The members of a snapshot. */
  static void write(JsonGenerator json, Snapshot snapshot, Instant now) {
    new SnapshotJson(json, now).members(snapshot);
  }

  /** The members of a quote. */
  static void quote(JsonGenerator json, Quote quote, Instant now) {
    new SnapshotJson(json, now).members(quote);
  }

  private void members(Snapshot snapshot) {
    json.writeStringProperty("symbol", snapshot.ticker().symbol());
    text("name", snapshot.name());
    text("market_status", snapshot.state());
    text("timeframe", snapshot.timeframe());
    text("updated", snapshot.updated().map(time::format));
    number("price", snapshot.price());
    change("change", snapshot.change());
    object("day", snapshot.day(), this::members);
    object("previous_day", snapshot.previousDay(), this::members);
    object("minute", snapshot.minute(), this::members);
    object("last_trade", snapshot.lastTrade(), this::members);
    object("last_quote", snapshot.lastQuote(), this::members);
    number("value", snapshot.value());
    number("fair_market_value", snapshot.fairMarketValue());
    object("option", snapshot.option(), this::members);
  }

  private void members(DayFigures day) {
    number("open", day.open());
    number("high", day.high());
    number("low", day.low());
    number("close", day.close());
    number("volume", day.volume());
    number("vwap", day.vwap());
    number("previous_close", day.previousClose());
    change("early_trading_change", day.early());
    change("regular_trading_change", day.regular());
    change("late_trading_change", day.late());
  }

  private void members(MinuteFigures minute) {
    text("timestamp", minute.start().map(time::format));
    number("open", minute.open());
    number("high", minute.high());
    number("low", minute.low());
    number("close", minute.close());
    number("volume", minute.volume());
    number("vwap", minute.vwap());
    json.writeName("transactions");
    OptionalLong transactions = minute.transactions();
    if (transactions.isPresent()) {
      json.writeNumber(transactions.getAsLong());
    } else {
      json.writeNull();
    }
    number("accumulated_volume", minute.accumulatedVolume());
  }

  private void members(Trade trade) {
    stamp(trade.sipTime());
    number("price", trade.price());
    number("size", trade.size());
    json.writeNumberProperty("exchange", trade.exchange());
    conditions("conditions", trade.conditions());
    text("trade_id", Optional.of(trade.id()).filter(id -> !id.isEmpty()));
  }

  private void members(Quote quote) {
    stamp(quote.sipTime());
    number("bid_price", quote.bidPrice());
    number("bid_size", quote.bidSize());
    json.writeNumberProperty("bid_exchange", quote.bidExchange());
    number("ask_price", quote.askPrice());
    number("ask_size", quote.askSize());
    json.writeNumberProperty("ask_exchange", quote.askExchange());
    conditions("conditions", quote.conditions());
  }

  private void members(OptionFigures option) {
    number("break_even_price", option.breakEven());
    number("implied_volatility", option.impliedVolatility());
    number("open_interest", option.openInterest());
    object(
        "greeks",
        option.greeks(),
        greeks -> {
          number("delta", greeks.delta());
          number("gamma", greeks.gamma());
          number("theta", greeks.theta());
          number("vega", greeks.vega());
        });
    object(
        "underlying",
        option.underlying(),
        underlying -> {
          json.writeStringProperty("symbol", underlying.symbol());
          number("price", underlying.price());
          number("change_to_break_even", underlying.toBreakEven());
          text("timeframe", underlying.timeframe());
        });
  }

  /**
   * A time in New York, exact in nanoseconds as a text (more digits than a double has), and age.
   */
  private void stamp(long nanos) {
    Instant at = Instant.ofEpochSecond(0, nanos);
    json.writeStringProperty(
        "timestamp", time.format(Instant.ofEpochMilli(nanos / NANOS_PER_MILLI)));
    json.writeStringProperty("timestamp_ns", Long.toString(nanos));
    json.writeNumberProperty("age_ms", Math.max(0, Duration.between(at, now).toMillis()));
  }

  private void change(String name, Change change) {
    json.writeObjectPropertyStart(name);
    number("amount", change.amount());
    number("percent", change.percent());
    json.writeEndObject();
  }

  private void conditions(String name, Conditions conditions) {
    json.writeArrayPropertyStart(name);
    for (int i = 0; i < conditions.size(); i++) {
      json.writeNumber(conditions.get(i));
    }
    json.writeEndArray();
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private <T> void object(String name, Optional<T> value, Consumer<T> members) {
    json.writeName(name);
    if (value.isEmpty()) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    members.accept(value.get());
    json.writeEndObject();
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private void text(String name, Optional<String> value) {
    json.writeName(name);
    if (value.isPresent()) {
      json.writeString(value.get());
    } else {
      json.writeNull();
    }
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private void number(String name, OptionalDouble value) {
    number(name, value.orElse(Double.NaN));
  }

  private void number(String name, double value) {
    json.writeName(name);
    json.writeRawValue(JsonBytes.text(value));
  }
}
