package com.alphaxiii.polygon;

import com.alphaxiii.polygon.client.RestClient;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.RateLimitStatus;
import com.alphaxiii.polygon.core.UpstreamStatus;
import com.alphaxiii.polygon.core.UpstreamWatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows from the calls that are made anyway whether the vendor answers, and asks it something small
 * only when there were none for long: once in five minutes, or in fifteen seconds while it does not
 * answer. What it asks counts in the budget, and it asks nothing when the budget is used up.
 */
final class UpstreamProbe implements UpstreamWatch {
  private static final Logger LOG = LoggerFactory.getLogger(UpstreamProbe.class);

  static final Duration WHILE_WELL = Duration.ofMinutes(5);
  static final Duration WHILE_UNWELL = Duration.ofSeconds(15);

  /** Those who ask for the state do not wait for a vendor that does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final RestClient rest;
  private final Supplier<RateLimitStatus> budget;
  private final InstantSource clock;
  private final AtomicReference<Probe> last = new AtomicReference<>(Probe.NONE);

  UpstreamProbe(RestClient rest, Supplier<RateLimitStatus> budget, InstantSource clock) {
    this.rest = rest;
    this.budget = budget;
    this.clock = clock;
  }

  /** One asking, which may be under way. */
  private record Probe(Instant begun, CountDownLatch ended) {
    static final Probe NONE = new Probe(Instant.MIN, new CountDownLatch(0));

    boolean isUnderWay() {
      return ended.getCount() > 0;
    }
  }

  @Override
  public UpstreamStatus known() {
    return rest.upstream();
  }

  @Override
  public UpstreamStatus current() {
    Probe probe = last.get();
    if (!probe.isUnderWay() && isDue(probe)) {
      Probe mine = new Probe(clock.instant(), new CountDownLatch(1));
      if (last.compareAndSet(probe, mine)) {
        Thread.ofVirtual().name("polygon-probe").start(() -> ask(mine));
      }
      probe = last.get();
    }
    if (!probe.isUnderWay()) {
      return rest.upstream();
    }
    try {
      Duration left = PATIENCE.minus(Duration.between(probe.begun(), clock.instant()));
      if (!probe.ended().await(left.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("the vendor has not answered a probe of {} yet", probe.begun());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return rest.upstream();
  }

  private boolean isDue(Probe probe) {
    UpstreamStatus known = rest.upstream();
    Duration pause = known.state() == UpstreamStatus.State.REACHABLE ? WHILE_WELL : WHILE_UNWELL;
    Instant before = clock.instant().minus(pause);
    return !probe.begun().isAfter(before)
        && known.at().filter(at -> at.isAfter(before)).isEmpty()
        && budget.get().remaining() > 0;
  }

  private void ask(Probe probe) {
    try {
      rest.probe();
    } catch (PolygonException e) {
      LOG.debug("a probe of the vendor failed: {}", e.getMessage());
    } finally {
      probe.ended().countDown();
    }
  }
}
