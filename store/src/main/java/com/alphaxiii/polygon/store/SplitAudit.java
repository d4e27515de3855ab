package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.store.SplitFinding.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Holds splits against the prices around them. A split of 7 for 1 must show between the close
 * before and the open of its day as a fall to about a seventh.
 */
final class SplitAudit {
  /** Bars further away from a split than these days say nothing about it. */
  private static final int NEAR_DAYS = 10;

  /** A jump less than a tenth is lost among the usual ones. */
  private static final double SMALLEST_SEEN = Math.log(1.1);

  /** However large a split, prices move by no more than this besides, as a logarithm. */
  private static final double MOST_BESIDES = 0.4;

  /** How near to a usual ratio a jump must be to be taken for a split that is missing. */
  private static final double LIKENESS = 0.04;

  private static final double[] USUAL = {
    1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100
  };

  /** Bars around a wrong date in which the jump is looked for. */
  private static final int NEIGHBOURS = 5;

  private final Bars bars;
  private final List<SplitFinding> findings = new ArrayList<>();

  private SplitAudit(Bars bars) {
    this.bars = bars;
  }

  /**
   * What does not fit, by day.
   *
   * @param told as the vendor tells them
   * @param applied the same corrected by the user
   * @param bars raw day bars, of any stretch
   */
  static List<SplitFinding> findings(List<Split> told, List<Split> applied, Bars bars) {
    SplitAudit audit = new SplitAudit(bars);
    audit.repetitions(told);
    audit.corrections(told, applied);
    applied.forEach(audit::ratio);
    audit.missing(applied);
    audit.findings.sort(Comparator.comparing(SplitFinding::day));
    return audit.findings;
  }

  private void add(Kind kind, LocalDate day, String form, Object... values) {
    findings.add(new SplitFinding(kind, day, form.formatted(values)));
  }

  private void repetitions(List<Split> told) {
    Set<Split> seen = new HashSet<>();
    Set<LocalDate> days = new HashSet<>();
    for (Split split : told) {
      if (!seen.add(split)) {
        add(
            Kind.DUPLICATE,
            split.executionDate(),
            "%s is told twice; it counts once",
            words(split));
      } else if (!days.add(split.executionDate())) {
        add(
            Kind.CONTRADICTION,
            split.executionDate(),
            "%s, and another split on the same day: both are applied",
            words(split));
      }
    }
  }

  private void corrections(List<Split> told, List<Split> applied) {
    for (Split split : applied) {
      if (!told.contains(split)) {
        add(Kind.OVERRIDDEN, split.executionDate(), "%s is from splits.csv", words(split));
      }
    }
    for (Split split : new HashSet<>(told)) {
      if (!applied.contains(split)) {
        add(Kind.OVERRIDDEN, split.executionDate(), "%s is void by splits.csv", words(split));
      }
    }
  }

  private void ratio(Split split) {
    double expected = Math.log(split.from() / split.to());
    int at = firstOnOrAfter(split.executionDate());
    if (at < 1 || at == bars.size() || !isNear(split, at - 1) || !isNear(split, at)) {
      add(Kind.UNCHECKED, split.executionDate(), "%s: no day bars around it", words(split));
    } else if (Math.abs(expected) < SMALLEST_SEEN) {
      add(
          Kind.UNCHECKED,
          split.executionDate(),
          "%s: too small to be told from usual moves",
          words(split));
    } else if (!showsAt(at, expected)) {
      add(
          Kind.MISMATCH,
          split.executionDate(),
          "%s: from a close of %s to an open of %s is %s times, expected about %s%s",
          words(split),
          number(bars.close(at - 1)),
          number(bars.open(at)),
          number(Math.exp(jump(at))),
          number(split.from() / split.to()),
          elsewhere(at, expected));
    }
  }

  private String elsewhere(int at, double expected) {
    for (int i = Math.max(1, at - NEIGHBOURS); i < Math.min(bars.size(), at + NEIGHBOURS); i++) {
      if (showsAt(i, expected)) {
        return "; prices jump so on " + day(i);
      }
    }
    return "";
  }

  /** The first print of a day may still be an old price, so its close counts too. */
  private boolean showsAt(int at, double expected) {
    return fits(jump(at), expected)
        || fits(Math.log(bars.close(at) / bars.close(at - 1)), expected);
  }

  private static boolean fits(double jump, double expected) {
    return Math.abs(jump - expected) < Math.min(Math.abs(expected) / 2, MOST_BESIDES);
  }

  private void missing(List<Split> applied) {
    for (int i = 1; i < bars.size(); i++) {
      LocalDate before = day(i - 1);
      LocalDate day = day(i);
      boolean explained =
          applied.stream()
              .map(Split::executionDate)
              .anyMatch(date -> date.isAfter(before) && !date.isAfter(day));
      Optional<String> ratio = explained ? Optional.empty() : usual(jump(i));
      if (ratio.isPresent() && before.plusDays(NEAR_DAYS).isAfter(day)) {
        add(
            Kind.MISSING,
            day,
            "from a close of %s to an open of %s is what a split of %s would do, and none is told",
            number(bars.close(i - 1)),
            number(bars.open(i)),
            ratio.get());
      }
    }
  }

  private static Optional<String> usual(double jump) {
    for (double ratio : USUAL) {
      if (Math.abs(Math.abs(jump) - Math.log(ratio)) < LIKENESS / (ratio < 2 ? 2 : 1)) {
        String shares = ratio < 2 ? "3 for 2" : "%.0f for 1".formatted(ratio);
        String[] words = shares.split(" for ", -1);
        return Optional.of(jump < 0 ? shares : words[1] + " for " + words[0]);
      }
    }
    return Optional.empty();
  }

  /** The move from the close before a bar to its open, as a logarithm; NaN without prices. */
  private double jump(int at) {
    return Math.log(bars.open(at) / bars.close(at - 1));
  }

  private int firstOnOrAfter(LocalDate day) {
    int at = 0;
    while (at < bars.size() && day(at).isBefore(day)) {
      at++;
    }
    return at;
  }

  private boolean isNear(Split split, int at) {
    LocalDate date = split.executionDate();
    return day(at).isAfter(date.minusDays(NEAR_DAYS)) && day(at).isBefore(date.plusDays(NEAR_DAYS));
  }

  private LocalDate day(int at) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(bars.start(at)), Market.NEW_YORK);
  }

  static String words(Split split) {
    return "%s for %s".formatted(number(split.to()), number(split.from()));
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceAll("\\.?0+$", "");
  }
}
