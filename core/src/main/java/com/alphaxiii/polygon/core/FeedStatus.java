package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.util.Locale;

/**
 * The state of a live feed's connection changed.
 *
 * @param detail for people: why, and what happens next
 * @param at when
 */
public record FeedStatus(State state, String detail, Instant at) implements MarketEvent {
  /**
   * Where a feed stands: {@code IDLE} before anybody subscribed; {@code DOWN} does not come back by
   * itself.
   */
  public enum State {
    IDLE,
    CONNECTING,
    CONNECTED,
    RECONNECTING,
    DOWN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
