package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Conditions;

/** Makes the bars of one length out of trades that come in the order of their times. */
final class TradeBars {
  private final long length;
  private final BarColumns bars = new BarColumns();
  private final BarFold fold;
  private long start = Long.MIN_VALUE;

  /**
   * @param length of a window in ms; windows lie on the epoch's grid
   */
  TradeBars(long length) {
    this.length = length;
    this.fold = new BarFold(true);
  }

  /**
   * @param scale to how many parts of one average prices are rounded
   */
  TradeBars(long length, double scale) {
    this.length = length;
    this.fold = new BarFold(true, scale);
  }

  /**
   * @param time Unix ns
   */
  void add(long time, double price, double size, Conditions conditions) {
    long millis = time / 1_000_000;
    if (millis >= start + length || start == Long.MIN_VALUE) {
      finish();
      start = Math.floorDiv(millis, length) * length;
    }
    fold.add(price, size, conditions);
  }

  private void finish() {
    if (fold.exists()) {
      fold.appendTo(bars, start);
    }
    fold.clear();
  }

  /** All bars, the last and perhaps unfinished one included. */
  BarColumns bars() {
    finish();
    return bars;
  }
}
