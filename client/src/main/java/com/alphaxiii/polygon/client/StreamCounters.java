package com.alphaxiii.polygon.client;

import java.util.concurrent.atomic.LongAdder;

/** The live numbers behind {@link StreamStatistics}. */
final class StreamCounters {
  final LongAdder messages = new LongAdder();
  final LongAdder events = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder reconnects = new LongAdder();
  final LongAdder sinkFailures = new LongAdder();
  final LongAdder dropped = new LongAdder();

  StreamStatistics snapshot() {
    return new StreamStatistics(
        messages.sum(),
        events.sum(),
        malformed.sum(),
        reconnects.sum(),
        sinkFailures.sum(),
        dropped.sum());
  }
}
