package com.alphaxiii.polygon.client;

import java.time.Duration;
import java.util.Collection;

/**
 * Decides whether a silence of market data is longer than the market itself would be silent, from
 * what was heard before it. Nano times come from the caller, who begins anew whenever the market
 * may have changed its pace: at another phase of the day, on a new connection.
 *
 * <p>A silence is a stall when all of this is so: it has lasted the least that may be one; it is
 * four times as long as any before it; there was data for as long as it lasts; and in it, by their
 * average pace, three tickers should each have had 20 events, or a channel of all tickers 100. One
 * ticker alone may be halted, and a ticker that trades once in an hour proves nothing in ten
 * minutes.
 */
final class StallDetector {
  private static final int TIMES_THE_LONGEST = 4;
  private static final double EVENTS_OF_A_TICKER = 20;
  private static final double EVENTS_OF_A_CHANNEL = 100;
  private static final int TICKERS = 3;

  private final long least;
  private long began;
  private long lastHeard;
  private long longest;
  private boolean heard;

  StallDetector(Duration least) {
    this.least = least.toNanos();
  }

  /** Forgets what was heard. */
  void begin(long now) {
    began = now;
    lastHeard = now;
    longest = 0;
    heard = false;
  }

  /** Market data came. */
  void heard(long now) {
    long quiet = now - lastHeard;
    if (quiet > longest) {
      longest = quiet;
    }
    lastHeard = now;
    heard = true;
  }

  /** How long nothing has been heard. */
  Duration silence(long now) {
    return Duration.ofNanos(now - lastHeard);
  }

  /** Whether the silence is long enough for {@link #isStalled} to be asked, which costs more. */
  boolean isSuspicious(long now) {
    long silence = now - lastHeard;
    return heard
        && silence >= least
        && silence / TIMES_THE_LONGEST >= longest
        && silence <= lastHeard - began;
  }

  /**
   * Whether the stream has stalled.
   *
   * @param byTicker events since {@link #begin}, of each ticker
   * @param byChannel events since then, of each channel of all tickers
   */
  boolean isStalled(long now, Collection<Long> byTicker, Collection<Long> byChannel) {
    if (!isSuspicious(now)) {
      return false;
    }
    double share = (double) (now - lastHeard) / (lastHeard - began);
    long tickers = byTicker.stream().filter(n -> n * share >= EVENTS_OF_A_TICKER).count();
    return tickers >= TICKERS || byChannel.stream().anyMatch(n -> n * share >= EVENTS_OF_A_CHANNEL);
  }
}
