package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.TickerEvent;

/** Writes events in one dialect. For one thread. */
interface EventEncoder {
  /** What a {@link Batch} of the dialect takes: a whole frame, or an element of an array. */
  byte[] encode(TickerEvent event, Marks marks);
}
