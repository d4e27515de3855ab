package com.alphaxiii.polygon.core;

/** Where bars come from: the vendor, or the cache that decorates it. */
public interface BarSource {
  /**
   * All bars of the request, or an error; never a silently shorter answer. An unknown ticker is an
   * answer without bars.
   */
  BarAnswer bars(BarRequest request);
}
