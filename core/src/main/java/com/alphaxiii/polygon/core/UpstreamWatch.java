package com.alphaxiii.polygon.core;

/** Tells whether the vendor can be reached. */
public interface UpstreamWatch {
  /** As the last calls ended; asks nothing and never waits. */
  UpstreamStatus known();

  /**
   * The same, but when nothing was asked for long it asks the vendor first, and waits a moment for
   * the answer. How often it asks is bounded, whoever calls this.
   */
  UpstreamStatus current();
}
