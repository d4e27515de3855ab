package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects what laws find in a series, and which of its rows and windows that touches. Neighbouring
 * rows that break the same law are one finding.
 */
final class Findings {
  /** A law's breach by neighbouring rows, so far. */
  private static final class Run {
    final int first;
    int last;
    final String evidence;

    Run(int row, String evidence) {
      this.first = row;
      this.last = row;
      this.evidence = evidence;
    }
  }

  /** Windows without bar of one day. */
  static final class Absent {
    int lost;
    int unknown;
    int noEligibleTrade;
    GapEvidence judgedBy = GapEvidence.NONE;
  }

  private final Series series;
  private final byte[] worst;
  private final List<Finding> all = new ArrayList<>();
  private final EnumMap<Law, Run> runs = new EnumMap<>(Law.class);
  private final Map<LocalDate, Absent> absent = new HashMap<>();
  private final List<DayQuality> barless = new ArrayList<>();

  Findings(Series series) {
    this.series = series;
    this.worst = new byte[series.size];
  }

  /** A breach by one row; rows must come in order for each law. */
  void row(Law law, int row, String evidence) {
    mark(law.severity(), row, row + 1);
    Run run = runs.get(law);
    if (run != null && run.last == row - 1) {
      run.last = row;
      return;
    }
    close(law, run);
    runs.put(law, new Run(row, evidence));
  }

  private void close(Law law, @Nullable Run run) {
    if (run == null) {
      return;
    }
    int more = run.last - run.first;
    String evidence =
        more == 0 ? run.evidence : run.evidence + ", and %d more bars".formatted(more);
    add(law, law.severity(), series.start[run.first], series.end(run.last), evidence);
  }

  /** A breach by the rows from {@code from} to before {@code to}. */
  void rows(Law law, int from, int to, String evidence) {
    rows(law, law.severity(), from, to, evidence);
  }

  void rows(Law law, Severity severity, int from, int to, String evidence) {
    mark(severity, from, to);
    add(law, severity, series.start[from], series.end(to - 1), evidence);
  }

  /** A breach that touches no row. */
  void between(Law law, long start, long end, String evidence) {
    add(law, law.severity(), start, end, evidence);
  }

  void add(Law law, Severity severity, long start, long end, String evidence) {
    TimeRange range =
        TimeRange.of(Instant.ofEpochMilli(start), Instant.ofEpochMilli(Math.max(start, end)));
    all.add(new Finding(law, severity, range, evidence, law.suggestion()));
  }

  /** The windows without bar of a day. */
  Absent absent(LocalDate day) {
    return absent.computeIfAbsent(day, d -> new Absent());
  }

  /** A day without bars, and what its windows are. */
  void barless(LocalDate day, Absent none) {
    int windows = none.lost + none.unknown;
    double score = windows == 0 ? 1 : 1 - (none.lost + none.unknown / 4.0) / windows;
    barless.add(
        new DayQuality(
            day,
            Quality.of(score, none.lost > 0),
            score,
            0,
            0,
            0,
            none.lost,
            none.unknown,
            none.noEligibleTrade,
            none.judgedBy));
  }

  private void mark(Severity severity, int from, int to) {
    for (int i = from; i < to; i++) {
      worst[i] = (byte) Math.max(worst[i], severity.ordinal());
    }
  }

  /** All findings in order of time. */
  List<Finding> sorted() {
    runs.forEach(this::close);
    runs.clear();
    all.sort(Finding.IN_TIME);
    return all;
  }

  /** The qualities of the days, in order. */
  List<DayQuality> days() {
    List<DayQuality> days = new ArrayList<>();
    for (SeriesDay day : series.days) {
      days.add(quality(day));
    }
    days.addAll(barless);
    days.sort(Comparator.comparing(DayQuality::day));
    return days;
  }

  private DayQuality quality(SeriesDay day) {
    int wrong = 0;
    int doubtful = 0;
    for (int i = day.from(); i < day.to(); i++) {
      if (worst[i] == Severity.ERROR.ordinal()) {
        wrong++;
      } else if (worst[i] == Severity.WARNING.ordinal()) {
        doubtful++;
      }
    }
    Absent none = absent.getOrDefault(day.date(), new Absent());
    double windows = day.size() + none.lost + none.unknown;
    double score = 1 - (none.lost + wrong + (none.unknown + doubtful) / 4.0) / windows;
    return new DayQuality(
        day.date(),
        Quality.of(score, wrong + none.lost > 0),
        score,
        day.size(),
        wrong,
        doubtful,
        none.lost,
        none.unknown,
        none.noEligibleTrade,
        none.judgedBy);
  }
}
