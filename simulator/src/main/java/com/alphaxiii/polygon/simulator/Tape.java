package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Conditions;

/** Takes trades one by one in the order of their times. */
interface Tape {
  /**
   * One trade.
   *
   * @param time Unix ns
   * @param conditions the vendor's ids
   */
  void trade(
      long time, double price, double size, Conditions conditions, int exchange, long sequence);
}
