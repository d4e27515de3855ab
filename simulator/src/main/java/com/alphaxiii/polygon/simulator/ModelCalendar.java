package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.TradingDay;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** The trading days of the modelled market, numbered from its beginning. */
final class ModelCalendar {
  /** Where the vendor's history of stocks begins. */
  static final LocalDate FIRST = LocalDate.of(2003, 9, 10);

  private final List<TradingDay> days;
  private final long[] epochDays;

  /**
   * @param last the last day that will ever be asked for
   */
  ModelCalendar(LocalDate last) {
    days = MarketCalendar.usEquities().tradingDays(FIRST, last);
    epochDays = days.stream().mapToLong(day -> day.date().toEpochDay()).toArray();
  }

  int size() {
    return epochDays.length;
  }

  TradingDay day(int index) {
    return days.get(index);
  }

  /** Number of the first trading day at or after a date; {@code size()} when there is none. */
  int indexFrom(LocalDate date) {
    int found = Arrays.binarySearch(epochDays, date.toEpochDay());
    return found >= 0 ? found : -found - 1;
  }

  boolean isTradingDay(LocalDate date) {
    return Arrays.binarySearch(epochDays, date.toEpochDay()) >= 0;
  }
}
