package com.alphaxiii.polygon.calendar;

import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * What a market does at an instant, and when it next opens and closes.
 *
 * @param day the trading day of New York's date; empty on weekends and holidays
 * @param session of that day, in lower case, such as {@code regular}; empty outside of them
 * @param nextOpen of the regular session, after the instant
 * @param nextClose of the regular session, after the instant
 */
public record MarketMoment(
    Instant at,
    MarketPhase phase,
    Optional<TradingDay> day,
    Optional<String> session,
    Instant nextOpen,
    Instant nextClose) {

  /** At an instant, by a calendar. */
  public static MarketMoment of(MarketCalendar calendar, Instant at) {
    LocalDate today = LocalDate.ofInstant(at, Market.NEW_YORK);
    Optional<TradingDay> day = calendar.tradingDay(today);
    TradingDay opening =
        day.filter(d -> at.isBefore(d.open())).orElseGet(() -> calendar.next(today));
    TradingDay closing =
        day.filter(d -> at.isBefore(d.close())).orElseGet(() -> calendar.next(today));
    return new MarketMoment(
        at,
        calendar.phase(at),
        day,
        day.flatMap(d -> d.sessionAt(at)).map(s -> s.name().toLowerCase(Locale.ROOT)),
        opening.open(),
        closing.close());
  }

  /** Whether the day's regular session ends early. */
  public boolean earlyClose() {
    return day.map(TradingDay::earlyClose).orElse(false);
  }
}
