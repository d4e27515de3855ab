package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Bars;

/**
 * Tells bars apart by 128 bits that every number of them has a part in. Columns are mixed side by
 * side, so that it takes about as long as looking at them; it is no protection against somebody who
 * makes up two tables that look alike.
 */
record BarsDigest(long high, long low) {
  private static final long ODD = 0x9e3779b97f4a7c15L;

  static BarsDigest of(Bars bars) {
    long start = 1;
    long open = 2;
    long top = 3;
    long bottom = 4;
    long close = 5;
    long volume = 6;
    long vwap = 7;
    long transactions = 8;
    int size = bars.size();
    for (int i = 0; i < size; i++) {
      start = mix(start, bars.start(i));
      open = mix(open, Double.doubleToRawLongBits(bars.open(i)));
      top = mix(top, Double.doubleToRawLongBits(bars.high(i)));
      bottom = mix(bottom, Double.doubleToRawLongBits(bars.low(i)));
      close = mix(close, Double.doubleToRawLongBits(bars.close(i)));
      volume = mix(volume, Double.doubleToRawLongBits(bars.volume(i)));
      vwap = mix(vwap, Double.doubleToRawLongBits(bars.vwap(i)));
      transactions = mix(transactions, bars.transactions(i));
    }
    long[] lanes = {size, start, open, top, bottom, close, volume, vwap, transactions};
    long high = ODD;
    long low = ~ODD;
    for (long lane : lanes) {
      high = finish(high ^ lane);
      low = finish(Long.rotateLeft(low, 23) + lane * ODD);
    }
    return new BarsDigest(high, low);
  }

  /** Turns any change of either into one of about half of the bits, by and by. */
  private static long mix(long lane, long value) {
    return Long.rotateLeft((lane ^ value) * ODD, 29);
  }

  private static long finish(long value) {
    long bits = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    bits = (bits ^ bits >>> 33) * 0xc4ceb9fe1a85ec53L;
    return bits ^ bits >>> 33;
  }
}
