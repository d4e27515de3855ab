package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.Trade;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A sink that a test reads one by one. */
final class Recorder implements Consumer<MarketEvent> {
  private final BlockingQueue<MarketEvent> events = new LinkedBlockingQueue<>();

  @Override
  public void accept(MarketEvent event) {
    events.add(event);
  }

  MarketEvent next() throws InterruptedException {
    MarketEvent event = events.poll(20, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event");
    }
    return event;
  }

  Trade nextTrade() throws InterruptedException {
    return nextOf(Trade.class);
  }

  Gap nextGap() throws InterruptedException {
    return nextOf(Gap.class);
  }

  /** The next event, which must be a status, and of this state. */
  FeedStatus nextStatus(FeedStatus.State state) throws InterruptedException {
    FeedStatus status = nextOf(FeedStatus.class);
    if (status.state() != state) {
      throw new AssertionError("%s instead of %s".formatted(status, state));
    }
    return status;
  }

  /** Passes over what is told on the way to the next {@code CONNECTED}. */
  FeedStatus untilConnected() throws InterruptedException {
    FeedStatus status = nextOf(FeedStatus.class);
    while (status.state() != FeedStatus.State.CONNECTED) {
      status = nextOf(FeedStatus.class);
    }
    return status;
  }

  /** Passes over what is told on the way to the next {@code RECONNECTING}. */
  FeedStatus untilReconnecting() throws InterruptedException {
    MarketEvent event = next();
    while (!(event instanceof FeedStatus status)
        || status.state() != FeedStatus.State.RECONNECTING) {
      event = next();
    }
    return status;
  }

  private <T extends MarketEvent> T nextOf(Class<T> type) throws InterruptedException {
    MarketEvent event = next();
    if (!type.isInstance(event)) {
      throw new AssertionError("%s instead of a %s".formatted(event, type.getSimpleName()));
    }
    return type.cast(event);
  }

  boolean isEmpty() {
    return events.isEmpty();
  }
}
