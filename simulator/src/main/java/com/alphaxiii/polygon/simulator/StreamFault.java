package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.PolygonException;

/**
 * A break of all stream connections at an exact place: right after the event of a number. Events
 * are counted from 1 as they are played or published, whether anybody listens or not; {@link
 * StreamControl#delivered()} tells how many there were.
 *
 * @param after the number of the last event that is sent before the break
 * @param kind what the connections come to
 * @param code of the close frame, for {@link Kind#CLOSE}
 * @param skipped after so many events of the outage the stream stands still until every topic that
 *     was subscribed to before is subscribed to again; -1 to play on regardless
 * @param quiet so many events up to the break are not sent, though the connections seem to work
 */
public record StreamFault(long after, Kind kind, int code, long skipped, long quiet) {

  /** How connections end. */
  public enum Kind {
    /** At the TCP level, without a close frame. */
    DROP,
    /** The same, with the first half of the next frame before it. */
    DROP_IN_FRAME,
    /** With a close frame. */
    CLOSE
  }

  /** Throws {@link PolygonException.InvalidRequest} for a place or a code that cannot be. */
  public StreamFault {
    if (after < 1) {
      throw new PolygonException.InvalidRequest(
          "after", Long.toString(after), "events are counted from 1");
    }
    if (quiet < 0) {
      throw new PolygonException.InvalidRequest(
          "quiet", Long.toString(quiet), "not less than no event is left out");
    }
    if (kind == Kind.CLOSE && (code < 1000 || code > 4999 || code == 1005 || code == 1006)) {
      throw new PolygonException.InvalidRequest(
          "code", Integer.toString(code), "no close frame can have this code; drop() sends none");
    }
  }

  /** Ends all connections at the TCP level after an event, as a caller sees it with code 1006. */
  public static StreamFault drop(long after) {
    return new StreamFault(after, Kind.DROP, 0, -1, 0);
  }

  /** The same in the middle of a frame. */
  public static StreamFault dropInFrame(long after) {
    return new StreamFault(after, Kind.DROP_IN_FRAME, 0, -1, 0);
  }

  /**
   * Closes all connections by the protocol after an event.
   *
   * @param code such as 1001 (going away) or 1008 (policy violation)
   */
  public static StreamFault close(long after, int code) {
    return new StreamFault(after, Kind.CLOSE, code, -1, 0);
  }

  /**
   * The same, after which at most so many events are lost before the stream waits for its
   * listeners.
   */
  public StreamFault waitingAfter(long events) {
    return new StreamFault(after, kind, code, Math.max(0, events), quiet);
  }

  /**
   * The same, but the connections stall before they end: the last events up to the break are lost
   * as well.
   */
  public StreamFault quietBefore(long events) {
    return new StreamFault(after, kind, code, skipped, events);
  }
}
