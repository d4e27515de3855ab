package com.alphaxiii.polygon.calendar;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Session;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * A day on which US equities trade, with its sessions. Each session is half-open: the instant of
 * the close belongs to the post session.
 *
 * @param date the day in New York
 * @param earlyClose true when the regular session was planned to end at 13:00
 */
public record TradingDay(LocalDate date, boolean earlyClose) {
  private static final LocalTime PRE_OPEN = LocalTime.of(4, 0);
  private static final LocalTime POST_CLOSE = LocalTime.of(20, 0);
  private static final LocalTime EARLY_POST_CLOSE = LocalTime.of(17, 0);

  /** Start of the pre session: 04:00 New York time. */
  public Instant preOpen() {
    return at(PRE_OPEN);
  }

  /** Start of the regular session: 09:30 New York time, later on the few days of a late open. */
  public Instant open() {
    return at(openTime());
  }

  /** End of the regular session: 16:00 New York time, 13:00 on days of an early close. */
  public Instant close() {
    return at(closeTime());
  }

  /** End of the post session: 20:00 New York time, 17:00 on days of an early close. */
  public Instant postClose() {
    return at(postCloseTime());
  }

  /** The session that holds an instant; empty when none does. */
  public Optional<Session> sessionAt(Instant at) {
    ZonedDateTime local = at.atZone(Market.NEW_YORK);
    LocalTime time = local.toLocalTime();
    if (!local.toLocalDate().equals(date)
        || time.isBefore(PRE_OPEN)
        || !time.isBefore(postCloseTime())) {
      return Optional.empty();
    }
    if (time.isBefore(openTime())) {
      return Optional.of(Session.PRE);
    }
    return Optional.of(time.isBefore(closeTime()) ? Session.REGULAR : Session.POST);
  }

  private LocalTime openTime() {
    return UsEquityRules.openTime(date);
  }

  private LocalTime closeTime() {
    return UsEquityRules.closeTime(date, earlyClose);
  }

  private LocalTime postCloseTime() {
    return earlyClose ? EARLY_POST_CLOSE : POST_CLOSE;
  }

  private Instant at(LocalTime time) {
    return date.atTime(time).atZone(Market.NEW_YORK).toInstant();
  }
}
