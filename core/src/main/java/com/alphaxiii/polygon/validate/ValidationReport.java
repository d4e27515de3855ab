package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.util.List;

/**
 * What checks found in a series.
 *
 * @param overallQuality the word for the score; {@link Quality#GOOD} at best when there is an error
 * @param score mean score of the days, 0 to 1; 1 when there are none
 * @param days the days that have bars or miss them, in order
 * @param issues the findings in order of time, at most {@link BarChecks#MOST_ISSUES}; where there
 *     are more, the less severe are left out first, and then the later
 * @param issueCount how many findings there are in all
 */
public record ValidationReport(
    Ticker ticker,
    Timeframe timeframe,
    Quality overallQuality,
    double score,
    List<DayQuality> days,
    List<Finding> issues,
    long issueCount) {
  public ValidationReport {
    days = List.copyOf(days);
    issues = List.copyOf(issues);
  }

  ValidationReport withIssueCount(long count) {
    return new ValidationReport(ticker, timeframe, overallQuality, score, days, issues, count);
  }

  /** How many of the findings told are this severe. */
  public long count(Severity severity) {
    return issues.stream().filter(issue -> issue.severity() == severity).count();
  }

  /** True when there are no bars, and nothing tells of a day that should have some. */
  public boolean isEmpty() {
    return days.isEmpty();
  }

  /** True when nothing was found but what is worth knowing. */
  public boolean isClean() {
    return issues.stream().allMatch(issue -> issue.severity() == Severity.INFO);
  }
}
