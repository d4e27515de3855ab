package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The past, played as a feed. It has one subscription; the same topics give the same events in the
 * same order, each time. Nothing is played before topics are asked for, and time stands still until
 * then. A topic of which there is nothing is refused with {@link PolygonException.InvalidRequest}.
 *
 * <p>Other than that of a live feed, its sink may wait: the replay waits with it. The {@link
 * FeedStatus} is {@code CONNECTED} while it plays and {@code DOWN} once the tape has ended.
 */
public interface Replay extends EventFeed, AutoCloseable {
  /** The time on the tape: that of the event delivered last, or where it was set to. */
  InstantSource clock();

  /** Stops the tape where it is. */
  void pause();

  /** Goes on after {@link #pause}. */
  void resume();

  /**
   * Plays faster or slower from here on.
   *
   * @param speed as of {@link ReplayRequest#speed}
   * @throws PolygonException.InvalidRequest when it is out of bounds
   */
  void speed(double speed);

  /**
   * Goes on elsewhere, earlier or later.
   *
   * @throws PolygonException.InvalidRequest when that is not within the replay's day
   */
  void seek(Instant to);

  /** Ends it; the sink may be in the middle of its last call when this returns. */
  @Override
  void close();
}
