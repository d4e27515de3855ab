package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * One file of ticks.
 *
 * @param kind {@code trades} or {@code quotes}
 * @param day of the ticker's market: of New York, or of UTC for crypto
 */
record TickDay(Ticker ticker, String kind, LocalDate day) {
  private static final long NANOS = 1_000_000_000L;

  TimeRange range() {
    return TimeRange.ofDays(day, day, ticker.market().zone());
  }

  /** The name of the folder that the day's file lies in, without its ending. */
  String series() {
    return SymbolPath.encode(ticker) + "_" + kind;
  }

  /** Unix ns of an instant; the last there is for one beyond the year 2262. */
  static long nanos(Instant at) {
    if (Math.abs(at.getEpochSecond()) >= Long.MAX_VALUE / NANOS) {
      return at.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return at.getEpochSecond() * NANOS + at.getNano();
  }

  /** The date of a time in Unix ns. */
  static LocalDate date(long nanos, ZoneId zone) {
    return LocalDate.ofInstant(
        Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS)), zone);
  }

  @Override
  public String toString() {
    return "%s of %s %s".formatted(kind, ticker, day);
  }
}
