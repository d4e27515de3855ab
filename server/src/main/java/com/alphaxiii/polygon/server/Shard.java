package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Gap;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The subscribers of one event loop. The feed's thread puts parcels into a queue and goes on; the
 * loop takes them out, hands them to the outboxes, and then flushes each client once, at most every
 * millisecond while parcels keep coming: what piles up meanwhile makes larger writes.
 */
final class Shard {
  private static final int CAPACITY = 1 << 16;
  private static final int MOST_PARCELS_A_ROUND = 8_192;
  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Something for some or all subscribers of this loop. */
  private sealed interface Parcel {}

  private record Data(byte[] frame, Subscriber[] receivers) implements Parcel {}

  private record Word(byte[] frame) implements Parcel {}

  private record Loss(Gap gap) implements Parcel {}

  private final EventLoop loop;
  private final HubCounters counters;
  private final RingQueue<Parcel> queue = new RingQueue<>(CAPACITY);
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile long lastRound;

  // Below: the loop's own.
  private final Set<Subscriber> members = new LinkedHashSet<>();
  private final List<Subscriber> touched = new ArrayList<>();

  Shard(EventLoop loop, HubCounters counters) {
    this.loop = loop;
    this.counters = counters;
    this.lastRound = loop.ticker().nanoTime() - ROUND_NANOS;
  }

  EventLoop loop() {
    return loop;
  }

  /** Market data for some; from the feed's thread. */
  void data(byte[] frame, Subscriber[] receivers) {
    if (!queue.offer(new Data(frame, receivers))) {
      for (Subscriber receiver : receivers) {
        receiver.missed();
      }
    }
    schedule();
  }

  /** A message about the feed for all; from the feed's thread. */
  void word(byte[] frame) {
    reliably(new Word(frame));
  }

  /** A gap, told to those whom it concerns; from the feed's thread. */
  void gap(Gap gap) {
    reliably(new Loss(gap));
  }

  private void reliably(Parcel parcel) {
    if (!queue.offer(parcel)) {
      loop.execute(() -> deliver(parcel));
    }
    schedule();
  }

  private void schedule() {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      long wait = ROUND_NANOS - (loop.ticker().nanoTime() - lastRound);
      if (wait > 0) {
        loop.schedule(this::round, wait, TimeUnit.NANOSECONDS);
      } else {
        loop.execute(this::round);
      }
    }
  }

  private void round() {
    lastRound = loop.ticker().nanoTime();
    // Before the queue is emptied: a parcel put after that wakes this loop again.
    scheduled.set(false);
    int count = 0;
    Parcel parcel;
    while (count < MOST_PARCELS_A_ROUND && (parcel = queue.poll()) != null) {
      deliver(parcel);
      count++;
    }
    for (Subscriber subscriber : touched) {
      subscriber.flush();
    }
    touched.clear();
    if (count == MOST_PARCELS_A_ROUND) {
      schedule();
    }
  }

  private void deliver(Parcel parcel) {
    switch (parcel) {
      case Data(byte[] frame, Subscriber[] receivers) -> {
        counters.deliver(receivers.length);
        for (Subscriber receiver : receivers) {
          touch(receiver).data(frame);
        }
      }
      case Word(byte[] frame) -> forEach(member -> touch(member).control(frame));
      case Loss(Gap gap) -> forEach(member -> touch(member).gap(gap));
    }
  }

  private Subscriber touch(Subscriber subscriber) {
    if (subscriber.touch()) {
      touched.add(subscriber);
    }
    return subscriber;
  }

  /** On the loop: a client has come. */
  void join(Subscriber subscriber) {
    members.add(subscriber);
  }

  /** On the loop: a client has gone. */
  void leave(Subscriber subscriber) {
    members.remove(subscriber);
  }

  /** Does something with each subscriber, on the loop; the action may let it leave. */
  void forEach(Consumer<Subscriber> action) {
    List.copyOf(members).forEach(action);
  }
}
