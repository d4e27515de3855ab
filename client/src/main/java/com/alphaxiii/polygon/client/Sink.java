package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One subscription as the loop of one market sees it: for which topics, and which of them were
 * lost. Used on the loop only.
 */
final class Sink {
  private final Recipient recipient;
  private final Set<Topic> topics = new HashSet<>();

  /** Losses that no gap has told of yet. */
  private final Map<Channel, Loss> losses = new EnumMap<>(Channel.class);

  /** Topics that a gap was told of and the vendor has not confirmed since, by that gap's end. */
  private final Map<Topic, Long> late = new HashMap<>();

  /** Topics of one channel, lost from the same moment on. */
  private static final class Loss {
    private final Set<Topic> topics = new HashSet<>();
    private long from = Long.MAX_VALUE;

    void add(Topic topic, long lostFrom) {
      topics.add(topic);
      from = Math.min(from, lostFrom);
    }
  }

  Sink(Recipient recipient) {
    this.recipient = recipient;
  }

  Set<Topic> topics() {
    return topics;
  }

  boolean add(Topic topic) {
    return topics.add(topic);
  }

  boolean remove(Topic topic) {
    Loss loss = losses.get(topic.channel());
    if (loss != null && loss.topics.remove(topic) && loss.topics.isEmpty()) {
      losses.remove(topic.channel());
    }
    late.remove(topic);
    return topics.remove(topic);
  }

  /**
   * Notes that these of its topics were live and are not any more.
   *
   * @param from the vendor's time, Unix ns, before which nothing of a channel can have been lost
   */
  void lose(Predicate<Topic> live, ToLongFunction<Channel> from) {
    for (Topic topic : topics) {
      if (live.test(topic)) {
        lose(topic, from.applyAsLong(topic.channel()));
      }
    }
  }

  private void lose(Topic topic, long from) {
    losses.computeIfAbsent(topic.channel(), channel -> new Loss()).add(topic, from);
  }

  /** Channels with a loss that has not been told. */
  Set<Channel> untold() {
    return losses.keySet();
  }

  /**
   * Tells of the loss on a channel, if there was one, now that it is over.
   *
   * @param to the vendor's time, Unix ns, after which nothing was lost
   * @param confirmed topics that come in again for certain
   * @param last the last event delivered of a topic
   */
  void tellLoss(
      Channel channel,
      long to,
      Predicate<Topic> confirmed,
      Function<Topic, @Nullable TickerEvent> last) {
    Loss loss = losses.remove(channel);
    if (loss == null) {
      return;
    }
    Map<Topic, TickerEvent> before = new HashMap<>();
    for (Topic topic : loss.topics) {
      if (!confirmed.test(topic)) {
        late.put(topic, to);
      }
      TickerEvent event = last.apply(topic);
      if (event != null) {
        before.put(topic, event);
      }
    }
    long from = Math.min(loss.from, to);
    deliver(new Gap(loss.topics, VendorTimes.instant(from), VendorTimes.instant(to), before));
  }

  /** Notes, if this topic's gap was told as over, that it has lasted on; true if so. */
  boolean loseOn(Topic topic) {
    Long from = late.remove(topic);
    if (from == null) {
      return false;
    }
    lose(topic, from);
    return true;
  }

  void deliver(MarketEvent event) {
    recipient.deliver(event);
  }
}
