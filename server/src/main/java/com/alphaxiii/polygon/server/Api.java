package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.LatestPrice;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PriceSource;
import com.alphaxiii.polygon.core.RateLimitStatus;
import com.alphaxiii.polygon.core.ReferenceSource;
import com.alphaxiii.polygon.core.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The routes of the HTTP API, but the WebSocket. */
final class Api implements AutoCloseable {
  private final PriceSource prices;
  private final MarketCalendar calendar;
  private final InstantSource clock;
  private final Supplier<RateLimitStatus> rateLimit;
  private final BarsEndpoint bars;
  private final BatchEndpoint batch;
  private final MarketEndpoint market;
  private final SymbolEndpoint symbols;
  private final TicksEndpoint ticks;
  private final ValidateEndpoint validate;
  private final CacheEndpoint cache;
  private final ReferenceSource reference;
  private final HealthEndpoint health;
  private final Metrics metrics;
  private final byte[] document = document();

  Api(
      ServerPorts ports,
      String version,
      Hub hub,
      Connections connections,
      Dependencies dependencies,
      Metrics metrics,
      LatencyFacts latency,
      BooleanSupplier taking) {
    this.prices = ports.prices();
    this.calendar = ports.calendar();
    this.clock = ports.clock();
    this.rateLimit = ports.rateLimit();
    this.bars = new BarsEndpoint(ports.bars(), ports.calendar(), ports.clock(), metrics::bars);
    this.batch = new BatchEndpoint(bars, ports.clock());
    this.market = new MarketEndpoint(ports.calendar(), ports.clock());
    this.symbols = new SymbolEndpoint(ports);
    this.ticks = new TicksEndpoint(ports.ticks());
    this.validate = new ValidateEndpoint(ports);
    this.cache = new CacheEndpoint(ports.cache());
    this.reference = ports.reference();
    this.health =
        new HealthEndpoint(ports, dependencies, hub, connections, latency, version, taking);
    this.metrics = metrics;
  }

  List<Endpoint> endpoints() {
    List<Endpoint> all =
        new ArrayList<>(
            List.of(
                Endpoint.post(Scope.BARS, "/api/v1/bars", bars::post).with(bars::readyToPost),
                Endpoint.post(Scope.BARS, "/api/v1/bars/batch", batch::answer),
                Endpoint.get(Scope.BARS, "/api/v1/bars/{symbol}", bars::get).with(bars::readyToGet),
                Endpoint.post(Scope.MARKET, "/api/v1/validate", validate::symbols),
                Endpoint.post(Scope.BARS, "/api/v1/validate/data", validate::data),
                Endpoint.get(Scope.MARKET, "/api/v1/features", validate::features),
                Endpoint.get(Scope.MARKET, "/api/v1/latest/{symbol}", this::latest),
                Endpoint.get(Scope.MARKET, "/api/v1/quote/{symbol}", symbols::quote),
                Endpoint.get(Scope.MARKET, "/api/v1/snapshot/{symbol}", symbols::snapshot),
                Endpoint.get(Scope.TICKS, "/api/v1/trades/{symbol}", ticks::trades),
                Endpoint.get(Scope.TICKS, "/api/v1/quotes/{symbol}", ticks::quotes),
                Endpoint.get(Scope.BARS, "/api/v1/splits/{symbol}", symbols::splits),
                Endpoint.get(Scope.BARS, "/api/v1/dividends/{symbol}", symbols::dividends),
                Endpoint.get(Scope.MARKET, "/api/v1/search", new SearchEndpoint(reference)::answer),
                Endpoint.get(Scope.STATUS, "/api/v1/cache/stats", cache::statistics),
                Endpoint.delete(Scope.CACHE_ADMIN, "/api/v1/cache", cache::clear),
                Endpoint.get(Scope.MARKET, "/api/v1/market", market::now),
                Endpoint.get(Scope.MARKET, "/api/v1/calendar", market::days),
                Endpoint.get(Scope.STATUS, "/api/v1/rate-limit", this::rateLimit),
                Endpoint.get(Scope.STATUS, "/metrics", metrics::answer),
                Endpoint.get(Scope.STATUS, "/openapi.json", this::openapi)));
    all.addAll(health.endpoints());
    all.addAll(new Pages().endpoints());
    return all;
  }

  /** Lets go what it keeps. */
  @Override
  public void close() {
    bars.close();
  }

  private Answer latest(Call call) {
    RequestFields fields = call.fields(Set.of());
    Optional<Ticker> ticker = fields.required("symbol", Ticker::of);
    fields.check();
    LatestPrice price = prices.latest(RequestFields.sure(ticker));
    Instant now = clock.instant();
    return Answer.json(
        Json.object(
            json -> {
              json.writeStringProperty("symbol", price.ticker().symbol());
              json.writeNumberProperty("price", price.price());
              json.writeName("size");
              if (Double.isNaN(price.size())) {
                json.writeNull();
              } else {
                json.writeRawValue(JsonBytes.text(price.size()));
              }
              json.writeName("exchange");
              Integer exchange = price.exchange();
              if (exchange == null) {
                json.writeNull();
              } else {
                json.writeNumber(exchange);
              }
              json.writeStringProperty("timestamp", time(price.at()));
              json.writeNumberProperty(
                  "age_ms", Math.max(0, Duration.between(price.at(), now).toMillis()));
              json.writeStringProperty("source", price.origin().toString());
              json.writeStringProperty("market", calendar.phase(now).toString());
            }));
  }

  private Answer rateLimit(Call call) {
    call.fields(Set.of()).check();
    RateLimitStatus status = rateLimit.get();
    return Answer.json(
        Json.object(
            json -> {
              json.writeStringProperty("tier", status.tier().toString());
              json.writeNumberProperty("limit_per_minute", status.limitPerMinute());
              json.writeNumberProperty("used_last_minute", status.usedLastMinute());
              json.writeNumberProperty("remaining", status.remaining());
              json.writeName("reset_seconds");
              json.writeRawValue(JsonBytes.text(status.reset().toMillis() / 1_000.0));
              json.writeNumberProperty("queued", status.queued());
              json.writeNumberProperty("throttled_total", status.throttledTotal());
              json.writeNumberProperty(
                  "rejected_by_upstream_total", status.rejectedByUpstreamTotal());
              json.writeNumberProperty("in_flight", status.inFlight());
              json.writeNumberProperty(
                  "effective_limit_per_minute", status.effectiveLimitPerMinute());
              json.writeName("expected_wait_seconds");
              json.writeRawValue(JsonBytes.text(status.expectedWait().toMillis() / 1_000.0));
              json.writeName("notice");
              if (status.notice().isEmpty()) {
                json.writeNull();
              } else {
                json.writeString(status.notice().get());
              }
            }));
  }

  private Answer openapi(Call call) {
    call.fields(Set.of()).check();
    return Answer.json(document);
  }

  private static String time(Instant at) {
    return new IsoTime(Market.NEW_YORK).format(at);
  }

  private static byte[] document() {
    try (InputStream in = Api.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is missing from the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
