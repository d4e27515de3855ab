package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException.NotEntitled;
import com.alphaxiii.polygon.core.PolygonException.NotYetAvailable;
import com.alphaxiii.polygon.core.PolygonException.Unauthorized;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.simulator.Replay;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an unknown key, one of the smallest plan and one of a large plan get to see. */
@Timeout(60)
class PlansTest {
  private static final Ticker AAPL = Ticker.of("AAPL");
  private static final LocalDate TODAY = LocalDate.of(2026, 9, 1);
  private static final TickRequest TICKS =
      TickRequest.of(AAPL, TimeRange.parse("2026-08-31T14:00:00Z/2026-08-31T14:01:00Z"));

  private static Simulator simulator;

  @BeforeAll
  static void start() {
    InstantSource clock =
        InstantSource.offset(
            InstantSource.system(),
            Duration.between(InstantSource.system().instant(), Upstream.NOW));
    simulator = Simulator.start(Scenario.builder().clock(clock).live(Replay.model(5)).build());
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private static Upstream upstream(String key) {
    return new Upstream(
        new RestConfig(simulator.baseUrl(), new Secret(key), Duration.ofSeconds(10), 2), 50_000);
  }

  private static StreamClient stream(String key) {
    return StreamClient.open(
        StreamConfig.builder(simulator.streamUrl(), new Secret(key)).build(),
        InstantSource.system(),
        NanoClock.system());
  }

  private static BarRequest days(String range) {
    return BarRequest.raw(AAPL, Timeframe.DAY_1, TimeRange.parse(range));
  }

  private static void refuses(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NotEntitled.class,
            e -> {
              assertThat(e.requestId()).isPresent();
              assertThat(e.retryable()).isFalse();
            });
  }

  @Test
  void anUnknownKeyGetsNothing() {
    try (Upstream unknown = upstream("bad-key");
        StreamClient stream = stream("bad-key")) {
      assertThatThrownBy(() -> unknown.client.bars(Upstream.MINUTES))
          .isInstanceOf(Unauthorized.class)
          .hasMessageContaining("Unknown API Key")
          .hasMessageNotContaining("bad-key");
      assertThatThrownBy(() -> unknown.client.get("market-status", Map.of()))
          .isInstanceOf(Unauthorized.class);
      assertThatThrownBy(() -> stream.awaitConnected(Duration.ofSeconds(20)))
          .isInstanceOf(Unauthorized.class)
          .hasMessageNotContaining("bad-key");
    }
  }

  @Test
  void theSmallestPlanHasBarsAndReferenceDataOfTheLastYears() {
    try (Upstream basic = upstream("basic-key")) {
      assertThat(basic.client.bars(days("2026-08-24T04:00:00Z/2026-08-29T04:00:00Z")).bars().size())
          .isEqualTo(5);
      assertThat(basic.client.ticker(AAPL)).isPresent();
      refuses(() -> basic.client.bars(days("2015-06-01T04:00:00Z/2015-06-06T04:00:00Z")));
      assertThatThrownBy(() -> basic.client.days().ofMarket(Market.STOCKS, TODAY, true))
          .isInstanceOf(NotYetAvailable.class);
    }
  }

  @Test
  void theSmallestPlanHasNoTicksSnapshotsOrStream() {
    try (Upstream basic = upstream("basic-key");
        StreamClient stream = stream("basic-key")) {
      refuses(() -> basic.client.lastTrade(AAPL));
      refuses(() -> basic.client.lastQuote(AAPL));
      refuses(() -> basic.client.trades(TICKS).hasNext());
      refuses(() -> basic.client.quotes(TICKS).hasNext());
      refuses(() -> basic.client.snapshots().of(AAPL));
      assertThatThrownBy(() -> stream.awaitConnected(Duration.ofSeconds(20)))
          .isInstanceOf(NotEntitled.class)
          .hasMessageNotContaining("basic-key");
    }
  }

  @Test
  void aLargePlanHasAllOfIt() throws Exception {
    Recorder sink = new Recorder();
    try (Upstream advanced = upstream("advanced-key");
        StreamClient stream = stream("advanced-key")) {
      assertThat(advanced.client.lastTrade(AAPL)).isPresent();
      assertThat(advanced.client.lastQuote(AAPL)).isPresent();
      assertThat(advanced.client.trades(TICKS)).hasNext();
      assertThat(advanced.client.quotes(TICKS)).hasNext();
      assertThat(advanced.client.snapshots().of(AAPL)).isPresent();
      assertThat(
              advanced.client.bars(days("2015-06-01T04:00:00Z/2015-06-06T04:00:00Z")).bars().size())
          .isEqualTo(5);
      stream.subscribe(StreamTestCase.topics("T.AAPL,Q.AAPL"), sink);
      stream.awaitConnected(Duration.ofSeconds(20));
      Set<Class<?>> seen = new HashSet<>();
      while (!seen.containsAll(Set.of(Trade.class, Quote.class))) {
        seen.add(sink.next().getClass());
      }
    }
  }
}
