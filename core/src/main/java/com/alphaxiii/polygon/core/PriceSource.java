package com.alphaxiii.polygon.core;

/** Where the latest price comes from. */
public interface PriceSource {
  /** The latest price known; throws {@link PolygonException.NotFound} for an unknown ticker. */
  LatestPrice latest(Ticker ticker);
}
