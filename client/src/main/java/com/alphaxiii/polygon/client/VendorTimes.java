package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * What the events of one feed tell about the vendor's time: how far each channel has come, how much
 * its events come out of order, and how far this machine's clock is ahead. All in Unix ns. Used on
 * the loop only.
 */
final class VendorTimes {
  /** Later than this out of order is not disorder: it is a bar sent anew, or a faulty time. */
  private static final long MOST_DISORDER = Duration.ofMinutes(1).toNanos();

  /** The largest window of a bar: no channel is dated further behind the others. */
  private static final long LARGEST_WINDOW = Duration.ofMinutes(1).toNanos();

  /** Further ahead of this machine's clock an event's time is faulty, if the clock is right. */
  private static final long MOST_AHEAD = Duration.ofMinutes(5).toNanos();

  /** The same if it is the clock that is wrong. */
  private static final long DAY = Duration.ofDays(1).toNanos();

  private static final long NONE = Long.MIN_VALUE;

  /** So many messages are remembered of what the clock was thought to be. */
  private static final int FEW = 8;

  private final long delay;
  private final long[] newest = new long[Channel.values().length];
  private final long[] disorder = new long[newest.length];
  private long ahead;

  /** Messages that were further ahead than can be, less those that were not; the clock's fault? */
  private int early;

  private boolean heard;
  private long lastPossible = Long.MAX_VALUE;

  /**
   * @param delay how far the vendor's stream lags, as long as no event has told
   */
  VendorTimes(Duration delay) {
    this.delay = delay.toNanos();
    Arrays.fill(newest, NONE);
  }

  /** On a new connection the difference of the clocks is learned anew. */
  void begin() {
    heard = false;
    early = 0;
  }

  /** An event came in, the first of its message. */
  void received(long time, Instant now) {
    long local = nanos(now);
    early = Math.clamp(early + (time > local + MOST_AHEAD ? 1L : -1L), -FEW, FEW);
    lastPossible = local + (early > 1 ? DAY : MOST_AHEAD);
    if (isPossible(time)) {
      ahead = heard ? Math.min(ahead, local - time) : local - time;
      heard = true;
    }
  }

  /** An event is about to be delivered. */
  void delivered(Channel channel, long time) {
    int index = channel.ordinal();
    long before = newest[index];
    if (time > before) {
      if (isPossible(time)) {
        newest[index] = time;
      }
    } else if (before - time > disorder[index] && before - time <= MOST_DISORDER) {
      disorder[index] = before - time;
    }
  }

  private boolean isPossible(long time) {
    return time > 0 && time <= lastPossible;
  }

  /**
   * No event of this channel that comes after those delivered is dated before this.
   *
   * @param lastFrame when the connection last worked by this machine's clock, for want of events
   */
  long from(Channel channel, Instant lastFrame) {
    long own = newest[channel.ordinal()];
    if (own != NONE) {
      return own - slack(channel);
    }
    long any = known();
    return any == NONE ? nanos(lastFrame) - delay : any - LARGEST_WINDOW;
  }

  /** No event of the channel that came before this one is dated after that. */
  long to(Channel channel, long firstAfter) {
    return firstAfter + slack(channel);
  }

  /** The vendor's time by this machine's clock. */
  long at(Instant now) {
    return nanos(now) - (heard || known() != NONE ? ahead : delay);
  }

  /** The disorder seen and as much again, since the worst may be yet to come. */
  private long slack(Channel channel) {
    return 2 * disorder[channel.ordinal()];
  }

  private long known() {
    long most = NONE;
    for (long time : newest) {
      most = Math.max(most, time);
    }
    return most;
  }

  static long nanos(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }
}
