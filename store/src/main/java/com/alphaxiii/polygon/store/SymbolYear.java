package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is evicted together: all files of a symbol that hold bars or ticks of one New York year, or
 * its day bars of all years.
 *
 * @param year the first four letters of the names of its files; {@code all} for day bars
 */
record SymbolYear(String symbol, String year) {
  /** Those that a stretch of a series lies in, as far as there can be bars. */
  static List<SymbolYear> of(Series series, TimeRange wanted, Instant now) {
    Instant start = Coverage.latest(wanted.start(), PartKey.EARLIEST);
    Instant end = Coverage.earliest(wanted.end(), now);
    TimeRange range = TimeRange.of(start, Coverage.latest(start, end));
    String symbol = series.ticker().symbol();
    if (!series.isIntraday()) {
      return List.of(new SymbolYear(symbol, PartKey.WHOLE));
    }
    List<SymbolYear> years = new ArrayList<>();
    if (!range.isEmpty()) {
      int last = year(range.end().minusMillis(1));
      for (int year = year(range.start()); year <= last; year++) {
        years.add(new SymbolYear(symbol, "%04d".formatted(year)));
      }
    }
    return years;
  }

  static SymbolYear of(PartKey key) {
    return of(key.series().ticker().symbol(), key.name());
  }

  static SymbolYear of(TickDay day) {
    return of(day.ticker().symbol(), day.day().toString());
  }

  private static SymbolYear of(String symbol, String name) {
    return new SymbolYear(symbol, name.substring(0, Math.min(4, name.length())));
  }

  private static int year(Instant instant) {
    return instant.atZone(Market.NEW_YORK).getYear();
  }

  @Override
  public String toString() {
    return symbol + " " + year;
  }
}
