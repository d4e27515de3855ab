package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Conditions;

/**
 * One bar in the making, of trades. A bar exists when a trade moved its price; a window with odd
 * lots only has none. Until a trade may set open and close, the first and last that moved the high
 * and low stand in.
 */
final class BarFold {
  /** Of stocks, average prices are rounded to a hundredth of a cent. */
  static final double STOCKS = 10_000;

  private final boolean intraday;
  private final double scale;
  private double open;
  private double high;
  private double low;
  private double close;
  private double volume;
  private double turnover;
  private long count;
  private boolean priced;
  private boolean opened;

  /**
   * @param intraday whether trades of the extended hours move the price
   */
  BarFold(boolean intraday) {
    this(intraday, STOCKS);
  }

  /**
   * @param scale to how many parts of one the average price is rounded
   */
  BarFold(boolean intraday, double scale) {
    this.intraday = intraday;
    this.scale = scale;
  }

  void clear() {
    volume = 0;
    turnover = 0;
    count = 0;
    priced = false;
    opened = false;
  }

  void add(double price, double size, Conditions conditions) {
    if (conditions.size() == 0) {
      range(price);
      openClose(price);
      volume(price, size);
      return;
    }
    if (TradeRules.movesHighLow(conditions, intraday)) {
      range(price);
    }
    if (TradeRules.movesOpenClose(conditions, intraday)) {
      openClose(price);
    }
    if (TradeRules.movesVolume(conditions)) {
      volume(price, size);
    }
  }

  private void range(double price) {
    if (!priced) {
      priced = true;
      open = price;
      close = price;
      high = price;
      low = price;
    } else {
      high = Math.max(high, price);
      low = Math.min(low, price);
    }
    if (!opened) {
      close = price;
    }
  }

  private void openClose(double price) {
    if (!opened) {
      opened = true;
      open = price;
    }
    close = price;
  }

  private void volume(double price, double size) {
    volume += size;
    turnover += price * size;
    count++;
  }

  boolean exists() {
    return priced;
  }

  double open() {
    return open;
  }

  double high() {
    return high;
  }

  double low() {
    return low;
  }

  double close() {
    return close;
  }

  double volume() {
    return volume;
  }

  long count() {
    return count;
  }

  /** The price weighted by volume, rounded, of stocks to a hundredth of a cent; or NaN. */
  double vwap() {
    return volume > 0 ? Math.round(turnover / volume * scale) / scale : Double.NaN;
  }

  /** What was paid in all. */
  double turnover() {
    return turnover;
  }

  void appendTo(BarColumns bars, long start) {
    bars.add(start, open, high, low, close, volume, vwap(), count);
  }
}
