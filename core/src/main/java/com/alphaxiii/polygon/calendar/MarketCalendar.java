package com.alphaxiii.polygon.calendar;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Session;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * When US equities trade, in New York time: pre 04:00–09:30, regular 09:30–16:00, post 16:00–20:00;
 * on days of an early close regular to 13:00 and post to 17:00. Days come from the exchanges' rules
 * and a short list of days that no rule foretells (2001 to 2025): closures, late opens such as
 * 2001-09-17 09:33, and the close of 2005-06-01 at 15:56. Trading halts within a day are not known
 * here.
 *
 * <p>Safe for use by many threads.
 */
public final class MarketCalendar {
  private static final MarketCalendar US_EQUITIES = new MarketCalendar();

  /** From this New York time on, bars of the day before are final. */
  private static final LocalTime SETTLED = LocalTime.of(11, 0);

  // Years that somebody asks for by mistake shall not fill the memory.
  private static final int FIRST_KEPT_YEAR = 1900;
  private static final int LAST_KEPT_YEAR = 2200;

  private final ConcurrentMap<Integer, Year> years = new ConcurrentHashMap<>();

  private MarketCalendar() {}

  /** The calendar of NYSE and Nasdaq. */
  public static MarketCalendar usEquities() {
    return US_EQUITIES;
  }

  /** True when the market opens on that New York day. */
  public boolean isTradingDay(LocalDate day) {
    return day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0 && !year(day).closed(day);
  }

  /** The sessions of a New York day; empty when the market stays closed. */
  public Optional<TradingDay> tradingDay(LocalDate day) {
    return isTradingDay(day) ? Optional.of(open(day)) : Optional.empty();
  }

  /** The trading days from {@code first} to {@code last}, both included; none when they cross. */
  public List<TradingDay> tradingDays(LocalDate first, LocalDate last) {
    List<TradingDay> days = new ArrayList<>();
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      if (isTradingDay(day)) {
        days.add(open(day));
      }
    }
    return days;
  }

  /** The first trading day after a day. */
  public TradingDay next(LocalDate day) {
    LocalDate next = day.plusDays(1);
    while (!isTradingDay(next)) {
      next = next.plusDays(1);
    }
    return open(next);
  }

  /** The last trading day before a day. */
  public TradingDay previous(LocalDate day) {
    LocalDate previous = day.minusDays(1);
    while (!isTradingDay(previous)) {
      previous = previous.minusDays(1);
    }
    return open(previous);
  }

  /** What the market does at an instant, by plan. */
  public MarketPhase phase(Instant at) {
    return tradingDay(LocalDate.ofInstant(at, Market.NEW_YORK))
        .flatMap(day -> day.sessionAt(at))
        .map(session -> session == Session.REGULAR ? MarketPhase.OPEN : MarketPhase.EXTENDED)
        .orElse(MarketPhase.CLOSED);
  }

  /**
   * Bars that start before this instant no longer change: the vendor rebuilds a day overnight and
   * in the next morning. It is the midnight of today in New York once it is 11:00 there, before
   * that the midnight of yesterday.
   */
  public Instant settledUntil(Instant now) {
    ZonedDateTime local = now.atZone(Market.NEW_YORK);
    LocalDate today = local.toLocalDate();
    LocalDate first = local.toLocalTime().isBefore(SETTLED) ? today.minusDays(1) : today;
    return first.atStartOfDay(Market.NEW_YORK).toInstant();
  }

  private TradingDay open(LocalDate day) {
    return new TradingDay(day, year(day).early(day));
  }

  private Year year(LocalDate day) {
    int year = day.getYear();
    return year < FIRST_KEPT_YEAR || year > LAST_KEPT_YEAR
        ? Year.of(year)
        : years.computeIfAbsent(year, Year::of);
  }

  /** The special days of one year by their day of the year; never changed once made. */
  private record Year(BitSet closures, BitSet earlyCloses) {
    static Year of(int year) {
      return new Year(bits(UsEquityRules.closures(year)), bits(UsEquityRules.earlyCloses(year)));
    }

    private static BitSet bits(Set<LocalDate> days) {
      BitSet bits = new BitSet();
      days.forEach(day -> bits.set(day.getDayOfYear()));
      return bits;
    }

    boolean closed(LocalDate day) {
      return closures.get(day.getDayOfYear());
    }

    boolean early(LocalDate day) {
      return earlyCloses.get(day.getDayOfYear());
    }
  }
}
