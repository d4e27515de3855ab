package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Trading days without bars. Such a day has traded, or had no eligible trade, or nobody knows:
 * trades, second bars and the day bar tell, where they are known; otherwise the ticker's own {@link
 * DayProfile} does.
 */
final class AbsentDayLaws implements Check {
  /** Silence that is less likely is a loss. */
  private static final double LOST = 1e-6;

  /** Silence that is more likely is believed. */
  private static final double SILENT = 1e-2;

  /** Trading days of a month: a longer run is seldom a fault of a feed alone. */
  private static final int LONG = 21;

  @Override
  public void look(Series series, Evidence evidence, Findings findings) {
    if (!series.isIntraday() && !series.isDaily()) {
      return;
    }
    if (series.market == Market.FUTURES) {
      if (series.size > 0 && series.isIntraday()) {
        findings.between(
            Law.GAPS_ARE_NOT_JUDGED,
            series.start[0],
            series.end(series.size - 1),
            "hours differ by product of futures and are not known: whole days are looked for, and"
                + " windows within a day are not");
      }
    }
    List<Run> runs = runs(series, evidence);
    int due = series.days.size();
    for (Run run : runs) {
      due += run.days.size();
    }
    DayProfile profile = new DayProfile(series, due);
    for (Run run : runs) {
      new Judge(series, evidence, profile, findings).judge(run);
    }
  }

  /**
   * Neighbouring trading days without bars.
   *
   * @param next the day of the series that follows
   */
  private record Run(List<LocalDate> days, int next) {}

