package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.PolygonException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

/** What the stream plays live. */
public sealed interface Replay {

  /**
   * A recorded day's trades and quotes in the order of their times, with the second and minute
   * aggregates made of the trades. It begins when somebody first subscribes, or at {@link
   * StreamControl#startReplay()}, and plays once. No event is left out: when the consumers read
   * slower than the pace, the replay falls behind.
   *
   * @param day the New York day, which must be recorded
   * @param speed market seconds a second: 1 is real time, a huge number is as fast as it goes
   */
  static Recorded recorded(LocalDate day, double speed) {
    return new Recorded(day, speed, Optional.empty(), false);
  }

  /**
   * A modelled market that never closes: trades, quotes and aggregates of every subscribed symbol,
   * stamped with the clock's now.
   *
   * @param speed how busy it is: 1 is about two trades a second for a symbol of middling activity
   */
  static Model model(double speed) {
    return new Model(speed);
  }

  /** See {@link #recorded}. */
  record Recorded(LocalDate day, double speed, Optional<LocalTime> start, boolean heldBack)
      implements Replay {
    public Recorded {
      requirePositive(speed);
    }

    /** The same, but beginning at this New York time of day instead of the first event. */
    public Recorded startingAt(LocalTime time) {
      return new Recorded(day, speed, Optional.of(time), heldBack);
    }

    /** The same, but waiting for {@link StreamControl#startReplay()} whoever subscribes. */
    public Recorded startedByHand() {
      return new Recorded(day, speed, start, true);
    }
  }

  /** See {@link #model}. */
  record Model(double speed) implements Replay {
    public Model {
      requirePositive(speed);
    }
  }

  private static void requirePositive(double speed) {
    if (!(speed > 0)) {
      throw new PolygonException.InvalidRequest(
          "speed", String.valueOf(speed), "the speed of a replay is greater than 0");
    }
  }
}
