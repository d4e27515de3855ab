package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Market;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;

/**
 * What {@code /health} and the metrics tell of how long events take, and of markets that are
 * silent.
 */
final class LatencyFacts {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MICROS_DIGITS = 3;

  private final LatencyLedger ledger;
  private final Staleness staleness;

  LatencyFacts(LatencyLedger ledger, Staleness staleness) {
    this.ledger = ledger;
    this.staleness = staleness;
  }

  /** A sentence for each market that is silent and should not be. */
  List<String> problems() {
    return staleness.entries().stream()
        .filter(Staleness.Entry::isStale)
        .map(
            entry ->
                "stream: nothing of %s for %d seconds"
                    .formatted(entry.market().path(), entry.silence().toSeconds()))
        .toList();
  }

  /** Writes the members {@code latency} and {@code staleness} of an object. */
  void write(JsonGenerator json) {
    json.writeObjectPropertyStart("latency");
    json.writeNumberProperty("window_seconds", LatencyHistogram.WINDOW.toSeconds());
    json.writeArrayPropertyStart("channels");
    ledger.entries().forEach(entry -> write(json, entry));
    json.writeEndArray();
    json.writeEndObject();
    json.writeArrayPropertyStart("staleness");
    staleness.entries().forEach(entry -> write(json, entry));
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, LatencyLedger.Entry entry) {
    json.writeStartObject();
    json.writeStringProperty("market", entry.market().path());
    json.writeStringProperty("channel", entry.channel().code());
    json.writeNumberProperty("events", entry.upstream().count());
    write(json, "upstream_ms", entry.upstream());
    write(json, "hub_ms", entry.hub());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, LatencyHistogram.Recent recent) {
    if (recent.count() == 0) {
      json.writeNullProperty(name);
      return;
    }
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("p50", millis(recent.percentile(0.5)));
    json.writeNumberProperty("p99", millis(recent.percentile(0.99)));
    json.writeNumberProperty("max", millis(recent.longest()));
    json.writeEndObject();
  }

  /** In whole microseconds, so that no digit is idle. */
  private static BigDecimal millis(long nanos) {
    return BigDecimal.valueOf(Math.ceilDiv(nanos, 1_000), MICROS_DIGITS);
  }

  private static void write(JsonGenerator json, Staleness.Entry entry) {
    json.writeStartObject();
    json.writeStringProperty("market", entry.market().path());
    json.writeStringProperty("phase", entry.phase().toString());
    json.writeName("last_event");
    if (entry.lastEvent().isPresent()) {
      json.writeString(new IsoTime(Market.NEW_YORK).format(entry.lastEvent().get()));
    } else {
      json.writeNull();
    }
    json.writeNumberProperty("silent_seconds", seconds(entry.silence()));
    json.writeName("threshold_seconds");
    if (entry.threshold().isPresent()) {
      json.writeNumber(seconds(entry.threshold().get()));
    } else {
      json.writeNull();
    }
    json.writeBooleanProperty("stale", entry.isStale());
    json.writeEndObject();
  }

  private static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3);
  }

  /** Adds histograms and gauges. */
  void register(PrometheusRegistry registry) {
    registry.register(
        () ->
            histogram(
                "polygon_stream_latency_seconds",
                "From the vendor's time of an event to its arrival, by two machines' clocks",
                LatencyLedger.UPSTREAM_BOUNDS,
                LatencyLedger.Entry::upstreamTotals));
    registry.register(
        () ->
            histogram(
                "polygon_hub_latency_seconds",
                "From an event's arrival to its being written to the last client of a loop",
                LatencyLedger.HUB_BOUNDS,
                LatencyLedger.Entry::hubTotals));
    registry.register(
        () ->
            gauge(
                "polygon_stream_silence_seconds",
                "Since the last event of a market that clients want",
                entry -> entry.silence().toNanos() / NANOS));
    registry.register(
        () ->
            gauge(
                "polygon_stream_stale",
                "1 while a market in session is silent for too long",
                entry -> entry.isStale() ? 1 : 0));
  }

  private HistogramSnapshot histogram(
      String name,
      String help,
      long[] bounds,
      Function<LatencyLedger.Entry, LatencyHistogram.Totals> totals) {
    double[] upper = new double[bounds.length + 1];
    for (int i = 0; i < bounds.length; i++) {
      upper[i] = bounds[i] / NANOS;
    }
    upper[bounds.length] = Double.POSITIVE_INFINITY;
    HistogramSnapshot.Builder all = HistogramSnapshot.builder().name(name).help(help);
    for (LatencyLedger.Entry entry : ledger.entries()) {
      LatencyHistogram.Totals of = totals.apply(entry);
      all.dataPoint(
          HistogramSnapshot.HistogramDataPointSnapshot.builder()
              .labels(Labels.of("market", entry.market().path(), "channel", entry.channel().code()))
              .classicHistogramBuckets(ClassicHistogramBuckets.of(upper, of.counts()))
              .sum(of.sum() / NANOS)
              .build());
    }
    return all.build();
  }

  private GaugeSnapshot gauge(String name, String help, ToDoubleFunction<Staleness.Entry> value) {
    GaugeSnapshot.Builder all = GaugeSnapshot.builder().name(name).help(help);
    for (Staleness.Entry entry : staleness.entries()) {
      all.dataPoint(
          GaugeSnapshot.GaugeDataPointSnapshot.builder()
              .labels(Labels.of("market", entry.market().path()))
              .value(value.applyAsDouble(entry))
              .build());
    }
    return all.build();
  }
}
