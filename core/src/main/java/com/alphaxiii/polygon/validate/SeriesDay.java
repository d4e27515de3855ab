package com.alphaxiii.polygon.validate;

import java.time.LocalDate;

/**
 * The rows of one day of a series, at least one.
 *
 * @param from first row
 * @param to after the last row
 * @param regularFrom first row of those that start in the regular session, or in a window that
 *     reaches into it
 * @param regularTo after the last of those
 */
record SeriesDay(
    LocalDate date, SessionPlan plan, int from, int to, int regularFrom, int regularTo) {
  int size() {
    return to - from;
  }

  int regularSize() {
    return regularTo - regularFrom;
  }
}
