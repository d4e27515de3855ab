package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a target that may be slow hang on a feed whose sinks may not wait: events go into a bounded
 * queue, and a virtual thread of its own hands them to the target in order.
 *
 * <p>When the queue is full the oldest event of a ticker is dropped; word about the feed itself
 * (status, gaps) never is, but when a thousand words wait they are drawn together: the last status
 * of each market, and one gap that spans all gaps of a channel. A slow spell begins with the first
 * drop and ends when the queue has gone down to half, or after 10 seconds, when the next one begins
 * if events are dropped still. At its end the target's owner is told once, with the exact number,
 * between two events.
 */
public final class BufferedSink implements Consumer<MarketEvent>, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BufferedSink.class);
  private static final int MAX_WORDS = 1_000;
  private static final Duration LONGEST_SPELL = Duration.ofSeconds(10);

  /**
   * Events a slow target did not get.
   *
   * @param count how many in this spell
   * @param since when the first was dropped
   * @param until when the spell ended
   */
  public record Dropped(long count, Instant since, Instant until) {}

  private final String name;
  private final int capacity;
  private final Consumer<? super MarketEvent> target;
  private final Consumer<? super Dropped> notice;
  private final InstantSource clock;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Deque<MarketEvent> kept = new ArrayDeque<>();
  private final Deque<MarketEvent> queue = new ArrayDeque<>();
  private int tickerEvents;
  private boolean closed;
  private long dropped;
  private long droppedBefore;
  private @Nullable Instant spellStart;
  private volatile @Nullable LongAdder alsoCounted;
  private boolean targetFailed;

  private BufferedSink(
      String name,
      int capacity,
      Consumer<? super MarketEvent> target,
      Consumer<? super Dropped> notice,
      InstantSource clock) {
    this.name = name;
    this.capacity = capacity;
    this.target = target;
    this.notice = notice;
    this.clock = clock;
  }

  /**
   * Starts delivery.
   *
   * @param name for logs and the thread
   * @param capacity events of tickers that may wait, at least 1
   * @param target called from one thread, in order; it may block. What it throws costs that event
   * @param notice called on the same thread once for each slow spell
   */
  public static BufferedSink start(
      String name,
      int capacity,
      Consumer<? super MarketEvent> target,
      Consumer<? super Dropped> notice,
      InstantSource clock) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a queue of " + capacity + " events");
    }
    BufferedSink sink = new BufferedSink(name, capacity, target, notice, clock);
    Thread.ofVirtual().name("sink-" + name).start(sink::run);
    return sink;
  }

  /** Takes an event and returns at once. After {@link #close} it takes nothing. */
  @Override
  public void accept(MarketEvent event) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (event instanceof TickerEvent) {
        if (tickerEvents == capacity) {
          dropOldest();
        }
        tickerEvents++;
      } else if (kept.size() + queue.size() - tickerEvents >= MAX_WORDS) {
        condense();
      }
      queue.addLast(event);
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Events dropped since the start. */
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** Events that wait now. */
  public int waiting() {
    lock.lock();
    try {
      return kept.size() + queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** Ends delivery: what waits is discarded, a call under way ends by itself. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      kept.clear();
      queue.clear();
      tickerEvents = 0;
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Adds drops to a count of the feed as well. */
  void countDropsIn(LongAdder counter) {
    alsoCounted = counter;
  }

  private void dropOldest() {
    MarketEvent oldest = queue.removeFirst();
    while (!(oldest instanceof TickerEvent)) {
      kept.addLast(oldest);
      oldest = queue.removeFirst();
    }
    tickerEvents--;
    dropped++;
    LongAdder counter = alsoCounted;
    if (counter != null) {
      counter.increment();
    }
    if (spellStart == null) {
      spellStart = clock.instant();
      log.warn("'{}' reads too slowly: the oldest of its {} waiting events go", name, capacity);
    }
  }

  /** Draws the words that wait together, before all events, so that they stay few. */
  private void condense() {
    Map<Topic, Gap> gaps = new LinkedHashMap<>();
    Map<Optional<Market>, FeedStatus> statuses = new LinkedHashMap<>();
    List<MarketEvent> all = new ArrayList<>(kept);
    all.addAll(queue);
    kept.clear();
    queue.clear();
    for (MarketEvent event : all) {
      switch (event) {
        case TickerEvent data -> queue.addLast(data);
        case FeedStatus status -> {
          statuses.remove(status.market());
          statuses.put(status.market(), status);
        }
        case Gap gap ->
            gap.topics().stream()
                .findAny()
                .ifPresent(topic -> gaps.merge(topic.whole(), gap, BufferedSink::span));
      }
    }
    kept.addAll(gaps.values());
    kept.addAll(statuses.values());
  }

  private static Gap span(Gap one, Gap other) {
    Set<Topic> topics = new HashSet<>(one.topics());
    topics.addAll(other.topics());
    Map<Topic, TickerEvent> last = new HashMap<>(other.last());
    last.putAll(one.last());
    return new Gap(
        topics,
        one.from().isBefore(other.from()) ? one.from() : other.from(),
        one.to().isAfter(other.to()) ? one.to() : other.to(),
        last);
  }

  private void run() {
    try {
      for (MarketEvent event = next(); event != null; event = next()) {
        tellDrops();
        guarded(target, event);
      }
    } catch (InterruptedException e) {
      close();
    }
  }

  /** Waits for an event; null when closed. */
  private @Nullable MarketEvent next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (kept.isEmpty() && queue.isEmpty() && !closed) {
        filled.await();
      }
      if (closed) {
        return null;
      }
      if (!kept.isEmpty()) {
        return kept.removeFirst();
      }
      MarketEvent event = queue.removeFirst();
      if (event instanceof TickerEvent) {
        tickerEvents--;
      }
      return event;
    } finally {
      lock.unlock();
    }
  }

  private void tellDrops() {
    Dropped spell;
    lock.lock();
    try {
      Instant start = spellStart;
      if (start == null) {
        return;
      }
      Instant now = clock.instant();
      if (tickerEvents > capacity / 2 && start.plus(LONGEST_SPELL).isAfter(now)) {
        return;
      }
      spell = new Dropped(dropped - droppedBefore, start, now);
      droppedBefore = dropped;
      spellStart = null;
    } finally {
      lock.unlock();
    }
    log.warn(
        "'{}' read too slowly: {} events dropped since {}", name, spell.count(), spell.since());
    guarded(notice, spell);
  }

  private <T> void guarded(Consumer<? super T> consumer, T value) {
    try {
      consumer.accept(value);
    } catch (RuntimeException | Error e) {
      if (!targetFailed) {
        targetFailed = true;
        log.error("'{}' failed with {}; further failures are not logged", name, value, e);
      }
    }
  }
}
