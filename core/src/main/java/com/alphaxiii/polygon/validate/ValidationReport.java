package com.alphaxiii.polygon.validate;

import java.util.List;

/**
 * What checks found in a series.
 *
 * @param overallQuality the word for the score
 * @param score share of bars without findings, 0 to 1; 1 when there are no bars
 * @param issues the first findings in order of time, at most {@link BarChecks#MOST_ISSUES}
 * @param issueCount how many findings there are in all
 */
public record ValidationReport(
    Quality overallQuality, double score, List<Finding> issues, long issueCount) {
  public ValidationReport {
    issues = List.copyOf(issues);
  }
}
