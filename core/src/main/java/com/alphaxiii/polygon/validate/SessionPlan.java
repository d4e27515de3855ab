package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.TradingDay;
import com.alphaxiii.polygon.core.Market;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When a market trades on a day of its zone, all as Unix ms; equal bounds mean not at all.
 *
 * @param first when the earliest bars may start
 * @param open when trading is in full swing
 * @param close the end of that
 * @param last when the latest bars have ended
 */
record SessionPlan(long midnight, long nextMidnight, long first, long open, long close, long last) {
  private static final MarketCalendar EQUITIES = MarketCalendar.usEquities();
  private static final LocalTime FOREX_TURN = LocalTime.of(17, 0);

  /** Chicago's time: grains open their day session then, and early closes come later. */
  private static final LocalTime FUTURES_OPEN = LocalTime.of(8, 30);

  private static final LocalTime FUTURES_CLOSE = LocalTime.of(12, 0);

  /** Options on indices and funds trade a quarter of an hour longer. */
  private static final long OPTION_OVERTIME_MILLIS = 15 * 60_000L;

  static SessionPlan of(Market market, LocalDate day) {
    ZoneId zone = market.zone();
    long midnight = millis(day, LocalTime.MIDNIGHT, zone);
    long next = millis(day.plusDays(1), LocalTime.MIDNIGHT, zone);
    return switch (market) {
      case STOCKS -> stocks(day, midnight, next);
      case OPTIONS, INDICES -> regular(day, midnight, next);
      case CRYPTO -> new SessionPlan(midnight, next, midnight, midnight, next, next);
      case FOREX -> forex(day, midnight, next);
      // Hours differ by product: only the weekend is known.
      case FUTURES ->
          day.getDayOfWeek() == DayOfWeek.SATURDAY
              ? closed(midnight, next)
              : new SessionPlan(midnight, next, midnight, midnight, midnight, next);
    };
  }

  /**
   * The hours of a day in which a ticker that trades must have bars. Futures differ by product, but
   * all of CME's trade on the days of the stock exchanges, through the hours before their noon.
   */
  static SessionPlan due(Market market, LocalDate day) {
    SessionPlan plan = of(market, day);
    if (market != Market.FUTURES || EQUITIES.tradingDay(day).isEmpty()) {
      return plan;
    }
    long from = millis(day, FUTURES_OPEN, market.zone());
    long to = millis(day, FUTURES_CLOSE, market.zone());
    return new SessionPlan(plan.midnight, plan.nextMidnight, plan.first, from, to, plan.last);
  }

  private static SessionPlan closed(long midnight, long next) {
    return new SessionPlan(midnight, next, midnight, midnight, midnight, midnight);
  }

  private static SessionPlan stocks(LocalDate day, long midnight, long next) {
    Optional<TradingDay> trading = EQUITIES.tradingDay(day);
    if (trading.isEmpty()) {
      return closed(midnight, next);
    }
    TradingDay hours = trading.get();
    return new SessionPlan(
        midnight,
        next,
        hours.preOpen().toEpochMilli(),
        hours.open().toEpochMilli(),
        hours.close().toEpochMilli(),
        hours.postClose().toEpochMilli());
  }

  private static SessionPlan regular(LocalDate day, long midnight, long next) {
    Optional<TradingDay> trading = EQUITIES.tradingDay(day);
    if (trading.isEmpty()) {
      return closed(midnight, next);
    }
    long open = trading.get().open().toEpochMilli();
    long close = trading.get().close().toEpochMilli();
    return new SessionPlan(midnight, next, open, open, close, close + OPTION_OVERTIME_MILLIS);
  }

  private static SessionPlan forex(LocalDate day, long midnight, long next) {
    long turn = millis(day, FOREX_TURN, Market.NEW_YORK);
    return switch (day.getDayOfWeek()) {
      case SATURDAY -> closed(midnight, next);
      case SUNDAY -> new SessionPlan(midnight, next, turn, turn, next, next);
      case FRIDAY -> new SessionPlan(midnight, next, midnight, midnight, turn, turn);
      default -> new SessionPlan(midnight, next, midnight, midnight, next, next);
    };
  }

  private static long millis(LocalDate day, LocalTime time, ZoneId zone) {
    return day.atTime(time).atZone(zone).toInstant().toEpochMilli();
  }

  boolean trades() {
    return last > first;
  }
}
