package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The subscribers of one event loop. The feed's thread puts parcels into a queue and goes on; the
 * loop takes them out, hands them to groups, and then writes to each client once, at most every
 * millisecond while parcels keep coming: what piles up meanwhile makes larger writes. Where writing
 * takes longer, as with many clients, {@link RoundPace} says how far apart the rounds are.
 */
final class Shard {
  private static final int MOST_PARCELS_A_ROUND = 8_192;

  /** Something for some or all subscribers of this loop. */
  sealed interface Parcel permits Group.Data, Word, Loss, Task, Overflow {}

  private record Word(FeedStatus status) implements Parcel {}

  private record Loss(Gap gap) implements Parcel {}

  private record Task(Runnable work) implements Parcel {}

  private final EventLoop loop;
  private final HubCounters counters;
  private final LatencyLedger.Departures departures;
  private final RingQueue<Parcel> queue;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile long lastRound;
  private final RoundPace pace = new RoundPace();

  /** What found no room in the queue; its place is behind everything that is in it. */
  private final AtomicReference<Overflow> overflow = new AtomicReference<>(Overflow.NONE);

  // Below: the loop's own.
  private final Set<Subscriber> members = new LinkedHashSet<>();

  /** Groups with pending data, in the order of their first. */
  private final List<Group> pending = new ArrayList<>();

  /**
   * A part without subscribers.
   *
   * @param capacity parcels that may be on their way to the loop, a power of two
   */
  Shard(EventLoop loop, HubCounters counters, LatencyLedger.Departures departures, int capacity) {
    this.loop = loop;
    this.counters = counters;
    this.departures = departures;
    this.queue = new RingQueue<>(capacity);
    this.lastRound = loop.ticker().nanoTime() - RoundPace.SHORTEST_NANOS;
  }

  EventLoop loop() {
    return loop;
  }

  /** Market data for some; from the feed's thread. */
  void data(Group.Data data) {
    Overflow before = overflow.get();
    if (before == Overflow.NONE ? !queue.offer(data) : !offerBehind(before, data)) {
      overflow.set(overflow.getAndSet(Overflow.NONE).with(data.groups()));
    }
    schedule();
  }

  /** First tells of the loss, so that it stands where it happened. */
  private boolean offerBehind(Overflow before, Parcel parcel) {
    if (!overflow.compareAndSet(before, Overflow.NONE)) {
      // The loop has found the queue empty and taken it.
      return queue.offer(parcel);
    }
    if (!queue.offer(before)) {
      overflow.set(before);
      return false;
    }
    return queue.offer(parcel);
  }

  /** A message about the feed for all; from the feed's thread. */
  void word(FeedStatus status) {
    reliably(new Word(status));
  }

  /** A gap, told to those whom it concerns; from the feed's thread. */
  void gap(Gap gap) {
    reliably(new Loss(gap));
  }

  /** Work for the loop in the order of events; from the feed's thread. */
  void next(Runnable work) {
    reliably(new Task(work));
  }

  /** Work for the loop, behind all that is on its way; from any other thread. */
  void run(Runnable work) {
    loop.execute(
        () -> {
          Parcel parcel;
          // What was put before this work was, at least; more than the queue holds cannot have
          // been.
          for (int i = 0; i < queue.capacity() && (parcel = queue.poll()) != null; i++) {
            deliver(parcel);
          }
          flush();
          work.run();
        });
  }

  private void reliably(Parcel parcel) {
    if (!queue.offer(parcel)) {
      loop.execute(
          () -> {
            deliver(parcel);
            flush();
          });
    }
    schedule();
  }

  private void schedule() {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      long wait = pace.nanos() - (loop.ticker().nanoTime() - lastRound);
      if (wait > 0) {
        loop.schedule(this::round, wait, TimeUnit.NANOSECONDS);
      } else {
        loop.execute(this::round);
      }
    }
  }

  private void round() {
    long start = loop.ticker().nanoTime();
    lastRound = start;
    // Before the queue is emptied: a parcel put after that wakes this loop again.
    scheduled.set(false);
    int count = 0;
    Parcel parcel;
    while (count < MOST_PARCELS_A_ROUND && (parcel = queue.poll()) != null) {
      deliver(parcel);
      count++;
    }
    if (count == MOST_PARCELS_A_ROUND) {
      schedule();
    } else {
      takeOverflow();
    }
    flush();
    pace.took(loop.ticker().nanoTime() - start);
  }

  /** A loss is told at once, and not only when something comes after it. */
  private void takeOverflow() {
    Overflow lost = overflow.get();
    // Still empty after that look: all that came before the loss has been delivered.
    if (lost != Overflow.NONE && queue.isEmpty() && overflow.compareAndSet(lost, Overflow.NONE)) {
      deliver(lost);
    }
  }

  private void deliver(Parcel parcel) {
    switch (parcel) {
      case Group.Data data -> {
        for (Group group : data.groups()) {
          deliver(group, data);
        }
        departures.add(data.series(), data.arrival());
      }
      case Word(FeedStatus status) -> tellAll(member -> member.tell(status));
      case Loss(Gap gap) -> tellAll(member -> member.lose(gap));
      case Task(Runnable work) -> {
        flush();
        work.run();
      }
      case Overflow lost -> {
        flush();
        lost.counts()
            .forEach(
                (group, messages) -> {
                  for (Subscriber member : group.members()) {
                    member.lost(messages);
                    member.flush();
                  }
                });
      }
    }
  }

  private void deliver(Group group, Group.Data data) {
    if (group.add(data)) {
      pending.add(group);
    }
    if (group.isFull()) {
      flush();
    }
  }

  /** Not before what came earlier. */
  private void tellAll(Consumer<Subscriber> word) {
    flush();
    forEach(
        member -> {
          word.accept(member);
          member.flush();
        });
  }

  /** Writes what is pending: a client that has changed groups gets that of the former first. */
  private void flush() {
    for (Group group : pending) {
      counters.deliver((long) group.pending() * group.members().length);
      group.flush();
    }
    pending.clear();
    departures.leave();
  }

  /** On the loop: whether all that was put in has gone to the clients. */
  boolean isIdle() {
    return queue.isEmpty() && pending.isEmpty();
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
