package com.alphaxiii.polygon.validate;

import java.time.LocalDate;

/**
 * How good one day of one ticker is.
 *
 * @param day in the market's zone
 * @param score 1 − (lost + wrong + (unknown + doubtful) / 4) / (bars + lost + unknown), 0 to 1; 0
 *     for a missing day, 1 where nothing traded
 * @param bars how many there are
 * @param wrong bars touched by an error
 * @param doubtful bars touched by a warning, and by no error
 * @param lost windows that traded and have no bar
 * @param unknown windows without bar of which nobody knows whether they traded
 * @param noEligibleTrade windows without bar in which nothing traded that makes one
 * @param judgedBy what told the windows without bar apart
 */
public record DayQuality(
    LocalDate day,
    Quality quality,
    double score,
    int bars,
    int wrong,
    int doubtful,
    int lost,
    int unknown,
    int noEligibleTrade,
    GapEvidence judgedBy) {
  /** Whether nothing traded that makes a bar: there was nothing to be good or bad. */
  public boolean isSilent() {
    return bars + lost + unknown == 0;
  }
}
