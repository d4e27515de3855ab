package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;

/** How bars take the place of those that are stored for the same stretch. */
enum Replacement {
  /** As they are. */
  WHOLE {
    @Override
    Bars over(Bars stored, Bars bars) {
      return bars;
    }
  },

  /**
   * Where they lack a volume-weighted price or a count of trades, and the stored bar of the same
   * window is the same in all else, these are kept: flat files have no such prices.
   */
  KEEPING_AVERAGES {
    @Override
    Bars over(Bars stored, Bars bars) {
      if (stored.isEmpty() || bars.isEmpty()) {
        return bars;
      }
      BarsBuilder merged = Bars.builder(bars.ticker(), bars.timeframe());
      merged.reserve(bars.size());
      int other = 0;
      for (int i = 0; i < bars.size(); i++) {
        while (other < stored.size() && stored.start(other) < bars.start(i)) {
          other++;
        }
        boolean same = other < stored.size() && same(stored, other, bars, i);
        boolean averaged = !Double.isNaN(bars.vwap(i));
        boolean counted = bars.transactions(i) >= 0;
        merged.add(
            bars.start(i),
            bars.open(i),
            bars.high(i),
            bars.low(i),
            bars.close(i),
            bars.volume(i),
            averaged || !same ? bars.vwap(i) : stored.vwap(other),
            counted || !same ? bars.transactions(i) : stored.transactions(other));
      }
      return merged.build();
    }
  };

  private static boolean same(Bars stored, int other, Bars bars, int i) {
    return stored.start(other) == bars.start(i)
        && stored.open(other) == bars.open(i)
        && stored.high(other) == bars.high(i)
        && stored.low(other) == bars.low(i)
        && stored.close(other) == bars.close(i)
        && stored.volume(other) == bars.volume(i)
        && (bars.transactions(i) < 0
            || stored.transactions(other) < 0
            || stored.transactions(other) == bars.transactions(i));
  }

  /**
   * What is to be stored.
   *
   * @param stored of the stretch
   * @param bars that take their place
   */
  abstract Bars over(Bars stored, Bars bars);
}
