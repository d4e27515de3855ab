package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Conditions;
import java.util.TreeMap;

/**
 * Makes the bars of one length out of trades. They come in the order of their times, but for late
 * ones, which count last in their windows.
 */
final class TradeBars {
  private final long length;
  private final double scale;
  private final TreeMap<Long, BarFold> folds = new TreeMap<>();
  private BarFold current;
  private long start = Long.MIN_VALUE;

  /**
   * @param length of a window in ms; windows lie on the epoch's grid
   */
  TradeBars(long length) {
    this(length, BarFold.STOCKS);
  }

  /**
   * @param scale to how many parts of one average prices are rounded
   */
  TradeBars(long length, double scale) {
    this.length = length;
    this.scale = scale;
    this.current = new BarFold(true, scale);
  }

  /**
   * Takes the next trade.
   *
   * @param time Unix ns
   */
  void add(long time, double price, double size, Conditions conditions) {
    long millis = Math.floorDiv(time, 1_000_000L);
    if (millis >= start + length || start == Long.MIN_VALUE) {
      start = startOf(millis);
      current = new BarFold(true, scale);
      folds.put(start, current);
    }
    current.add(price, size, conditions);
  }

  /** Takes a trade of an earlier window, after all others of it. */
  void addLate(long time, double price, double size, Conditions conditions) {
    folds
        .computeIfAbsent(
            startOf(Math.floorDiv(time, 1_000_000L)), window -> new BarFold(true, scale))
        .add(price, size, conditions);
  }

  private long startOf(long millis) {
    return Math.floorDiv(millis, length) * length;
  }

  /** All bars, the last and perhaps unfinished one included. */
  BarColumns bars() {
    var bars = new BarColumns(folds.size());
    folds.forEach(
        (window, fold) -> {
          if (fold.exists()) {
            fold.appendTo(bars, window);
          }
        });
    return bars;
  }
}
