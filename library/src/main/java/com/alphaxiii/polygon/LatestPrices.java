package com.alphaxiii.polygon;

import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.LatestPrice;
import com.alphaxiii.polygon.core.LatestPrice.Origin;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.PriceSource;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Trade;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * The latest price from the best source there is: the live stream if it carries the ticker, else
 * the last trade, else (for plans or markets without trades) today's last minute bar, else the last
 * day's close.
 */
final class LatestPrices implements PriceSource {
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final Duration MINUTES = Duration.ofHours(24);
  // The longest closure of the market was six days; two weeks leave room for halted tickers.
  private static final Duration DAYS = Duration.ofDays(14);

  private final Function<Ticker, Optional<Trade>> live;
  private final TickSource ticks;
  private final BarSource bars;
  private final InstantSource clock;

  /**
   * Composes the sources.
   *
   * @param live the newest trade that the stream delivered, empty when the stream does not carry
   *     the ticker
   */
  LatestPrices(
      Function<Ticker, Optional<Trade>> live,
      TickSource ticks,
      BarSource bars,
      InstantSource clock) {
    this.live = live;
    this.ticks = ticks;
    this.bars = bars;
    this.clock = clock;
  }

  @Override
  public LatestPrice latest(Ticker ticker) {
    Optional<Trade> streamed = live.apply(ticker);
    if (streamed.isPresent()) {
      return price(streamed.get(), Origin.STREAM);
    }
    return lastTrade(ticker)
        .or(() -> lastBar(ticker, Timeframe.MINUTE_1, MINUTES, Origin.MINUTE_BAR))
        .or(() -> lastBar(ticker, Timeframe.DAY_1, DAYS, Origin.PREVIOUS_CLOSE))
        .orElseThrow(
            () ->
                new PolygonException.NotFound(
                    "no price of %s is known: the ticker is unknown or has not traded in %d days; check its spelling (case matters)"
                        .formatted(ticker, DAYS.toDays()),
                    null));
  }

  private Optional<LatestPrice> lastTrade(Ticker ticker) {
    switch (ticker.market()) {
      case STOCKS, OPTIONS, CRYPTO -> {}
      default -> {
        return Optional.empty();
      }
    }
    try {
      return ticks.lastTrade(ticker).map(trade -> price(trade, Origin.TRADE));
    } catch (PolygonException.NotEntitled e) {
      // Plans below Developer have no trades; bars they have.
      return Optional.empty();
    }
  }

  private Optional<LatestPrice> lastBar(
      Ticker ticker, Timeframe timeframe, Duration back, Origin origin) {
    Instant now = clock.instant();
    Bars recent;
    try {
      recent =
          bars.bars(BarRequest.raw(ticker, timeframe, TimeRange.of(now.minus(back), now))).bars();
    } catch (PolygonException.NotEntitled | PolygonException.NotYetAvailable e) {
      return Optional.empty();
    }
    if (recent.isEmpty()) {
      return Optional.empty();
    }
    int last = recent.size() - 1;
    long end = timeframe.windowEnd(recent.start(last), ticker.market().zone());
    Instant at = Instant.ofEpochMilli(Math.min(end, now.toEpochMilli()));
    return Optional.of(new LatestPrice(ticker, recent.close(last), Double.NaN, null, at, origin));
  }

  private static LatestPrice price(Trade trade, Origin origin) {
    Instant at =
        Instant.ofEpochMilli(trade.sipTime() / NANOS_PER_MILLI)
            .plusNanos(trade.sipTime() % NANOS_PER_MILLI);
    return new LatestPrice(
        trade.ticker(), trade.price(), trade.size(), trade.exchange(), at, origin);
  }
}
