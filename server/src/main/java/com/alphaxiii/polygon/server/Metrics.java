package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.RateLimitStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What the server counts and times, in the text form of Prometheus. No symbol is a label. */
final class Metrics implements AutoCloseable {
  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Bounds of the histogram of answer times. */
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final AtomicBoolean asked = new AtomicBoolean();

  private volatile Runnable scraped = () -> {};

  private final Counter upstream =
      Counter.builder("polygon.http.upstream")
          .description("Requests to the vendor that answers needed")
          .register(registry);
  private final Counter refused =
      Counter.builder("polygon.load.refused")
          .description("Requests refused since there were too many")
          .register(registry);

  Metrics(Supplier<RateLimitStatus> rateLimit, Hub hub, Connections connections) {
    budget(rateLimit);
    hub(hub, connections);
  }

  private void budget(Supplier<RateLimitStatus> status) {
    budgetGauge(
        "limit", "Requests a minute that the plan allows", status, RateLimitStatus::limitPerMinute);
    budgetGauge(
        "effective_limit",
        "Requests a minute that are made at most now",
        status,
        RateLimitStatus::effectiveLimitPerMinute);
    budgetGauge("used", "Requests that count now", status, RateLimitStatus::usedLastMinute);
    budgetGauge("remaining", "Requests that could be made now", status, RateLimitStatus::remaining);
    budgetGauge("queued", "Requests that wait for their turn", status, RateLimitStatus::queued);
    budgetGauge(
        "in_flight", "Requests that wait for the vendor", status, RateLimitStatus::inFlight);
    budgetCounter(
        "throttled", "Requests that had to wait", status, RateLimitStatus::throttledTotal);
    budgetCounter(
        "rejected",
        "Requests that the vendor refused with 429",
        status,
        RateLimitStatus::rejectedByUpstreamTotal);
  }

  private void budgetGauge(
      String name,
      String description,
      Supplier<RateLimitStatus> status,
      ToLongFunction<RateLimitStatus> value) {
    Gauge.builder("polygon.budget." + name, () -> value.applyAsLong(status.get()))
        .description(description)
        .register(registry);
  }

  private void budgetCounter(
      String name,
      String description,
      Supplier<RateLimitStatus> status,
      ToLongFunction<RateLimitStatus> value) {
    FunctionCounter.builder("polygon.budget." + name, status, all -> value.applyAsLong(all.get()))
        .description(description)
        .register(registry);
  }

  private void hub(Hub hub, Connections connections) {
    HubCounters counters = hub.counters();
    hubCounter("received", "Events of the feed", counters, HubCounters::received);
    hubCounter("delivered", "Events put into clients' outboxes", counters, HubCounters::delivered);
    for (Outbox.Policy policy : Outbox.Policy.values()) {
      FunctionCounter.builder("polygon.hub.dropped", counters, all -> all.dropped(policy))
          .description("Messages that slow clients did not get; those of conflate had newer ones")
          .tag("policy", policy.code())
          .register(registry);
    }
    hubCounter("gaps", "Gaps that the feed announced", counters, HubCounters::gaps);
    hubCounter(
        "backfilled", "Missed events that were fetched later", counters, HubCounters::backfilled);
    Gauge.builder("polygon.hub.topics", () -> hub.topics().size())
        .description("Topics that clients want")
        .register(registry);
    Gauge.builder("polygon.hub.clients", connections::count)
        .description("WebSocket clients that are connected")
        .register(registry);
    for (FeedStatus.State state : FeedStatus.State.values()) {
      Gauge.builder("polygon.stream.state", () -> hub.status().state() == state ? 1 : 0)
          .description("1 for the state that the upstream stream is in")
          .tag("state", state.toString())
          .register(registry);
    }
  }

  /** Adds what is told of a recording. */
  void recording(RecordingFacts facts) {
    facts.register(registry);
  }

  /** Adds what is told of connections. */
  void peers(Peers peers) {
    Gauge.builder("polygon.connections.open", peers::count)
        .description("Connections that are open, of all machines")
        .register(registry);
    FunctionCounter.builder("polygon.connections.refused", peers, Peers::refused)
        .description("Connections closed at once, since their machine had all it may have")
        .register(registry);
  }

  /** Adds what is told of what the server depends on. */
  void dependencies(Dependencies all) {
    all.register(registry);
    scraped = all::scrape;
  }

  /** Adds how long events take. */
  void latency(LatencyFacts facts) {
    facts.register(registry.getPrometheusRegistry());
  }

  private void hubCounter(
      String name, String description, HubCounters counters, ToDoubleFunction<HubCounters> value) {
    FunctionCounter.builder("polygon.hub." + name, counters, value)
        .description(description)
        .register(registry);
  }

  /** It has been answered, to the last byte or as far as the client would read. */
  void answered(Visit visit, int status, long nanos) {
    Timer.builder("polygon.http.requests")
        .description("Requests and how long they took")
        .tags(
            "method", visit.method(),
            "route", visit.family(),
            "status", Integer.toString(status))
        .serviceLevelObjectives(BOUNDS)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
    if (visit.upstreamCalls() > 0) {
      upstream.increment(visit.upstreamCalls());
    }
  }

  /** A request was refused since there are too many. */
  void overloaded() {
    refused.increment();
  }

  /** How much is under way. */
  void load(Load load) {
    Gauge.builder("polygon.load.requests", load::requests)
        .description("Requests under way")
        .register(registry);
    Gauge.builder("polygon.load.waiting", load::waiting)
        .description("Requests that wait for memory")
        .register(registry);
    Gauge.builder("polygon.load.claimed.bytes", load::claimedBytes)
        .description("Memory that answers under way may take")
        .register(registry);
  }

  /** A token exists, whether it is used or not. */
  void token(String name) {
    requestsOf(name).increment(0);
    for (Grants.Refusal reason : Grants.Refusal.values()) {
      refusalsOf(name, reason).increment(0);
    }
  }

  /** A client has asked for something. */
  void asked(String token) {
    requestsOf(token).increment();
  }

  /** It was refused what its token does not allow. */
  void refused(String token, Grants.Refusal reason) {
    refusalsOf(token, reason).increment();
  }

  private Counter requestsOf(String token) {
    return Counter.builder("polygon.token.requests")
        .description("Requests by the name of the token")
        .tag("token", token)
        .register(registry);
  }

  private Counter refusalsOf(String token, Grants.Refusal reason) {
    return Counter.builder("polygon.token.refused")
        .description("Requests that a token does not allow")
        .tags("token", token, "reason", reason.toString())
        .register(registry);
  }

  /** Bars have been had from somewhere. */
  void bars(BarAnswer.Source source) {
    registry.counter("polygon.bars.answers", "source", source.toString()).increment();
  }

  /** {@code GET /metrics}. */
  Answer answer(Call call) {
    call.fields(Set.of()).check();
    if (asked.compareAndSet(false, true)) {
      // Only for those who look: reading the machine's beans for the first time takes a while.
      List<MeterBinder> machine =
          List.of(
              new JvmMemoryMetrics(),
              gc,
              new JvmThreadMetrics(),
              new ProcessorMetrics(),
              new FileDescriptorMetrics(),
              new UptimeMetrics());
      machine.forEach(each -> each.bindTo(registry));
    }
    scraped.run();
    byte[] text = registry.scrape().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new Answer(200, CONTENT_TYPE, Map.of(), out -> out.write(text));
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
