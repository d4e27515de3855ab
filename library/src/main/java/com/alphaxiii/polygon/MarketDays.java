package com.alphaxiii.polygon;

import com.alphaxiii.polygon.client.FlatBars;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Several days of a whole market read side by side: each is sorted by ticker, so that one ticker's
 * bars of all days come together and no more is in memory.
 */
final class MarketDays implements AutoCloseable {
  /** A day with the ticker that it stands on. */
  private record Day(LocalDate date, FlatBars bars) {
    Ticker ticker() {
      return bars.bars().ticker();
    }
  }

  private final List<FlatBars> all = new ArrayList<>();
  private final PriorityQueue<Day> next =
      new PriorityQueue<>(Comparator.comparing(Day::ticker).thenComparing(Day::date));
  private final Map<LocalDate, Integer> rows = new TreeMap<>();

  /** A day's file that can be read no further. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final LocalDate day;
    private final PolygonException error;

    Broken(LocalDate day, PolygonException error) {
      super(error);
      this.day = day;
      this.error = error;
    }

    LocalDate day() {
      return day;
    }

    PolygonException error() {
      return error;
    }
  }

  void add(LocalDate date, FlatBars bars) {
    all.add(bars);
    advance(new Day(date, bars));
  }

  private void advance(Day day) {
    try {
      if (day.bars().next()) {
        next.add(day);
      }
    } catch (PolygonException e) {
      throw new Broken(day.date(), e);
    }
  }

  boolean hasNext() {
    return !next.isEmpty();
  }

  /**
   * All bars of the next ticker; {@link #rows} tells of which days.
   *
   * @throws Broken when a file cannot be read on; then there is nothing more to be had of the
   *     others
   */
  Bars next() {
    rows.clear();
    List<Bars> pieces = new ArrayList<>();
    Bars first = next.element().bars().bars();
    while (!next.isEmpty() && next.element().ticker().equals(first.ticker())) {
      Day day = next.remove();
      rows.put(day.date(), day.bars().bars().size());
      pieces.add(day.bars().bars());
      advance(day);
    }
    return Bars.concat(first.ticker(), first.timeframe(), pieces);
  }

  /** How many of the bars that {@link #next} gave are of which day. */
  Map<LocalDate, Integer> rows() {
    return rows;
  }

  @Override
  public void close() {
    all.forEach(FlatBars::close);
  }
}
