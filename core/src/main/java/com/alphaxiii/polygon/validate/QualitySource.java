package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.BarRequest;

/** Who judges the bars of a request by everything that is known of them. */
public interface QualitySource {
  /**
   * Bars and their report. Splits, dividends, listing, day bars, and cached trades and second bars
   * are taken into account; what cannot be had is left out.
   */
  QualityAnswer quality(BarRequest request);
}
