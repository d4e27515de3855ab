package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is evicted together: all files of a symbol that hold bars of one New York year, or its day
 * bars of all years, or its ticks of one year.
 *
 * @param year the first four letters of the names of its files; {@code all} for day bars
 * @param ticks whether they hold trades and quotes, which are large and used otherwise than bars
 */
record SymbolYear(String symbol, String year, boolean ticks) {
  /** What the catalog adds to the year of ticks. */
  static final String TICKS = " ticks";

  /** Those that a stretch of a series lies in, as far as there can be bars. */
  static List<SymbolYear> of(Series series, TimeRange wanted, Instant now) {
    Instant start = Coverage.latest(wanted.start(), PartKey.EARLIEST);
    Instant end = Coverage.earliest(wanted.end(), now);
    TimeRange range = TimeRange.of(start, Coverage.latest(start, end));
    String symbol = series.ticker().symbol();
    if (!series.isIntraday()) {
      return List.of(new SymbolYear(symbol, PartKey.WHOLE, false));
    }
    List<SymbolYear> years = new ArrayList<>();
    if (!range.isEmpty()) {
      int last = year(range.end().minusMillis(1));
      for (int year = year(range.start()); year <= last; year++) {
        years.add(new SymbolYear(symbol, "%04d".formatted(year), false));
      }
    }
    return years;
  }

  static SymbolYear of(PartKey key) {
    return of(key.series().ticker().symbol(), key.name(), false);
  }

  static SymbolYear of(TickDay day) {
    return of(day.ticker().symbol(), day.day().toString(), true);
  }

  private static SymbolYear of(String symbol, String name, boolean ticks) {
    return new SymbolYear(symbol, name.substring(0, Math.min(4, name.length())), ticks);
  }

  private static int year(Instant instant) {
    return instant.atZone(Market.NEW_YORK).getYear();
  }

  /** The year as the catalog notes its use. */
  String word() {
    return ticks ? year + TICKS : year;
  }

  @Override
  public String toString() {
    return symbol + " " + word();
  }
}
