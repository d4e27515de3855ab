package com.alphaxiii.polygon.client;

import io.vertx.core.Vertx;
import java.time.Duration;

/** One thing to do later on the loop; starting it again replaces what was to be done. */
final class LoopTimer {
  private static final long IDLE = -1;

  private final Vertx vertx;
  private long id = IDLE;

  LoopTimer(Vertx vertx) {
    this.vertx = vertx;
  }

  void start(Duration delay, Runnable action) {
    stop();
    id =
        vertx.setTimer(
            Math.max(1, delay.toMillis()),
            fired -> {
              if (fired == id) {
                id = IDLE;
                action.run();
              }
            });
  }

  void stop() {
    if (id != IDLE) {
      vertx.cancelTimer(id);
      id = IDLE;
    }
  }

  boolean isRunning() {
    return id != IDLE;
  }
}
