package com.alphaxiii.polygon.calendar;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarSource;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Session;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bars of one session of each trading day. A window longer than the stored one may reach over the
 * end of a session (the hour of the opening begins at 9:00), so bars of a session are made here, of
 * the short bars within it.
 */
public final class SessionBars {
  private final BarSource source;
  private final MarketCalendar calendar;

  /** Bars of a source, in the sessions of a calendar. */
  public SessionBars(BarSource source, MarketCalendar calendar) {
    this.source = source;
    this.calendar = calendar;
  }

  /**
   * What answers a question.
   *
   * @param answer of the source, maybe with shorter bars than were asked for
   * @param bars of the session, in the timeframe asked for
   */
  public record Selection(BarAnswer answer, Bars bars) {}

  /**
   * The bars of a session.
   *
   * @throws PolygonException.InvalidRequest when the ticker or timeframe has no sessions
   */
  public Selection bars(BarRequest request, Session session) {
    why(request, session)
        .ifPresent(
            reason -> {
              throw new PolygonException.InvalidRequest("session", session.toString(), reason);
            });
    Timeframe timeframe = request.timeframe();
    BarAnswer answer = source.bars(fetched(request));
    Bars kept = keep(answer.bars(), session);
    return new Selection(
        answer, kept.timeframe().equals(timeframe) ? kept : kept.resample(timeframe));
  }

  private static Optional<String> why(BarRequest request, Session session) {
    if (!request.timeframe().timespan().isIntraday()) {
      return Optional.of(
          "bars of a day or longer cover all sessions: ask for a timeframe within the day");
    }
    return hasSessions(request.ticker().market())
        ? Optional.empty()
        : Optional.of(
            "%s does not trade in sessions: leave out %s".formatted(request.ticker(), session));
  }

  /** Whether a market trades in sessions. */
  public static boolean hasSessions(Market market) {
    return market == Market.STOCKS || market == Market.OPTIONS || market == Market.INDICES;
  }

  private static BarRequest fetched(BarRequest request) {
    Optional<Timeframe> base = request.timeframe().base();
    return base.isEmpty()
        ? request
        : new BarRequest(
            request.ticker(),
            base.get(),
            request.timeframe().snap(request.range(), request.ticker().market().zone()),
            request.adjustment(),
            request.asOf(),
            request.useCache());
  }

  /** The bars that start within the session. */
  private Bars keep(Bars bars, Session session) {
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
