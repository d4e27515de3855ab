package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.MarketEvent;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the events of one subscription go, from whatever market. */
final class Recipient {
  private static final Logger log = LoggerFactory.getLogger(Recipient.class);

  private final Consumer<? super MarketEvent> target;
  private final StreamCounters counters;
  private boolean failed;
  private volatile boolean ended;

  Recipient(Consumer<? super MarketEvent> target, StreamCounters counters) {
    this.target = target;
    this.counters = counters;
  }

  /** Hands over, on the loop; whatever the target throws ends here. */
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
