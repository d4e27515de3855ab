package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** A run of New York days, both ends included: one portion of a long range. */
record Days(LocalDate first, LocalDate last) {
  static Days of(LocalDate day) {
    return new Days(day, day);
  }

  /** The New York day of an instant, Unix ms. */
  static LocalDate dayOf(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), Market.NEW_YORK);
  }

  /** Midnight New York at which a day begins, Unix ms. */
  static long startOf(LocalDate day) {
    return day.atStartOfDay(Market.NEW_YORK).toInstant().toEpochMilli();
  }

  /** The range cut into calendar years. */
  static List<Days> years(LocalDate first, LocalDate last) {
    return Stream.iterate(first.getYear(), year -> year <= last.getYear(), year -> year + 1)
        .map(
            year ->
                new Days(
                    later(first, LocalDate.of(year, 1, 1)),
                    earlier(last, LocalDate.of(year, 12, 31))))
        .toList();
  }

  long start() {
    return startOf(first);
  }

  /** Exclusive. */
  long end() {
    return startOf(last.plusDays(1));
  }

  static LocalDate later(LocalDate a, LocalDate b) {
    return a.isAfter(b) ? a : b;
  }

  static LocalDate earlier(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }
}
