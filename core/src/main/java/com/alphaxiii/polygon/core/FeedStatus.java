package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The state of a live feed's connection changed.
 *
 * @param detail for people: why, and what happens next
 * @param at when
 * @param market whose connection it is, since there is one for each market; empty when it is said
 *     of several, or of none yet
 */
public record FeedStatus(State state, String detail, Instant at, Optional<Market> market)
    implements MarketEvent {
  /** Said of no single market. */
  public FeedStatus(State state, String detail, Instant at) {
    this(state, detail, at, Optional.empty());
  }

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
