package com.alphaxiii.polygon.simulator;

import java.time.LocalDate;

/**
 * One day of a symbol. An absent vwap is NaN, an absent transaction count -1.
 *
 * @param day in the market's zone
 */
record DayBar(
    LocalDate day,
    double open,
    double high,
    double low,
    double close,
    double volume,
    double vwap,
    long count) {

  /** The bar in the terms after a split of {@code ratio} new shares for each old one. */
  DayBar divided(double ratio) {
    return ratio == 1
        ? this
        : new DayBar(
            day,
            open / ratio,
            high / ratio,
            low / ratio,
            close / ratio,
            volume * ratio,
            vwap / ratio,
            count);
  }
}
