package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.Topic;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription as the loop sees it: where events go, for which topics, and which of them were
 * lost. All but {@link #end} happens on the loop.
 */
final class Sink {
  private static final Logger log = LoggerFactory.getLogger(Sink.class);

  private final Consumer<? super MarketEvent> target;
  private final StreamCounters counters;
  private final Set<Topic> topics = new HashSet<>();
  private final Set<Topic> lost = new HashSet<>();

  /** Topics that a gap was told of and the vendor has not confirmed since, by that gap's end. */
  private final Map<Topic, Instant> late = new HashMap<>();

  private boolean failed;
  private volatile boolean ended;

  Sink(Consumer<? super MarketEvent> target, StreamCounters counters) {
    this.target = target;
    this.counters = counters;
  }

  Set<Topic> topics() {
    return topics;
  }

  boolean add(Topic topic) {
    return topics.add(topic);
  }

  boolean remove(Topic topic) {
    lost.remove(topic);
    late.remove(topic);
    return topics.remove(topic);
  }

  /** Notes that these of its topics were live and are not any more. */
  void lose(Predicate<Topic> live) {
    for (Topic topic : topics) {
      if (live.test(topic)) {
        lost.add(topic);
      }
    }
  }

  /**
   * Tells of the loss, if there was one, now that it is over.
   *
   * @param confirmed topics that come in again for certain
   */
  void tellLoss(Instant from, Instant to, Predicate<Topic> confirmed) {
    if (!lost.isEmpty()) {
      Gap gap = new Gap(lost, from, to);
      for (Topic topic : lost) {
        if (!confirmed.test(topic)) {
          late.put(topic, to);
        }
      }
      lost.clear();
      deliver(gap);
    }
  }

  /** Tells, if this topic's gap was told as over, that it has lasted until now. */
  void tellLateness(Topic topic, Instant now) {
    Instant from = late.remove(topic);
    if (from != null) {
      deliver(new Gap(Set.of(topic), from, now));
    }
  }

  /** Hands over; whatever the target throws ends here. */
  void deliver(MarketEvent event) {
    if (ended) {
      return;
    }
    try {
      target.accept(event);
    } catch (Throwable e) {
      counters.sinkFailures.increment();
      if (!failed) {
        failed = true;
        log.error(
            "a sink of the stream failed with {}; further failures of it are only counted",
            event,
            e);
      }
    }
  }

  /** No delivery begins after this; called from any thread. */
  void end() {
    ended = true;
  }
}
