package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.util.Comparator;

/**
 * One breach of a law.
 *
 * @param range from the start of the first window touched to the end of the last
 * @param evidence what was found, with its numbers, for people
 * @param suggestion what a user can do
 */
public record Finding(
    Law law, Severity severity, TimeRange range, String evidence, String suggestion) {
  static final Comparator<Finding> IN_TIME =
      Comparator.comparing(Finding::at)
          .thenComparing(Finding::law)
          .thenComparing(f -> f.range().end())
          .thenComparing(Finding::evidence);

  /** The law's name, such as {@code day_is_missing}. */
  public String code() {
    return law.code();
  }

  /** Start of the first window touched. */
  public Instant at() {
    return range.start();
  }
}
