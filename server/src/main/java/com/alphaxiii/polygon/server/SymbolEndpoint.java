package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.snapshot.Snapshot;
import com.alphaxiii.polygon.snapshot.SnapshotSource;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonGenerator;

/** What is known of one symbol besides its bars. */
final class SymbolEndpoint {
  private final TickSource ticks;
  private final ReferenceSource reference;
  private final SnapshotSource snapshots;
  private final InstantSource clock;

  SymbolEndpoint(ServerPorts ports) {
    this.ticks = ports.ticks();
    this.reference = ports.reference();
    this.snapshots = ports.snapshots();
    this.clock = ports.clock();
  }

  /** {@code GET /api/v1/quote/{symbol}}. */
  Answer quote(Call call) {
    Ticker ticker = ticker(call);
    Quote quote =
        ticks
            .lastQuote(ticker)
            .orElseThrow(() -> unknown(ticker, "it is not a known symbol, or has no quotes"));
    return Answer.json(
        Json.object(
            json -> {
              json.writeStringProperty("symbol", ticker.symbol());
              SnapshotJson.quote(json, quote, clock.instant());
            }));
  }

  /** {@code GET /api/v1/snapshot/{symbol}}. */
  Answer snapshot(Call call) {
    Ticker ticker = ticker(call);
    Snapshot snapshot =
        snapshots.snapshot(ticker).orElseThrow(() -> unknown(ticker, "it is not a known symbol"));
    return Answer.json(Json.object(json -> SnapshotJson.write(json, snapshot, clock.instant())));
  }

  /** {@code GET /api/v1/splits/{symbol}}. */
  Answer splits(Call call) {
    Ticker ticker = ticker(call);
    return list(ticker, "splits", reference.splits(ticker), SymbolEndpoint::write);
  }

  /** {@code GET /api/v1/dividends/{symbol}}. */
  Answer dividends(Call call) {
    Ticker ticker = ticker(call);
    return list(ticker, "dividends", reference.dividends(ticker), SymbolEndpoint::write);
  }

  private static Ticker ticker(Call call) {
    RequestFields fields = call.fields(Set.of());
    Optional<Ticker> ticker = fields.required("symbol", Ticker::of);
    fields.check();
    return RequestFields.sure(ticker);
  }

  private static PolygonException.NotFound unknown(Ticker ticker, String why) {
    return new PolygonException.NotFound(
        "nothing of %s: %s; /api/v1/search finds how symbols are spelt".formatted(ticker, why),
        null);
  }

  private static <T> Answer list(
      Ticker ticker, String name, List<T> all, BiConsumer<JsonGenerator, T> member) {
    return Answer.json(
        Json.object(
            json -> {
              json.writeStringProperty("symbol", ticker.symbol());
              json.writeNumberProperty("count", all.size());
              json.writeArrayPropertyStart(name);
              all.forEach(each -> member.accept(json, each));
              json.writeEndArray();
            }));
  }

  private static void write(JsonGenerator json, Split split) {
    json.writeStartObject();
    json.writeStringProperty("execution_date", split.executionDate().toString());
    json.writeName("split_from");
    json.writeRawValue(JsonBytes.text(split.from()));
    json.writeName("split_to");
    json.writeRawValue(JsonBytes.text(split.to()));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Dividend dividend) {
    json.writeStartObject();
    json.writeStringProperty("ex_dividend_date", dividend.exDate().toString());
    json.writeName("cash_amount");
    json.writeRawValue(JsonBytes.text(dividend.cash()));
    json.writeStringProperty("currency", dividend.currency());
    json.writeEndObject();
  }
}
