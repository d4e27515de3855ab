package com.alphaxiii.polygon.client;

import java.util.concurrent.atomic.LongAdder;

/** The live numbers behind {@link StreamStatistics}. */
final class StreamCounters {
  final LoopCount messages = new LoopCount();
  final LoopCount events = new LoopCount();
  final LongAdder malformed = new LongAdder();
  final LongAdder reconnects = new LongAdder();
  final LongAdder sinkFailures = new LongAdder();
  final LongAdder dropped = new LongAdder();

  StreamStatistics snapshot() {
    return new StreamStatistics(
        messages.get(),
        events.get(),
        malformed.sum(),
        reconnects.sum(),
        sinkFailures.sum(),
        dropped.sum());
  }
}
