package com.alphaxiii.polygon.server;

import java.util.concurrent.atomic.LongAdder;

/** What the hub has done since its start, counted by many threads. */
final class HubCounters {
  private final LongAdder received = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder gaps = new LongAdder();

  /** An event of the feed. */
  void receive() {
    received.increment();
  }

  /** So many messages handed to clients' sockets or outboxes. */
  void deliver(long messages) {
    delivered.add(messages);
  }

  /** Messages that slow clients lost. */
  void drop(long messages) {
    dropped.add(messages);
  }

  /** A gap of the feed. */
  void gap() {
    gaps.increment();
  }

  long received() {
    return received.sum();
  }

  long delivered() {
    return delivered.sum();
  }

  long dropped() {
    return dropped.sum();
  }

  long gaps() {
    return gaps.sum();
  }
}
