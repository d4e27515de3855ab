package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.IndicatorRequest;
import com.alphaxiii.polygon.core.IndicatorValue;
import com.alphaxiii.polygon.core.MacdValue;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;

/** Technical indicators as the vendor computes them. */
public final class Indicators {
  private final Answers answers;

  Indicators(Answers answers) {
    this.answers = answers;
  }

  /** The simple moving average over so many bars. */
  public Cursor<IndicatorValue> sma(IndicatorRequest request, int window) {
    return windowed("sma", request, window);
  }

  /** The exponential moving average over so many bars. */
  public Cursor<IndicatorValue> ema(IndicatorRequest request, int window) {
    return windowed("ema", request, window);
  }

  /** The relative strength index over so many bars, usually 14. */
  public Cursor<IndicatorValue> rsi(IndicatorRequest request, int window) {
    return windowed("rsi", request, window);
  }

  /**
   * The moving average convergence/divergence.
   *
   * @param shortWindow bars of the fast average, usually 12
   * @param longWindow bars of the slow one, usually 26
   * @param signalWindow values of the signal's average, usually 9
   */
  public Cursor<MacdValue> macd(
      IndicatorRequest request, int shortWindow, int longWindow, int signalWindow) {
    String subject =
        "macd(%d,%d,%d) of %s".formatted(shortWindow, longWindow, signalWindow, request);
    requirePositive(subject, "short_window", shortWindow);
    requirePositive(subject, "long_window", longWindow);
    requirePositive(subject, "signal_window", signalWindow);
    return answers.pages(
        subject,
        "macd",
        parameters(request)
            .with("short_window", shortWindow)
            .with("long_window", longWindow)
            .with("signal_window", signalWindow),
        WirePrices::macdValue);
  }

  private Cursor<IndicatorValue> windowed(String name, IndicatorRequest request, int window) {
    String subject = "%s(%d) of %s".formatted(name, window, request);
    requirePositive(subject, "window", window);
    return answers.pages(
        subject, name, parameters(request).with("window", window), WirePrices::indicatorValue);
  }

  private static Parameters parameters(IndicatorRequest request) {
    Parameters parameters =
        Parameters.of("ticker", request.ticker())
            .with("timespan", request.timespan().vendorWord())
            .with("series_type", request.price())
            .with("timestamp.gte", request.range().map(range -> range.start().toEpochMilli()))
            .with(
                "timestamp.lte",
                request.range().map(range -> range.end().minusNanos(1).toEpochMilli()))
            .with("order", request.newestFirst() ? "desc" : "asc");
    return request.ticker().market() == Market.CRYPTO
        ? parameters
        : parameters.with("adjusted", request.adjusted());
  }

  private static void requirePositive(String subject, String name, int window) {
    if (window < 1) {
      throw new InvalidRequest(
          name, Integer.toString(window), subject + ": a window has at least 1 bar");
    }
  }
}
