package com.alphaxiii.polygon.calendar;

import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZonedDateTime;

/**
 * When the markets that the vendor streams are busy, so that silence there means something. Stocks
 * follow the equity calendar; options and indices its regular session; forex is open from Sunday to
 * Friday 17:00 New York time; futures from Sunday 17:00 to Friday 16:00 Chicago time with a break
 * of an hour each day; crypto always.
 *
 * <p>Where hours differ by product or are not known, a market counts as closed: futures on days on
 * which equities close or close early, forex at Christmas and New Year.
 */
public final class MarketHours {
  private static final LocalTime FOREX_TURN = LocalTime.of(17, 0);
  private static final LocalTime FUTURES_CLOSE = LocalTime.of(16, 0);
  private static final LocalTime FUTURES_OPEN = LocalTime.of(17, 0);

  private final MarketCalendar equities;

  private MarketHours(MarketCalendar equities) {
    this.equities = equities;
  }

  /** By the calendar of NYSE and Nasdaq. */
  public static MarketHours usual() {
    return new MarketHours(MarketCalendar.usEquities());
  }

  /** What a market does at an instant. */
  public MarketPhase phase(Market market, Instant at) {
    return switch (market) {
      case STOCKS -> equities.phase(at);
      case OPTIONS, INDICES ->
          equities.phase(at) == MarketPhase.OPEN ? MarketPhase.OPEN : MarketPhase.CLOSED;
      case CRYPTO -> MarketPhase.OPEN;
      case FOREX -> openIf(forex(at.atZone(Market.NEW_YORK)));
      case FUTURES -> openIf(futures(at.atZone(Market.CHICAGO)));
    };
  }

  private static MarketPhase openIf(boolean open) {
    return open ? MarketPhase.OPEN : MarketPhase.CLOSED;
  }

  private static boolean forex(ZonedDateTime local) {
    boolean holiday =
        (local.getMonth() == Month.DECEMBER && local.getDayOfMonth() == 25)
            || (local.getMonth() == Month.JANUARY && local.getDayOfMonth() == 1);
    boolean late = !local.toLocalTime().isBefore(FOREX_TURN);
    return !holiday
        && switch (local.getDayOfWeek()) {
          case SATURDAY -> false;
          case SUNDAY -> late;
          case FRIDAY -> !late;
          default -> true;
        };
  }

  private boolean futures(ZonedDateTime local) {
    LocalTime time = local.toLocalTime();
    boolean morning = time.isBefore(FUTURES_CLOSE);
    boolean evening = !time.isBefore(FUTURES_OPEN);
    // An evening belongs to the next day's session.
    ZonedDateTime session = evening ? local.plusDays(1) : local;
    boolean usual =
        equities.tradingDay(session.toLocalDate()).filter(day -> !day.earlyClose()).isPresent();
    return usual
        && switch (local.getDayOfWeek()) {
          case SATURDAY -> false;
          case SUNDAY -> evening;
          case FRIDAY -> morning;
          default -> morning || evening;
        };
  }
}
