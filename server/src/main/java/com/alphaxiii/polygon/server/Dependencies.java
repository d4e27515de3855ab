package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.CacheControl;
import com.alphaxiii.polygon.core.CacheStatus;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.RecordingStatus;
import com.alphaxiii.polygon.core.UpstreamStatus;
import com.alphaxiii.polygon.core.UpstreamWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What the server depends on, and how it is: the vendor, its stream, the cache and its disk. */
final class Dependencies {
  /** With less left, a disk is soon full. */
  static final long LOW_DISK_BYTES = 256L << 20;

  private final UpstreamWatch upstream;
  private final CacheControl cache;
  private final Hub hub;
  private final Supplier<Optional<RecordingStatus>> recording;
  private final MarketCalendar calendar;
  private final InstantSource clock;

  /** As metrics tell it: looked at once for all of them. */
  private volatile State scraped;

  Dependencies(ServerPorts ports, Hub hub) {
    this.upstream = ports.upstream();
    this.cache = ports.cache();
    this.recording = ports.recording();
    this.calendar = ports.calendar();
    this.clock = ports.clock();
    this.hub = hub;
    this.scraped =
        new State(
            UpstreamStatus.UNKNOWN, hub.status(), Optional.empty(), Optional.empty(), List.of());
  }

  /**
   * How all of it is at a moment.
   *
   * @param cache empty when its catalog cannot be read
   * @param newestDay the last settled trading day of which bars are stored; empty when there is
   *     none
   * @param problems each in a sentence; empty when all is well
   */
  record State(
      UpstreamStatus upstream,
      FeedStatus stream,
      Optional<CacheStatus> cache,
      Optional<LocalDate> newestDay,
      List<String> problems) {
    /** Whether nothing at all can be answered: neither from the cache nor by the vendor. */
    boolean isHelpless() {
      return cache.isEmpty() && !upstream.isUsable();
    }
  }

  /** As it is; asks the vendor when that is not known. */
  State current() {
    return state(upstream.current());
  }

  /** As far as it is known without asking the vendor. */
  State known() {
    return state(upstream.known());
  }

  private State state(UpstreamStatus vendor) {
    List<String> problems = new ArrayList<>();
    if (!vendor.isUsable()) {
      problems.add("upstream: " + vendor.problem().orElse(vendor.state().toString()));
    }
    FeedStatus stream = hub.status();
    switch (stream.state()) {
      case RECONNECTING, DOWN ->
          problems.add("stream: %s, %s".formatted(stream.state(), stream.detail()));
      case IDLE, CONNECTING, CONNECTED -> {
        // Nobody wants it, or it is well.
      }
    }
    Optional<CacheStatus> status = Optional.empty();
    try {
      status = Optional.of(cache.status());
      problems(status.get(), problems);
    } catch (PolygonException.StorageFailure e) {
      problems.add("cache: " + e.getMessage());
    }
    recording
        .get()
        .flatMap(RecordingStatus::problem)
        .ifPresent(problem -> problems.add("recording: " + problem));
    return new State(
        vendor, stream, status, status.flatMap(CacheStatus::newest).map(this::day), problems);
  }

  private static void problems(CacheStatus cache, List<String> problems) {
    if (cache.problem().isPresent()) {
      problems.add("cache: " + cache.problem().get());
    } else if (cache.freeBytes() < LOW_DISK_BYTES) {
      problems.add(
          "disk: only %d MiB are left where the cache is: make room, or set CACHE_MAX_BYTES"
              .formatted(cache.freeBytes() >> 20));
    }
  }

  /** The trading day that an instant belongs to, or the one before. */
  private LocalDate day(Instant at) {
    LocalDate day = at.atZone(Market.NEW_YORK).toLocalDate();
    return calendar.isTradingDay(day) ? day : calendar.previous(day).date();
  }

  /** The last trading day whose bars do not change any more. */
  LocalDate settledDay() {
    Instant settled = calendar.settledUntil(clock.instant());
    return calendar.previous(settled.atZone(Market.NEW_YORK).toLocalDate()).date();
  }

  /** Trading days that are settled and later than a day. */
  int daysBehind(LocalDate newest) {
    LocalDate settled = settledDay();
    return newest.isBefore(settled) ? calendar.tradingDays(newest.plusDays(1), settled).size() : 0;
  }

  /** As {@link State#isHelpless}, asking nobody; the cache is looked at only if it matters. */
  boolean isHelpless() {
    return !upstream.known().isUsable() && known().isHelpless();
  }

  /** Looks once, for all gauges that are read next. */
  void scrape() {
    scraped = known();
  }

  /** Adds gauges; they tell what the last {@link #scrape} saw. */
  void register(MeterRegistry registry) {
    for (UpstreamStatus.State each : UpstreamStatus.State.values()) {
      Gauge.builder("polygon.upstream.state", () -> scraped.upstream().state() == each ? 1 : 0)
          .description("1 for how the last request to the vendor ended")
          .tag("state", each.toString())
          .register(registry);
    }
    gauge(
        registry,
        "upstream.answer.age.seconds",
        "Time since the vendor last answered",
        state -> state.upstream().answeredAt().map(this::secondsSince).orElse(Double.NaN));
    gauge(
        registry,
        "cache.writable",
        "1 while what is fetched can be stored",
        state -> state.cache().filter(CacheStatus::isWritable).isPresent() ? 1 : 0);
    cacheGauge(registry, "bytes", "Size of the cache's files", CacheStatus::bytes);
    cacheGauge(
        registry,
        "max.bytes",
        "Size that they are kept within",
        cache -> cache.mostBytes().isPresent() ? cache.mostBytes().getAsLong() : Double.NaN);
    cacheGauge(
        registry, "disk.free.bytes", "Left on the disk of the cache", CacheStatus::freeBytes);
    cacheGauge(registry, "disk.bytes", "Size of that disk", CacheStatus::diskBytes);
    cacheGauge(
        registry,
        "newest.bar.age.seconds",
        "Time since the newest stored bar began",
        cache -> cache.newest().map(this::secondsSince).orElse(Double.NaN));
  }

  private void cacheGauge(
      MeterRegistry registry, String name, String text, ToDoubleFunction<CacheStatus> value) {
    gauge(
        registry,
        "cache." + name,
        text,
        state -> state.cache().map(value::applyAsDouble).orElse(Double.NaN));
  }

  private void gauge(
      MeterRegistry registry, String name, String text, ToDoubleFunction<State> value) {
    Gauge.builder("polygon." + name, () -> value.applyAsDouble(scraped))
        .description(text)
        .register(registry);
  }

  private double secondsSince(Instant at) {
    return Duration.between(at, clock.instant()).toMillis() / 1_000.0;
  }
}
