package com.alphaxiii.polygon.simulator;

import java.time.LocalDate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A quarter of a calendar year, which here is every company's fiscal year. */
record Quarter(int year, int number) {
  private static final int FILED_AFTER_DAYS = 35;

  LocalDate end() {
    return LocalDate.of(year, 3 * number, 1).plusMonths(1).minusDays(1);
  }

  LocalDate start() {
    return LocalDate.of(year, 3 * number - 2, 1);
  }

  /** When its figures are published. */
  LocalDate filed() {
    return end().plusDays(FILED_AFTER_DAYS);
  }

  Quarter minus(int quarters) {
    int index = year * 4 + number - 1 - quarters;
    return new Quarter(Math.floorDiv(index, 4), Math.floorMod(index, 4) + 1);
  }

  /** The quarters whose figures are published on a day, newest first. */
  static Stream<Quarter> publishedBy(LocalDate day, int most) {
    var running = new Quarter(day.getYear(), (day.getMonthValue() + 2) / 3);
    return IntStream.rangeClosed(1, most + 1)
        .mapToObj(running::minus)
        .filter(quarter -> !quarter.filed().isAfter(day))
        .limit(most);
  }
}