  private static List<Run> runs(Series series, Evidence evidence) {
    LocalDate first = firstDay(series, evidence);
    LocalDate last = lastDay(series, evidence);
    List<Run> runs = new ArrayList<>();
    if (first == null || last == null) {
      return runs;
    }
    List<LocalDate> run = new ArrayList<>();
    int next = 0;
    for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
      while (next < series.days.size() && series.days.get(next).date().isBefore(date)) {
        next++;
      }
      boolean present = next < series.days.size() && series.days.get(next).date().equals(date);
      if (present && !run.isEmpty()) {
        runs.add(new Run(List.copyOf(run), next));
        run.clear();
      } else if (!present && isDue(series, evidence, date)) {
        run.add(date);
      }
    }
    if (!run.isEmpty()) {
      runs.add(new Run(List.copyOf(run), next));
    }
    return runs;
  }

  private static @Nullable LocalDate firstDay(Series series, Evidence evidence) {
    TimeRange range = evidence.range();
    if (range != null) {
      return OrderedDays.first(range, series.zone);
    }
    return series.days.isEmpty() ? null : series.days.getFirst().date();
  }

  private static @Nullable LocalDate lastDay(Series series, Evidence evidence) {
    TimeRange range = evidence.range();
    if (range != null) {
      return OrderedDays.last(range, series.zone);
    }
    return series.days.isEmpty() ? null : series.days.getLast().date();
  }

  private static boolean isDue(Series series, Evidence evidence, LocalDate date) {
    SessionPlan plan = SessionPlan.due(series.market, date);
    if (plan.close() <= plan.open() || !evidence.isListed(date)) {
      return false;
    }
    Instant settled = evidence.settledUntil();
    TimeRange range = evidence.range();
    return (settled == null || plan.nextMidnight() <= Millis.of(settled))
        && (range == null
            || (Millis.of(range.start()) <= plan.open() && Millis.of(range.end()) >= plan.close()));
  }

  /**
   * What is said of a day, and by what.
   *
   * @param law null when nothing traded
   * @param count trades, second bars or volume that tell; 0 for the profile
   * @param why the profile's reason, in words
   */
  private record Verdict(@Nullable Law law, GapEvidence by, double count, String why) {
    boolean isLike(Verdict other) {
      return law == other.law && by == other.by;
    }

    /** The same of more days. */
    Verdict and(double more) {
      return new Verdict(law, by, count + more, why);
    }

    String evidence() {
      return switch (by) {
        case TRADES -> "%s trades lie in the regular session".formatted(Robust.text(count));
        case SECONDS -> "%s second bars lie in the regular session".formatted(Robust.text(count));
        case DAY_BAR -> "day bars tell of volume " + Robust.text(count);
        case PROFILE, NONE -> why;
      };
    }
  }

  /** Judges the days of a run. */
  private static final class Judge {
    private final Series series;
    private final Evidence evidence;
    private final DayProfile profile;
    private final Findings findings;

    Judge(Series series, Evidence evidence, DayProfile profile, Findings findings) {
      this.series = series;
      this.evidence = evidence;
      this.profile = profile;
      this.findings = findings;
    }

    /** Neighbouring days of which the same is said are one finding. */
    void judge(Run run) {
      Verdict byProfile = byProfile(run);
      List<LocalDate> alike = new ArrayList<>();
      Verdict last = byProfile;
      for (LocalDate day : run.days()) {
        Verdict told = told(SessionPlan.due(series.market, day));
        Verdict verdict = told == null ? byProfile : told;
        count(day, verdict);
        if (alike.isEmpty() || !verdict.isLike(last)) {
          tell(alike, last);
          last = verdict;
        } else {
          last = last.and(verdict.count());
        }
        alike.add(day);
      }
      tell(alike, last);
    }

    /** By trades, second bars or the day bar; null where none is known. */
    private @Nullable Verdict told(SessionPlan plan) {
      Activity activity = Activity.of(evidence.activity(), plan.open(), plan.close());
      if (activity != null) {
        int count = activity.count(plan.open(), plan.close());
        return new Verdict(count == 0 ? null : Law.DAY_IS_MISSING, activity.kind(), count, "");
      }
      Bars days = evidence.days();
      if (days != null && series.isIntraday()) {
        int row = days.indexAtOrAfter(plan.midnight());
        if (row < days.size() && days.start(row) < plan.nextMidnight() && days.volume(row) > 0) {
          return new Verdict(Law.DAY_IS_MISSING, GapEvidence.DAY_BAR, days.volume(row), "");
        }
      }
      return null;
    }

    private Verdict byProfile(Run run) {
      double chance = profile.chance(run.next(), run.days().size());
      String why =
          "by the days around, silence has a chance of "
              + (chance < 1e-12 ? "nearly nothing" : String.format(Locale.ROOT, "%.1g", chance))
              + (isLong(run) ? "; whether the ticker was listed then is not known here" : "");
      if (chance <= LOST) {
        return new Verdict(Law.DAY_IS_MISSING, GapEvidence.PROFILE, 0, why);
      }
      if (!profile.isKnown()) {
        return new Verdict(
            Law.DAY_IS_UNKNOWN,
            GapEvidence.PROFILE,
            0,
            "too few days have bars to tell how often the ticker trades");
      }
      return new Verdict(chance > SILENT ? null : Law.DAY_IS_UNKNOWN, GapEvidence.PROFILE, 0, why);
    }

    /** Whether a stock may have been delisted, and its ticker given to another, unknown to us. */
    private boolean isLong(Run run) {
      return series.market == Market.STOCKS
          && evidence.listed() == null
          && run.days().size() >= LONG;
    }

    private void count(LocalDate day, Verdict verdict) {
      int windows =
          series.hasGrid() ? GapLaws.count(series, SessionPlan.due(series.market, day)) : 1;
      Findings.Absent none = new Findings.Absent();
      none.judgedBy = verdict.by();
      if (verdict.law() == null) {
        none.noEligibleTrade = windows;
      } else if (verdict.law() == Law.DAY_IS_MISSING) {
        none.lost = windows;
      } else {
        none.unknown = windows;
      }
      findings.barless(day, none);
    }

    private void tell(List<LocalDate> days, Verdict verdict) {
      if (!days.isEmpty() && verdict.law() != null) {
        String which =
            days.size() == 1
                ? "%s has no bars".formatted(days.getFirst())
                : "%d trading days from %s to %s have no bars"
                    .formatted(days.size(), days.getFirst(), days.getLast());
        findings.between(
            verdict.law(),
            SessionPlan.due(series.market, days.getFirst()).open(),
            SessionPlan.due(series.market, days.getLast()).close(),
            which + "; " + verdict.evidence());
      }
      days.clear();
    }
  }
}
