package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What plays on the stream by itself. */
interface LiveFeed extends AutoCloseable {
  /** Begins; later calls do nothing. Never blocks. */
  void start();

  /** True when it waits to be started by hand, whoever subscribes. */
  default boolean heldBack() {
    return false;
  }

  /** The markets it plays. */
  default Set<Market> markets() {
    return Set.of(Market.STOCKS);
  }

  /** Completes with the number of events played when there are no more. */
  CompletableFuture<Long> done();

  /** The newest trade played of a symbol. */
  Optional<TradeTick> lastTrade(String symbol);

  @Override
  void close();

  /** Stops a feed's thread and waits for its end; one that never began needs no stopping. */
  static void end(Thread thread) {
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A stream on which nothing happens but what is published. */
  static LiveFeed none() {
    var never = new CompletableFuture<Long>();
    return new LiveFeed() {
      @Override
      public void start() {}

      @Override
      public CompletableFuture<Long> done() {
        return never;
      }

      @Override
      public Optional<TradeTick> lastTrade(String symbol) {
        return Optional.empty();
      }

      @Override
      public void close() {}
    };
  }
}
