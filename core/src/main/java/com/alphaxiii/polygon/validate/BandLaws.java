package com.alphaxiii.polygon.validate;

import java.util.Comparator;

/** Prices against the bands that limit up and limit down set. */
final class BandLaws implements Check {
  /** Bands are rounded to the cent. */
  private static final double TOLERANCE = 0.005;

  @Override
  public void look(Series series, Evidence evidence, Findings findings) {
    if (evidence.bands().isEmpty() || !series.isIntraday()) {
      return;
    }
    int next = 0;
    var bands =
        evidence.bands().stream()
            .sorted(Comparator.comparing(band -> band.range().start()))
            .toList();
    for (int i = 0; i < series.size; i++) {
      long end = series.start[i] + series.windowMillis();
      while (next < bands.size() && Millis.of(bands.get(next).range().end()) <= series.start[i]) {
        next++;
      }
      if (next == bands.size()) {
        return;
      }
      PriceBand band = bands.get(next);
      // Only windows that lie within one band wholly: the others saw two.
      boolean within =
          Millis.of(band.range().start()) <= series.start[i]
              && Millis.of(band.range().end()) >= end;
      if (within
          && (series.high[i] > band.upper() + TOLERANCE
              || series.low[i] < band.lower() - TOLERANCE)) {
        findings.row(
            Law.PRICE_IS_OUTSIDE_BAND,
            i,
            "low %s and high %s leave the band from %s to %s"
                .formatted(series.low[i], series.high[i], band.lower(), band.upper()));
      }
    }
  }
}
