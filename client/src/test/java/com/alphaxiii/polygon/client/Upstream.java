package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Tier;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A client in simulated time, so that backing off and the budget take none. */
final class Upstream implements AutoCloseable {
  static final String KEY = "k3y+Of/TheTests_0123456789";
  static final Instant NOW = Instant.parse("2026-09-01T14:00:00Z");
  static final BarRequest MINUTES =
      BarRequest.raw(
          Ticker.of("AAPL"),
          Timeframe.MINUTE_1,
          TimeRange.parse("2024-01-02T14:30:00Z/2024-01-02T15:30:00Z"));

  final SimulatedClock clock = SimulatedClock.movedBySleepers(NOW);
  final RateBudget budget;
  final RestClient client;

  Upstream(URI base, int attempts, int limit) {
    this(new RestConfig(base, new Secret(KEY), Duration.ofSeconds(10), attempts), limit);
  }

  Upstream(RestConfig config, int limit) {
    budget = RateBudget.of(Tier.ADVANCED, clock);
    client = new RestClient(config, budget, clock, clock, new Random(7), limit);
  }

  static Upstream of(ScriptedServer server) {
    return new Upstream(server.base(), 1, 50_000);
  }

  static Upstream of(ScriptedServer server, int attempts) {
    return new Upstream(server.base(), attempts, 50_000);
  }

  /** The error of a call; it must be of the family, and no text in it may hold the key. */
  static <E extends PolygonException> E error(Class<E> type, ThrowingCallable call) {
    PolygonException error = catchThrowableOfType(PolygonException.class, call);
    Assertions.assertThat(error).isExactlyInstanceOf(type);
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      Assertions.assertThat(cause.toString()).doesNotContain(KEY).doesNotContain("k3y%2BOf");
    }
    return type.cast(error);
  }

  Duration elapsed() {
    return Duration.ofNanos(clock.nanoTime());
  }

  @Override
  public void close() {
    client.close();
  }
}
