package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Timespan;

/** The aggregates that requests are answered from, and that {@code limit} counts. */
enum Base {
  /** For second bars. */
  SECOND,
  /** For minute bars. */
  MINUTE,
  /** For hour bars: minutes, or where only hours are recorded, those. */
  HOUR,
  /** For day bars and longer. */
  DAY;

  static Base of(Timespan timespan) {
    return switch (timespan) {
      case SECOND -> SECOND;
      case MINUTE -> MINUTE;
      case HOUR -> HOUR;
      case DAY, WEEK, MONTH, QUARTER, YEAR -> DAY;
    };
  }
}
