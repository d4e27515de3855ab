package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.RecordingStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;

/** What {@code /health} and the metrics tell of a recording; nothing where none is under way. */
final class RecordingFacts {
  private final Supplier<Optional<RecordingStatus>> recording;

  RecordingFacts(Supplier<Optional<RecordingStatus>> recording) {
    this.recording = recording;
  }

  /** Writes the member {@code recording} of an object. */
  void write(JsonGenerator json) {
    recording.get().ifPresent(status -> write(json, status));
  }

  private static void write(JsonGenerator json, RecordingStatus status) {
    json.writeObjectPropertyStart("recording");
    json.writeStringProperty("state", status.problem().isEmpty() ? "recording" : "failing");
    json.writeStringProperty("since", time(status.since()));
    json.writeNumberProperty("topics", status.topics().size());
    json.writeNumberProperty("recorded", status.recorded());
    json.writeNumberProperty("dropped", status.dropped());
    json.writeNumberProperty("gaps", status.gaps());
    json.writeNumberProperty("sessions_waiting", status.waiting());
    json.writeName("last_event");
    if (status.lastEvent().isPresent()) {
      json.writeString(time(status.lastEvent().get()));
    } else {
      json.writeNull();
    }
    json.writeName("problem");
    if (status.problem().isPresent()) {
      json.writeString(status.problem().get());
    } else {
      json.writeNull();
    }
    json.writeEndObject();
  }

  private static String time(Instant at) {
    return new IsoTime(Market.NEW_YORK).format(at);
  }

  /** Adds counters, where something is recorded from the start. */
  void register(MeterRegistry registry) {
    if (recording.get().isEmpty()) {
      return;
    }
    counter(registry, "recorded", "Events written to the recording", RecordingStatus::recorded);
    counter(
        registry,
        "dropped",
        "Events that were not recorded, since the disk was too slow or failed",
        RecordingStatus::dropped);
    counter(registry, "gaps", "Gaps that the feed announced", RecordingStatus::gaps);
    Gauge.builder(
            "polygon.recording.failing",
            () -> value(status -> status.problem().isPresent() ? 1 : 0))
        .description("1 while nothing can be written")
        .register(registry);
  }

  private void counter(
      MeterRegistry registry,
      String name,
      String description,
      ToDoubleFunction<RecordingStatus> value) {
    FunctionCounter.builder("polygon.recording." + name, this, facts -> facts.value(value))
        .description(description)
        .register(registry);
  }

  private double value(ToDoubleFunction<RecordingStatus> of) {
    return recording.get().map(of::applyAsDouble).orElse(0.0);
  }
}
