package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.calendar.MarketHours;
import com.alphaxiii.polygon.calendar.MarketPhase;
import com.alphaxiii.polygon.core.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Watches for market data that stops though the connection works, in the hours of its market. Used
 * on the loop only.
 */
final class StallWatch {
  private final Market market;
  private final SinkTable sinks;
  private final StallDetector detector;
  private final MarketHours hours = MarketHours.usual();
  private MarketPhase phase = MarketPhase.CLOSED;

  StallWatch(Market market, Duration least, SinkTable sinks) {
    this.market = market;
    this.sinks = sinks;
    detector = new StallDetector(least);
  }

  /** The connection is new, or the market's phase: what was heard says nothing any more. */
  void begin(long now) {
    detector.begin(now);
    sinks.forgetCounts();
  }

  void heard(long now) {
    detector.heard(now);
  }

  /**
   * For how long data has been missing; empty when nothing speaks against the stream.
   *
   * @param vendorTime the time for which the stream should have data now
   */
  Optional<Duration> stalled(long now, Instant vendorTime) {
    MarketPhase present = hours.phase(market, vendorTime);
    // The regular session is busier than what comes before it, so what was heard there still holds.
    if (present != phase && !(phase == MarketPhase.EXTENDED && present == MarketPhase.OPEN)) {
      begin(now);
    }
    phase = present;
    boolean stalled =
        phase != MarketPhase.CLOSED
            && detector.isSuspicious(now)
            && detector.isStalled(now, sinks.countsByTicker(), sinks.countsByChannel());
    return stalled ? Optional.of(detector.silence(now)) : Optional.empty();
  }
}
