package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Checks bars against every {@link Law}. The same rows in any order, with the same evidence, give
 * the same report, but for what it says about their order; no content makes it fail.
 */
public final class BarChecks {
  /** More findings than these are counted but not told. */
  public static final int MOST_ISSUES = 1_000;

  private static final List<Check> CHECKS =
      List.of(
          new PriceLaws(),
          new VolumeLaws(),
          new RepetitionLaws(),
          new SessionLaws(),
          new ShiftLaws(),
          new AbsentDayLaws(),
          new GapLaws(),
          new SpikeLaws(),
          new BurstLaws(),
          new DayLaws(),
          new SplitLaws(),
          new DayBarLaws(),
          new BandLaws());

  private BarChecks() {}

  /** Of raw bars, by the bars alone. */
  public static ValidationReport report(Bars bars) {
    return report(bars, Evidence.of(Adjustment.NONE));
  }

  /** Of bars and what is known besides. */
  public static ValidationReport report(Bars bars, Evidence evidence) {
    return report(BarColumns.of(bars), evidence);
  }

  /** Of columns in any order. */
  public static ValidationReport report(BarColumns columns, Evidence evidence) {
    OrderLaws order = OrderLaws.of(columns);
    Series series = new Series(order.sorted());
    Findings findings = new Findings(series);
    order.report(series, findings);
    for (Check check : CHECKS) {
      check.look(series, evidence, findings);
    }
    return report(columns.ticker(), columns.timeframe(), findings.days(), findings.sorted());
  }

  /**
   * One report of parts of a series that were judged apart, such as those of two companies that had
   * a ticker one after the other.
   *
   * @param parts of the same ticker and timeframe, in order of time and without a day in common; at
   *     least one
   * @param besides findings that no part has
   */
  public static ValidationReport joined(List<ValidationReport> parts, List<Finding> besides) {
    List<DayQuality> days = new ArrayList<>();
    List<Finding> all = new ArrayList<>(besides);
    long untold = 0;
    for (ValidationReport part : parts) {
      days.addAll(part.days());
      all.addAll(part.issues());
      untold += part.issueCount() - part.issues().size();
    }
    all.sort(Finding.IN_TIME);
    ValidationReport report =
        report(parts.getFirst().ticker(), parts.getFirst().timeframe(), days, all);
    return untold == 0 ? report : report.withIssueCount(all.size() + untold);
  }

  private static ValidationReport report(
      Ticker ticker, Timeframe timeframe, List<DayQuality> days, List<Finding> all) {
    // A day on which nothing traded says nothing about the bars.
    double score =
        days.stream()
            .filter(day -> !day.isSilent())
            .mapToDouble(DayQuality::score)
            .average()
            .orElse(1);
    boolean hasError = all.stream().anyMatch(f -> f.severity() == Severity.ERROR);
    return new ValidationReport(
        ticker, timeframe, Quality.of(score, hasError), score, days, told(all), all.size());
  }

  private static List<Finding> told(List<Finding> all) {
    if (all.size() <= MOST_ISSUES) {
      return all;
    }
    List<Finding> worst = new ArrayList<>(all);
    // Stable: among equals the earlier are kept.
    worst.sort(Comparator.comparing(Finding::severity).reversed());
    List<Finding> kept = new ArrayList<>(worst.subList(0, MOST_ISSUES));
    kept.sort(Finding.IN_TIME);
    return kept;
  }
}
