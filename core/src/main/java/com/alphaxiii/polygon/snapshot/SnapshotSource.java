package com.alphaxiii.polygon.snapshot;

import com.alphaxiii.polygon.core.Ticker;
import java.util.Optional;

/** Where the present state of tickers comes from. */
@FunctionalInterface
public interface SnapshotSource {
  /** The state of a ticker of any market; empty when it is unknown. */
  Optional<Snapshot> snapshot(Ticker ticker);
}
