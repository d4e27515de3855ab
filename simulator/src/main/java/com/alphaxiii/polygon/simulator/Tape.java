package com.alphaxiii.polygon.simulator;

/** Takes trades one by one in the order of their times. */
interface Tape {
  /**
   * @param time Unix ns
   * @param conditions shared, never written to
   */
  void trade(long time, double price, double size, int[] conditions, int exchange, long sequence);
}
