package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.Market;

/** What the prices of a single bar must obey. */
final class PriceLaws implements Check {
  /** Vwap is rounded, and counts trades (odd lots) that may not move high and low. */
  private static final double VWAP_TOLERANCE = 1e-3;

  private static final double FINEST = 1e4;

  /** So many rows with too fine prices are a habit and not a midpoint price. */
  private static final double TOO_MANY_FINE = 0.2;

  private static final int FEW = 20;

  @Override
  public void look(Series series, Evidence evidence, Findings findings) {
    int fine = 0;
    int firstFine = -1;
    for (int i = 0; i < series.size; i++) {
      if (!series.priced[i]) {
        findings.row(
            Law.PRICE_IS_NOT_POSITIVE,
            i,
            "open %s, high %s, low %s, close %s"
                .formatted(series.open[i], series.high[i], series.low[i], series.close[i]));
        continue;
      }
      order(series, i, findings);
      vwap(series, i, findings);
      if (isFine(series.open[i]) || isFine(series.close[i])) {
        fine++;
        firstFine = firstFine < 0 ? i : firstFine;
      }
    }
    if (evidence.adjustment() == Adjustment.NONE
        && series.market == Market.STOCKS
        && fine > FEW
        && fine > TOO_MANY_FINE * series.size) {
      findings.add(
          Law.PRICE_IS_TOO_FINE,
          Law.PRICE_IS_TOO_FINE.severity(),
          series.start[firstFine],
          series.end(series.size - 1),
          "%d of %d bars have prices with more than four decimals, such as %s"
              .formatted(fine, series.size, series.open[firstFine]));
    }
  }

  private static void order(Series series, int i, Findings findings) {
    double most = Math.max(series.low[i], Math.max(series.open[i], series.close[i]));
    if (series.high[i] < most) {
      findings.row(
          Law.HIGH_IS_NOT_HIGHEST, i, "high %s is below %s".formatted(series.high[i], most));
    }
    double least = Math.min(series.open[i], series.close[i]);
    if (series.low[i] > least) {
      findings.row(Law.LOW_IS_NOT_LOWEST, i, "low %s is above %s".formatted(series.low[i], least));
    }
  }

  private static void vwap(Series series, int i, Findings findings) {
    double vwap = series.vwap[i];
    if (vwap < series.low[i] * (1 - VWAP_TOLERANCE)
        || vwap > series.high[i] * (1 + VWAP_TOLERANCE)) {
      findings.row(
          Law.VWAP_IS_OUTSIDE,
          i,
          "vwap %s lies outside low %s and high %s".formatted(vwap, series.low[i], series.high[i]));
    }
  }

  private static boolean isFine(double price) {
    double scaled = price * FINEST;
    // A double holds ten thousandths exactly enough up to here.
    return scaled < 1e12 && Math.abs(scaled - Math.rint(scaled)) > 1e-3;
  }
}
