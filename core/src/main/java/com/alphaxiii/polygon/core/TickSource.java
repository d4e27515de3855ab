package com.alphaxiii.polygon.core;

import java.util.Optional;

/** Where single trades and quotes come from. */
public interface TickSource {
  /** The most recent trade; empty when the ticker is unknown or has none. */
  Optional<Trade> lastTrade(Ticker ticker);
}
