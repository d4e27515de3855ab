package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.TradingDay;
import com.alphaxiii.polygon.core.Market;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** What stands on a symbol's board now: the session so far, the one before, the newest prints. */
final class Boards {
  /** When the vendor wipes the last session of the exchanges, New York. */
  private static final LocalTime WIPED = LocalTime.of(3, 30);

  private static final int NEAR_DAYS = 10;

  private final MarketData data;
  private final LiveFeed live;
  private final DayBars days;
  private final InstantSource clock;
  private final MarketCalendar calendar = MarketCalendar.usEquities();

  Boards(MarketData data, LiveFeed live, DayBars days, InstantSource clock) {
    this.data = data;
    this.live = live;
    this.days = days;
    this.clock = clock;
  }

  /** The board of a symbol that is known. */
  Board of(String symbol) {
    LocalDate session = session(symbol);
    return new Board(
        symbol,
        session,
        trading(symbol, session),
        days.on(symbol, session),
        days.before(symbol, session).map(bar -> days.adjusted(symbol, bar)),
        days.minutes(symbol, session),
        live.lastTrade(symbol).or(() -> newest(symbol, data::trades)),
        newest(symbol, data::quotes));
  }

  /**
   * The day that is shown. On the exchanges it begins when the last one is wiped, and stays over
   * weekends and holidays unless something trades then; elsewhere it is the market's day.
   */
  private LocalDate session(String symbol) {
    LocalDate today = days.today(symbol);
    if (Universe.isOf(Market.CRYPTO, symbol) || Universe.isOf(Market.FOREX, symbol)) {
      return today;
    }
    if (Universe.isOf(Market.FUTURES, symbol)) {
      return FuturesApi.sessionOf(clock.instant().atZone(Market.CHICAGO));
    }
    ZonedDateTime now = clock.instant().atZone(Market.NEW_YORK);
    LocalDate day = now.toLocalTime().isBefore(WIPED) ? today.minusDays(1) : today;
    for (int i = 0; i < NEAR_DAYS; i++) {
      LocalDate candidate = day.minusDays(i);
      if (calendar.tradingDay(candidate).isPresent() || days.on(symbol, candidate).isPresent()) {
        return candidate;
      }
    }
    return day;
  }

  private Optional<TradingDay> trading(String symbol, LocalDate session) {
    return Universe.isOf(Market.STOCKS, symbol) ? calendar.tradingDay(session) : Optional.empty();
  }

  private <T> Optional<T> newest(String symbol, BiFunction<String, LocalDate, List<T>> ticks) {
    LocalDate today = days.today(symbol);
    LocalDate near = today.minusDays(NEAR_DAYS);
    return newest(symbol, near, today, ticks)
        .or(() -> newest(symbol, LocalDate.EPOCH, near.minusDays(1), ticks));
  }

  private <T> Optional<T> newest(
      String symbol,
      LocalDate first,
      LocalDate last,
      BiFunction<String, LocalDate, List<T>> ticks) {
    return data.tickDays(symbol, first, last).reversed().stream()
        .map(day -> ticks.apply(symbol, day))
        .filter(list -> !list.isEmpty())
        .map(List::getLast)
        .findFirst();
  }
}
