package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Trade;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where history of one topic meets its live events, so that no event comes twice: each is let
 * through from that side which brings it first. For two threads: the feed's and the one that
 * fetches history.
 */
final class Seam {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Sightings live = new Sightings();
  private final Sightings fetched = new Sightings();

  /** Live events that were kept back because history had brought them. */
  private final Sightings absorbed = new Sightings();

  /** The vendor's time, Unix ms, after which no live event can be part of what is fetched. */
  private long until = Long.MIN_VALUE;

  private int users;

  /** History up to a time of the vendor is going to be fetched. */
  synchronized void begin(Instant to) {
    if (users == 0) {
      // What came before this gap is told apart by the last event before it.
      live.clear();
    }
    until = Math.max(until, to.toEpochMilli());
    users++;
  }

  /** It has been; true when nothing else of the topic is being fetched. */
  synchronized boolean end() {
    return --users == 0;
  }

  /** Notes a live event; true when history has brought it already and it must not come again. */
  synchronized boolean repeats(TickerEvent event) {
    if (Math.floorDiv(event.time(), NANOS_PER_MILLI) > until) {
      return false;
    }
    EventMark mark = EventMark.of(event);
    if (fetched.count(mark) > absorbed.count(mark)) {
      absorbed.add(mark);
      return true;
    }
    live.add(mark);
    return false;
  }

  /**
   * Those of history that have not come live nor in an earlier piece of history; the live ones must
   * not come any more from now on.
   */
  synchronized List<TickerEvent> missing(List<? extends TickerEvent> history) {
    Sightings here = new Sightings();
    List<TickerEvent> missing = new ArrayList<>();
    for (TickerEvent event : history) {
      EventMark mark = EventMark.of(event);
      if (here.add(mark) > live.count(mark) + fetched.count(mark)) {
        missing.add(event);
      }
    }
    missing.forEach(event -> fetched.add(EventMark.of(event)));
    return missing;
  }

  /**
   * True when events that came live between two times are not in history yet, which then may lack
   * others too.
   */
  synchronized boolean lags(List<? extends TickerEvent> history, Instant from, Instant to) {
    Sightings here = new Sightings();
    history.forEach(event -> here.add(EventMark.of(event)));
    return !live.isWithin(here, from.toEpochMilli(), to.toEpochMilli());
  }

  /**
   * Those of history, in order, that come after an event that was delivered.
   *
   * @param last null when none was
   */
  static List<? extends TickerEvent> after(
      List<? extends TickerEvent> history, @Nullable TickerEvent last) {
    if (last == null) {
      return history;
    }
    OptionalInt same = lastIndexOf(history, EventMark.of(last));
    if (same.isPresent() && !EventMark.hasNumber(last)) {
      return history.subList(same.getAsInt() + 1, history.size());
    }
    return history.stream().filter(event -> isAfter(event, last)).toList();
  }

  private static OptionalInt lastIndexOf(List<? extends TickerEvent> history, EventMark mark) {
    for (int i = history.size() - 1; i >= 0; i--) {
      if (EventMark.of(history.get(i)).equals(mark)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static boolean isAfter(TickerEvent event, TickerEvent last) {
    if (EventMark.hasNumber(event) && EventMark.hasNumber(last)) {
      int days = day(event).compareTo(day(last));
      return days > 0 || (days == 0 && number(event) > number(last));
    }
    return Math.floorDiv(event.time(), NANOS_PER_MILLI)
        > Math.floorDiv(last.time(), NANOS_PER_MILLI);
  }

  private static LocalDate day(TickerEvent event) {
    return LocalDate.ofInstant(
        Instant.ofEpochMilli(Math.floorDiv(event.time(), NANOS_PER_MILLI)),
        event.ticker().market().zone());
  }

  private static long number(TickerEvent event) {
    return switch (event) {
      case Trade trade -> trade.sequence();
      case Quote quote -> quote.sequence();
      default -> 0;
    };
  }
}
