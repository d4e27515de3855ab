package com.alphaxiii.polygon.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Damages each recorded day in every way, and counts how often a law says something that it does
 * not say of the undamaged days.
 */
class CorruptionTest {
  private static final int TRIES = 2;
  private static final double LEAST_RECALL = 0.95;
  private static final double LEAST_RECALL_OF_ONE = 0.8;

  /** How often one mutation was tried and found, and by which laws. */
  private static final class Tally {
    private int tried;
    private int found;
    private final Map<Law, Integer> by = new TreeMap<>();

    private double recall() {
      return (double) found / tried;
    }
  }

  @Test
  void damageIsFound() {
    Map<Mutation, Tally> tallies = new TreeMap<>();
    for (RecordedSeries series : RecordedSeries.minutes()) {
      List<LocalDate> days =
          series.bars().ticker().symbol().equals("AAPL")
              ? RecordedSeries.JUNE
              : RecordedSeries.OCTOBER;
      TimeRange range = TimeRange.ofDays(days.getFirst(), days.getLast(), Market.NEW_YORK);
      Evidence evidence = series.evidence().withRange(range);
      Set<String> usual =
          BarChecks.report(series.bars(), evidence).issues().stream()
              .map(CorruptionTest::what)
              .collect(Collectors.toSet());
      for (int d = 0; d < days.size(); d++) {
        for (Mutation mutation : Mutation.values()) {
          if (mutation.fits(d, days.size())) {
            Tally tally = tallies.computeIfAbsent(mutation, m -> new Tally());
            for (int seed = 0; seed < TRIES; seed++) {
              BarColumns damaged = mutation.apply(series.bars(), days.get(d), seed * 31 + d);
              count(tally, BarChecks.report(damaged, evidence), usual);
            }
          }
        }
      }
    }
    System.out.println(table(tallies));
    int tried = tallies.values().stream().mapToInt(t -> t.tried).sum();
    int found = tallies.values().stream().mapToInt(t -> t.found).sum();
    System.out.printf("recall %.1f %% of %d damaged series%n", 100.0 * found / tried, tried);
    assertThat(tallies).hasSizeGreaterThanOrEqualTo(30);
    assertThat((double) found / tried).isGreaterThanOrEqualTo(LEAST_RECALL);
    assertThat(tallies)
        .allSatisfy(
            (mutation, tally) ->
                assertThat(tally.recall()).isGreaterThanOrEqualTo(LEAST_RECALL_OF_ONE));
  }

  @ParameterizedTest
  @CsvSource({
    "SHIFT_ALL_BY_4_HOURS, 4 hours later",
    "SHIFT_ALL_BY_MINUS_5_HOURS, 5 hours earlier",
    "SHIFT_ALL_BY_8_HOURS, 8 hours later",
  })
  void namesTheHoursOfAShiftedSeries(Mutation mutation, String words) {
    for (RecordedSeries series : RecordedSeries.minutes()) {
      LocalDate day = LocalDate.ofInstant(series.bars().row(0).start(), Market.NEW_YORK);
      BarColumns damaged = mutation.apply(series.bars(), day, 0);
      assertThat(BarChecks.report(damaged, series.evidence()).issues())
          .as(series.name())
          .filteredOn(issue -> issue.law() == Law.SERIES_IS_SHIFTED)
          .singleElement()
          .satisfies(issue -> assertThat(issue.evidence()).contains(words));
    }
  }

  private static String what(Finding finding) {
    return finding.law() + " " + finding.range();
  }

  private static void count(Tally tally, ValidationReport report, Set<String> usual) {
    Set<Law> laws = new HashSet<>();
    for (Finding finding : report.issues()) {
      if (finding.severity() != Severity.INFO && !usual.contains(what(finding))) {
        laws.add(finding.law());
      }
    }
    tally.tried++;
    tally.found += laws.isEmpty() ? 0 : 1;
    laws.forEach(law -> tally.by.merge(law, 1, Integer::sum));
  }

  private static String table(Map<Mutation, Tally> tallies) {
    StringBuilder table = new StringBuilder();
    tallies.forEach(
        (mutation, tally) ->
            table.append(
                "%-28s %3d of %3d  %s%n"
                    .formatted(
                        mutation.name().toLowerCase(Locale.ROOT),
                        tally.found,
                        tally.tried,
                        tally.by.entrySet().stream()
                            .sorted(Map.Entry.<Law, Integer>comparingByValue().reversed())
                            .map(by -> by.getKey().code() + " " + by.getValue())
                            .collect(Collectors.joining(", ")))));
    return table.toString();
  }
}
