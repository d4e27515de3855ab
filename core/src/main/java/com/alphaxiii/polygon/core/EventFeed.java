package com.alphaxiii.polygon.core;

import java.util.Set;
import java.util.function.Consumer;

/** A live feed of market events. */
public interface EventFeed {
  /**
   * Delivers the events of these topics, and every {@link FeedStatus} and {@link Gap}, to a sink
   * until the subscription is closed. The sink is called from one thread, in order, and must return
   * at once: it may not block or wait. Topics stay wanted through disconnects.
   */
  Subscription subscribe(Set<Topic> topics, Consumer<? super MarketEvent> sink);

  /**
   * Where the feed stands now. Where it has connections to several markets, the least settled of
   * those that work or are being repaired stands for all, and the detail names each.
   */
  FeedStatus status();
}
