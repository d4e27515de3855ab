package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Market;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Bars where the market does not trade, or the ticker was not listed. */
final class SessionLaws implements Check {
  @Override
  public void look(Series series, Evidence evidence, Findings findings) {
    if (series.isIntraday() || series.isDaily()) {
      Set<LocalDate> present = new HashSet<>();
      series.days.forEach(day -> present.add(day.date()));
      for (SeriesDay day : series.days) {
        if (day.plan().trades()) {
          offSession(series, day, findings);
        } else {
          closed(series, day, present, findings);
        }
      }
    }
    listing(series, evidence, findings);
  }

  private static void closed(
      Series series, SeriesDay day, Set<LocalDate> present, Findings findings) {
    if (!series.isIntraday() && series.market == Market.FUTURES) {
      return;
    }
    findings.rows(
        Law.DAY_IS_CLOSED,
        day.from(),
        day.to(),
        "%s is a %s on which the market stayed closed".formatted(day.date(), weekday(day.date())));
    for (int by : new int[] {-1, 1}) {
      LocalDate beside = day.date().plusDays(by);
      if (SessionPlan.of(series.market, beside).trades() && !present.contains(beside)) {
        findings.rows(
            Law.DAY_IS_MISDATED,
            day.from(),
            day.to(),
            "%s, a trading day, has no bars, and %s has some: they are stamped a day too %s"
                .formatted(beside, day.date(), by < 0 ? "late" : "early"));
        return;
      }
    }
  }

  private static String weekday(LocalDate date) {
    DayOfWeek day = date.getDayOfWeek();
    String name = day.name().charAt(0) + day.name().substring(1).toLowerCase(Locale.ROOT);
    return day.compareTo(DayOfWeek.FRIDAY) > 0 ? name : name + " (holiday)";
  }

  private static void offSession(Series series, SeriesDay day, Findings findings) {
    if (!series.isIntraday()) {
      return;
    }
    long window = series.windowMillis();
    for (int i = day.from(); i < day.to(); i++) {
      // A window that reaches into the session may hold its trades.
      if (series.start[i] >= day.plan().last() || series.start[i] + window <= day.plan().first()) {
        findings.row(
            Law.BAR_IS_OFF_SESSION,
            i,
            "a bar of %s lies outside the hours of %s, %s to %s"
                .formatted(
                    Instant.ofEpochMilli(series.start[i]),
                    day.date(),
                    Instant.ofEpochMilli(day.plan().first()),
                    Instant.ofEpochMilli(day.plan().last())));
      }
    }
  }

  private static void listing(Series series, Evidence evidence, Findings findings) {
    LocalDate listed = evidence.listed();
    LocalDate delisted = evidence.delisted();
    if (listed == null && delisted == null) {
      return;
    }
    for (SeriesDay day : series.days) {
      String why =
          listed != null && day.date().isBefore(listed)
              ? "before the listing on " + listed
              : delisted != null && day.date().isAfter(delisted)
                  ? "after the delisting on " + delisted
                  : "";
      if (!why.isEmpty()) {
        for (int i = day.from(); i < day.to(); i++) {
          findings.row(
              Law.BAR_IS_UNLISTED,
              i,
              "a bar of %s on %s, %s".formatted(series.ticker, day.date(), why));
        }
      }
    }
  }
}
