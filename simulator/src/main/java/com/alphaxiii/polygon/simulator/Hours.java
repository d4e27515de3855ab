package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.Market;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * When the markets beside the stocks trade. Forex: from Sunday to Friday 17:00 New York, without a
 * break. Crypto: always. Indices: the regular hours of the exchanges. Futures: each session from
 * 17:00 Chicago of the day before to 16:00, Monday to Friday.
 */
final class Hours {
  private static final int FOREX_HOUR = 17;
  private static final int FUTURES_OPEN = 17;
  private static final int FUTURES_CLOSE = 16;

  private Hours() {}

  /** A span of time, Unix ms, the end exclusive. */
  record Span(long start, long end) {}

  /** The first day of a market's history. */
  static LocalDate beginning(Market market) {
    return switch (market) {
      case STOCKS -> ModelCalendar.FIRST;
      case OPTIONS -> LocalDate.of(2014, 6, 2);
      case FOREX -> LocalDate.of(2009, 9, 25);
      case CRYPTO -> LocalDate.of(2010, 7, 19);
      case INDICES -> LocalDate.of(2023, 2, 14);
      case FUTURES -> LocalDate.of(2017, 4, 3);
    };
  }

  /** When a market trades on what it counts as a day, in its own zone. */
  static List<Span> of(Market market, LocalDate day) {
    DayOfWeek weekday = day.getDayOfWeek();
    return switch (market) {
      case CRYPTO -> List.of(span(ZoneOffset.UTC, day.atStartOfDay(), 24));
      case FOREX -> {
        LocalDateTime start = day.atStartOfDay();
        yield switch (weekday) {
          case SATURDAY -> List.of();
          case SUNDAY -> List.of(span(Market.NEW_YORK, start.plusHours(FOREX_HOUR), 7));
          case FRIDAY -> List.of(span(Market.NEW_YORK, start, FOREX_HOUR));
          default -> List.of(new Span(Days.startOf(day), Days.startOf(day.plusDays(1))));
        };
      }
      case FUTURES -> {
        if (weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY) {
          yield List.of();
        }
        yield List.of(
            new Span(
                millis(Market.CHICAGO, day.minusDays(1).atTime(FUTURES_OPEN, 0)),
                millis(Market.CHICAGO, day.atTime(FUTURES_CLOSE, 0))));
      }
      case STOCKS, OPTIONS, INDICES ->
          MarketCalendar.usEquities().tradingDay(day).stream()
              .map(open -> new Span(open.open().toEpochMilli(), open.close().toEpochMilli()))
              .toList();
    };
  }

  /** The spans of trading that meet a stretch of time, cut to it. */
  static List<Span> within(Market market, long start, long end) {
    var spans = new ArrayList<Span>();
    LocalDate day = dayOf(market, start).minusDays(1);
    LocalDate last = dayOf(market, end - 1).plusDays(1);
    for (; !day.isAfter(last); day = day.plusDays(1)) {
      for (Span span : of(market, day)) {
        if (span.start() < end && span.end() > start) {
          spans.add(new Span(Math.max(start, span.start()), Math.min(end, span.end())));
        }
      }
    }
    return spans;
  }

  /** The calendar day of an instant, Unix ms, in a market's zone. */
  static LocalDate dayOf(Market market, long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), market.zone());
  }

  /** Midnight of a day in a market's zone, Unix ms. */
  static long startOf(Market market, LocalDate day) {
    return millis(market.zone(), day.atStartOfDay());
  }

  private static Span span(ZoneId zone, LocalDateTime start, int hours) {
    return new Span(millis(zone, start), millis(zone, start.plusHours(hours)));
  }

  private static long millis(ZoneId zone, LocalDateTime local) {
    return local.atZone(zone).toInstant().toEpochMilli();
  }
}
