package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.LiveHistory;
import java.time.Duration;

/**
 * How what the stream missed is had afterwards.
 *
 * @param calm how long after a gap history is asked for at the earliest, since it lags a little
 */
record Recovery(LiveHistory history, GapLimits limits, Duration calm) {
  /** Usually so long. */
  static final Duration CALM = Duration.ofSeconds(1);
}
