package com.alphaxiii.polygon.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * When NYSE and Nasdaq close: yearly rules, and the few days that no rule foretells. Closures and
 * irregular hours before 2001 are not listed; there the rules alone hold.
 */
final class UsEquityRules {
  private static final int FIRST_MARTIN_LUTHER_KING_DAY = 1998;
  private static final int FIRST_JUNETEENTH = 2022;
  private static final int FIRST_EARLY_WEDNESDAY_3_JULY = 2013;

  private static final LocalTime OPEN = LocalTime.of(9, 30);
  private static final LocalTime CLOSE = LocalTime.of(16, 0);
  private static final LocalTime EARLY_CLOSE = LocalTime.of(13, 0);

  private static final Set<LocalDate> SPECIAL_CLOSURES =
      Set.of(
          // Attacks of September 2001
          LocalDate.of(2001, 9, 11),
          LocalDate.of(2001, 9, 12),
          LocalDate.of(2001, 9, 13),
          LocalDate.of(2001, 9, 14),
          // Mourning for presidents Reagan, Ford, George H. W. Bush and Carter
          LocalDate.of(2004, 6, 11),
          LocalDate.of(2007, 1, 2),
          LocalDate.of(2018, 12, 5),
          LocalDate.of(2025, 1, 9),
          // Hurricane Sandy
          LocalDate.of(2012, 10, 29),
          LocalDate.of(2012, 10, 30));

  private static final Set<LocalDate> SPECIAL_EARLY_CLOSES = Set.of(LocalDate.of(2003, 12, 26));

  private static final Map<LocalDate, LocalTime> LATE_OPENS =
      Map.of(
          LocalDate.of(2001, 9, 17), LocalTime.of(9, 33),
          LocalDate.of(2001, 10, 8), LocalTime.of(9, 31),
          LocalDate.of(2002, 9, 11), LocalTime.of(12, 0),
          LocalDate.of(2003, 3, 20), LocalTime.of(9, 32),
          LocalDate.of(2004, 6, 7), LocalTime.of(9, 32),
          LocalDate.of(2006, 12, 27), LocalTime.of(9, 32));

  // The exchange's systems failed before the planned close.
  private static final Map<LocalDate, LocalTime> BROKEN_OFF =
      Map.of(LocalDate.of(2005, 6, 1), LocalTime.of(15, 56));

  private UsEquityRules() {}

  static LocalTime openTime(LocalDate day) {
    return LATE_OPENS.getOrDefault(day, OPEN);
  }

  static LocalTime closeTime(LocalDate day, boolean earlyClose) {
    return BROKEN_OFF.getOrDefault(day, earlyClose ? EARLY_CLOSE : CLOSE);
  }

  /** Weekdays of a year on which the market stays closed. */
  static Set<LocalDate> closures(int year) {
    Set<LocalDate> days = new HashSet<>();
    LocalDate newYear = LocalDate.of(year, 1, 1);
    // A New Year's Day on Saturday is not made up for: it would fall into the old year's books.
    if (newYear.getDayOfWeek() != DayOfWeek.SATURDAY) {
      days.add(observed(newYear));
    }
    if (year >= FIRST_MARTIN_LUTHER_KING_DAY) {
      days.add(nth(3, DayOfWeek.MONDAY, year, Month.JANUARY));
    }
    days.add(nth(3, DayOfWeek.MONDAY, year, Month.FEBRUARY));
    days.add(easterSunday(year).minusDays(2));
    days.add(LocalDate.of(year, 5, 1).with(TemporalAdjusters.lastInMonth(DayOfWeek.MONDAY)));
    if (year >= FIRST_JUNETEENTH) {
      days.add(observed(LocalDate.of(year, 6, 19)));
    }
    days.add(observed(LocalDate.of(year, 7, 4)));
    days.add(nth(1, DayOfWeek.MONDAY, year, Month.SEPTEMBER));
    days.add(thanksgiving(year));
    days.add(observed(LocalDate.of(year, 12, 25)));
    SPECIAL_CLOSURES.stream().filter(day -> day.getYear() == year).forEach(days::add);
    return days;
  }

  /** Trading days of a year whose regular session ends at 13:00. */
  static Set<LocalDate> earlyCloses(int year) {
    Set<LocalDate> days = new HashSet<>();
    days.add(thanksgiving(year).plusDays(1));
    LocalDate christmasEve = LocalDate.of(year, 12, 24);
    if (christmasEve.getDayOfWeek().compareTo(DayOfWeek.THURSDAY) <= 0) {
      days.add(christmasEve);
    }
    LocalDate third = LocalDate.of(year, 7, 3);
    switch (third.getDayOfWeek()) {
      case MONDAY, TUESDAY, THURSDAY -> days.add(third);
      case WEDNESDAY ->
          // Before 2013 the bridge day after the holiday was the short one.
          days.add(year >= FIRST_EARLY_WEDNESDAY_3_JULY ? third : third.plusDays(2));
      default -> {}
    }
    SPECIAL_EARLY_CLOSES.stream().filter(day -> day.getYear() == year).forEach(days::add);
    return days;
  }

  private static LocalDate observed(LocalDate holiday) {
    return switch (holiday.getDayOfWeek()) {
      case SATURDAY -> holiday.minusDays(1);
      case SUNDAY -> holiday.plusDays(1);
      default -> holiday;
    };
  }

  private static LocalDate thanksgiving(int year) {
    return nth(4, DayOfWeek.THURSDAY, year, Month.NOVEMBER);
  }

  private static LocalDate nth(int ordinal, DayOfWeek weekday, int year, Month month) {
    return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(ordinal, weekday));
  }

  /**
   * The Sunday after the first ecclesiastical full moon on or after 21 March, by the Gregorian
   * calendar's golden number, with its solar and lunar corrections.
   */
  private static LocalDate easterSunday(int year) {
    int golden = Math.floorMod(year, 19);
    int century = Math.floorDiv(year, 100);
    int solar = century - Math.floorDiv(century, 4);
    int lunar = Math.floorDiv(8 * century + 13, 25);
    int age = Math.floorMod(solar - lunar + 19 * golden + 15, 30);
    // Days from 21 March to the full moon; the two that the church's tables leave out come a day
    // earlier.
    int moon = age - age / 28 * (1 - age / 28 * (29 / (age + 1)) * ((21 - golden) / 11));
    return LocalDate.of(year, 3, 21).plusDays(moon).with(TemporalAdjusters.next(DayOfWeek.SUNDAY));
  }
}
