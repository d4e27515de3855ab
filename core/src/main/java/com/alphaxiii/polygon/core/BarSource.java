package com.alphaxiii.polygon.core;

/** Where bars come from: the vendor, or the cache that decorates it. */
public interface BarSource {
  /**
   * All bars of the request, or an error; never a silently shorter answer: where a single bar
   * cannot be had, {@link BarAnswer#missing} names its window. An unknown ticker is an answer
   * without bars.
   */
  BarAnswer bars(BarRequest request);
}
