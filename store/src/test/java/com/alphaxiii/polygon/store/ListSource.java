package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A source of raw bars held in memory, as a vendor holds them; it keeps a list of the requests. */
final class ListSource implements BarSource {
  private final Map<Series, Bars> bars = new ConcurrentHashMap<>();
  private final List<BarRequest> requests = new CopyOnWriteArrayList<>();
  private final InstantSource clock;
  private volatile Consumer<BarRequest> before = request -> {};

  /**
   * @param clock bars that start later are not there yet
   */
  ListSource(InstantSource clock) {
    this.clock = clock;
  }

  ListSource put(Bars series) {
    bars.put(new Series(series.ticker(), series.timeframe()), series);
    return this;
  }

  /** Runs before each answer; may throw in its place. */
  void before(Consumer<BarRequest> action) {
    before = action;
  }

  List<BarRequest> requests() {
    return List.copyOf(requests);
  }

  void clear() {
    requests.clear();
  }

  Bars all(Ticker ticker, Timeframe base) {
    return bars.getOrDefault(new Series(ticker, base), Bars.empty(ticker, base));
  }

  @Override
  public BarAnswer bars(BarRequest request) {
    requests.add(request);
    before.accept(request);
    return BarAnswer.upstream(plain(request));
  }

  /** The answer without a trace. */
  Bars plain(BarRequest request) {
    if (request.adjustment() != Adjustment.NONE) {
      throw new IllegalArgumentException("these bars are raw: " + request);
    }
    Timeframe base = request.timeframe().base().orElse(Timeframe.MINUTE_1);
    TimeRange windows =
        request.timeframe().base().isPresent()
            ? request.timeframe().snap(request.range(), request.ticker().market().zone())
            : request.range();
    Instant now = clock.instant();
    Instant end = windows.end().isBefore(now) ? windows.end() : now;
    if (!windows.start().isBefore(end)) {
      return Bars.empty(request.ticker(), request.timeframe());
    }
    Bars raw = all(request.ticker(), base).slice(TimeRange.of(windows.start(), end));
    return request.timeframe().base().isPresent() ? raw.resample(request.timeframe()) : raw;
  }
}
