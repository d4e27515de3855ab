package com.alphaxiii.polygon.snapshot;

import com.alphaxiii.polygon.core.Ticker;

/** What came for one of the tickers asked for: its state, or why there is none. */
public sealed interface SnapshotItem permits Snapshot, NoSnapshot {
  Ticker ticker();
}
