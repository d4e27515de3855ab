package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.ZoneId;

/**
 * What is stored as one series of raw bars.
 *
 * @param base one of the three stored timeframes
 */
record Series(Ticker ticker, Timeframe base) {
  Series {
    if (!base.isBase()) {
      throw new IllegalArgumentException(base + " bars are derived, not stored");
    }
  }

  /** The zone of the day windows. */
  ZoneId zone() {
    return ticker.market().zone();
  }

  boolean isIntraday() {
    return base.timespan().isIntraday();
  }

  @Override
  public String toString() {
    return ticker + " " + base;
  }
}
