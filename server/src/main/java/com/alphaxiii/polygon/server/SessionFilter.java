package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.TradingDay;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Session;
import com.alphaxiii.polygon.core.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Keeps the bars of one session of each trading day. */
final class SessionFilter {
  private final MarketCalendar calendar;

  SessionFilter(MarketCalendar calendar) {
    this.calendar = calendar;
  }

  /** The bars that start within the session. */
  Bars keep(Bars bars, Session session) {
    if (bars.isEmpty()) {
      return bars;
    }
    LocalDate first = day(bars.start(0));
    LocalDate last = day(bars.start(bars.size() - 1));
    List<Bars> parts = new ArrayList<>();
    for (TradingDay day : calendar.tradingDays(first, last)) {
      Bars part = bars.slice(hours(day, session));
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    return Bars.concat(bars.ticker(), bars.timeframe(), parts);
  }

  private static TimeRange hours(TradingDay day, Session session) {
    return switch (session) {
      case PRE -> TimeRange.of(day.preOpen(), day.open());
      case REGULAR -> TimeRange.of(day.open(), day.close());
      case POST -> TimeRange.of(day.close(), day.postClose());
    };
  }

  private static LocalDate day(long epochMillis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(epochMillis), Market.NEW_YORK);
  }
}
