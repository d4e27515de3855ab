package com.alphaxiii.polygon.core;

import java.util.Locale;
import java.util.Optional;

/**
 * Which bars a technical indicator is computed over, by the vendor.
 *
 * @param timespan length of a bar; one unit, such as a day; not {@link Timespan#SECOND}
 * @param price which price of a bar counts
 * @param adjusted whether bars are adjusted for splits; means nothing for crypto
 * @param range of the times of the values; empty for all there are
 * @param newestFirst the order of the answer
 */
public record IndicatorRequest(
    Ticker ticker,
    Timespan timespan,
    Price price,
    boolean adjusted,
    Optional<TimeRange> range,
    boolean newestFirst) {
  /** The prices of a bar. */
  public enum Price {
    OPEN,
    HIGH,
    LOW,
    CLOSE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Throws {@link PolygonException.InvalidRequest} for seconds, which the vendor does not have. */
  public IndicatorRequest {
    if (timespan == Timespan.SECOND) {
      throw new PolygonException.InvalidRequest(
          "timespan",
          timespan.word(),
          "indicators of %s: of bars of a minute or longer, not of seconds".formatted(ticker));
    }
  }

  /** Over the closing prices of split-adjusted day bars, the newest value first. */
  public static IndicatorRequest of(Ticker ticker) {
    return new IndicatorRequest(ticker, Timespan.DAY, Price.CLOSE, true, Optional.empty(), true);
  }

  public IndicatorRequest withTimespan(Timespan other) {
    return new IndicatorRequest(ticker, other, price, adjusted, range, newestFirst);
  }

  public IndicatorRequest withPrice(Price other) {
    return new IndicatorRequest(ticker, timespan, other, adjusted, range, newestFirst);
  }

  public IndicatorRequest withAdjusted(boolean other) {
    return new IndicatorRequest(ticker, timespan, price, other, range, newestFirst);
  }

  public IndicatorRequest withRange(TimeRange other) {
    return new IndicatorRequest(ticker, timespan, price, adjusted, Optional.of(other), newestFirst);
  }

  /** In the order of time. */
  public IndicatorRequest oldestFirst() {
    return new IndicatorRequest(ticker, timespan, price, adjusted, range, false);
  }

  @Override
  public String toString() {
    return "%s of %s bars%s".formatted(ticker, timespan.word(), range.map(r -> " " + r).orElse(""));
  }
}
