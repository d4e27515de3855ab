package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.CacheStatus;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.UpstreamStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import tools.jackson.core.JsonGenerator;

/**
 * {@code /health} and its kin. The status is {@code ok}; {@code degraded} when something that the
 * server depends on fails and the rest is served; {@code unhealthy} when nothing can be: then it is
 * 503, as it is while the server closes.
 */
final class HealthEndpoint {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final Dependencies dependencies;
  private final Hub hub;
  private final Connections connections;
  private final LatencyFacts latency;
  private final RecordingFacts recording;
  private final MarketCalendar calendar;
  private final InstantSource clock;
  private final String version;
  private final BooleanSupplier taking;
  private final Instant started;

  HealthEndpoint(
      ServerPorts ports,
      Dependencies dependencies,
      Hub hub,
      Connections connections,
      LatencyFacts latency,
      String version,
      BooleanSupplier taking) {
    this.dependencies = dependencies;
    this.hub = hub;
    this.connections = connections;
    this.latency = latency;
    this.recording = new RecordingFacts(ports.recording());
    this.calendar = ports.calendar();
    this.clock = ports.clock();
    this.version = version;
    this.taking = taking;
    this.started = ports.clock().instant();
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(Scope.STATUS, "/health", this::health),
        Endpoint.openGet("/health/live", this::live),
        Endpoint.get(Scope.STATUS, "/health/ready", this::ready));
  }

  private Answer live(Call call) {
    call.fields(Set.of()).check();
    return Answer.json(Json.object(json -> json.writeStringProperty("status", "alive")));
  }

  private Answer ready(Call call) {
    call.fields(Set.of()).check();
    String status =
        !taking.getAsBoolean() ? "closing" : dependencies.isHelpless() ? "unhealthy" : "ready";
    return Answer.json(
        status.equals("ready") ? OK : UNAVAILABLE,
        Json.object(json -> json.writeStringProperty("status", status)));
  }

  private String status(Dependencies.State state, List<String> problems) {
    if (!taking.getAsBoolean()) {
      return "closing";
    }
    if (state.isHelpless()) {
      return "unhealthy";
    }
    return problems.isEmpty() ? "ok" : "degraded";
  }

  private Answer health(Call call) {
    call.fields(Set.of()).check();
    Dependencies.State state = dependencies.current();
    Instant now = clock.instant();
    List<String> problems = new ArrayList<>(state.problems());
    problems.addAll(latency.problems());
    String status = status(state, problems);
    return Answer.json(
        status.equals("ok") || status.equals("degraded") ? OK : UNAVAILABLE,
        Json.object(
            json -> {
              json.writeStringProperty("status", status);
              json.writeArrayPropertyStart("problems");
              problems.forEach(json::writeString);
              json.writeEndArray();
              json.writeStringProperty("version", version);
              json.writeStringProperty("server_time", time(now));
              json.writeNumberProperty(
                  "uptime_seconds", Math.max(0, Duration.between(started, now).toSeconds()));
              json.writeStringProperty("market", calendar.phase(now).toString());
              upstream(json, state.upstream());
              stream(json, state.stream());
              json.writeName("cache");
              if (state.cache().isEmpty()) {
                json.writeNull();
              } else {
                cache(json, state.cache().get());
              }
              data(json, state, now);
              json.writeObjectPropertyStart("websocket");
              json.writeNumberProperty("clients", connections.count());
              json.writeNumberProperty("max_clients", connections.most());
              json.writeEndObject();
              latency.write(json);
              recording.write(json);
            }));
  }

  private static void upstream(JsonGenerator json, UpstreamStatus upstream) {
    json.writeObjectPropertyStart("upstream");
    json.writeStringProperty("state", upstream.state().toString());
    instant(json, "last_answer", upstream.answeredAt());
    instant(json, "last_failure", upstream.failedAt());
    json.writeName("latency_ms");
    if (upstream.took().isPresent()) {
      json.writeNumber(upstream.took().get().toMillis());
    } else {
      json.writeNull();
    }
    text(json, "problem", upstream.problem());
    json.writeEndObject();
  }

  private void stream(JsonGenerator json, FeedStatus stream) {
    json.writeObjectPropertyStart("stream");
    json.writeStringProperty("state", stream.state().toString());
    json.writeStringProperty("detail", stream.detail());
    json.writeStringProperty("since", time(stream.at()));
    json.writeNumberProperty("topics", hub.topics().size());
    json.writeEndObject();
  }

  private static void cache(JsonGenerator json, CacheStatus cache) {
    json.writeStartObject();
    json.writeBooleanProperty("writable", cache.isWritable());
    text(json, "problem", cache.problem());
    json.writeNumberProperty("bytes", cache.bytes());
    json.writeName("max_bytes");
    if (cache.mostBytes().isPresent()) {
      json.writeNumber(cache.mostBytes().getAsLong());
    } else {
      json.writeNull();
    }
    json.writeNumberProperty("disk_free_bytes", cache.freeBytes());
    json.writeNumberProperty("disk_bytes", cache.diskBytes());
    json.writeEndObject();
  }

  private void data(JsonGenerator json, Dependencies.State state, Instant now) {
    Optional<Instant> newest = state.cache().flatMap(CacheStatus::newest);
    json.writeObjectPropertyStart("data");
    instant(json, "newest_bar", newest);
    json.writeName("age_seconds");
    if (newest.isPresent()) {
      json.writeNumber(Math.max(0, Duration.between(newest.get(), now).toSeconds()));
    } else {
      json.writeNull();
    }
    text(json, "newest_day", state.newestDay().map(LocalDate::toString));
    json.writeStringProperty("settled_day", dependencies.settledDay().toString());
    json.writeName("days_behind");
    if (state.newestDay().isPresent()) {
      json.writeNumber(dependencies.daysBehind(state.newestDay().get()));
    } else {
      json.writeNull();
    }
    json.writeEndObject();
  }

  private static void instant(JsonGenerator json, String name, Optional<Instant> at) {
    text(json, name, at.map(HealthEndpoint::time));
  }

  private static void text(JsonGenerator json, String name, Optional<String> value) {
    json.writeName(name);
    if (value.isPresent()) {
      json.writeString(value.get());
    } else {
      json.writeNull();
    }
  }

  private static String time(Instant at) {
    return new IsoTime(Market.NEW_YORK).format(at);
  }
}
