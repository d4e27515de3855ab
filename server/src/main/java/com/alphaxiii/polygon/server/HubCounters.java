package com.alphaxiii.polygon.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What the hub has done since its start, counted by many threads. */
final class HubCounters {
  private final LongAdder received = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final Map<Outbox.Policy, LongAdder> dropped = new EnumMap<>(Outbox.Policy.class);
  private final LongAdder gaps = new LongAdder();
  private final LongAdder backfilled = new LongAdder();

  HubCounters() {
    for (Outbox.Policy policy : Outbox.Policy.values()) {
      dropped.put(policy, new LongAdder());
    }
  }

  /** An event of the feed. */
  void receive() {
    received.increment();
  }

  /** So many messages handed to clients' sockets or outboxes. */
  void deliver(long messages) {
    delivered.add(messages);
  }

  /** Messages that slow clients of a policy did not get. */
  void drop(Outbox.Policy policy, long messages) {
    lostBy(policy).add(messages);
  }

  /** So many events that the feed missed, fetched later. */
  void backfill(long events) {
    backfilled.add(events);
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

  long dropped(Outbox.Policy policy) {
    return lostBy(policy).sum();
  }

  private LongAdder lostBy(Outbox.Policy policy) {
    return Objects.requireNonNull(dropped.get(policy));
  }

  long backfilled() {
    return backfilled.sum();
  }

  long gaps() {
    return gaps.sum();
  }
}
