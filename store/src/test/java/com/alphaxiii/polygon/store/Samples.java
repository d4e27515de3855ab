package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.TradingDay;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;

/** Bars and times for tests. */
final class Samples {
  static final MarketCalendar CALENDAR = MarketCalendar.usEquities();
  static final Ticker AAPL = Ticker.of("AAPL");
  static final Timeframe MIN5 = Timeframe.parse("5min");

  private Samples() {}

  /** A clock that tests set. */
  static final class TestClock implements InstantSource {
    private volatile Instant now;

    TestClock(String now) {
      this.now = Instant.parse(now);
    }

    void set(Instant instant) {
      now = instant;
    }

    void set(String instant) {
      set(Instant.parse(instant));
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  static TimeRange days(String first, String last) {
    return TimeRange.ofDays(LocalDate.parse(first), LocalDate.parse(last), Market.NEW_YORK);
  }

  /**
   * Minute bars of the trading days of a range, some of each session; each number follows from the
   * ticker and the minute alone.
   */
  static Bars minutes(Ticker ticker, TimeRange range, int everyMinutes) {
    BarsBuilder bars = Bars.builder(ticker, Timeframe.MINUTE_1);
    for (TradingDay day : tradingDays(range)) {
      long end = day.postClose().toEpochMilli();
      for (long at = day.preOpen().toEpochMilli(); at < end; at += 60_000L * everyMinutes) {
        if (Math.floorMod(hash(ticker, at), 5) > 0) {
          add(bars, ticker, at);
        }
      }
    }
    return bars.build().slice(range);
  }

  /** Up to three weeks of days between March and June 2014. */
  static TimeRange someDays(Random random) {
    LocalDate first = LocalDate.parse("2014-03-03").plusDays(random.nextInt(100));
    return TimeRange.ofDays(first, first.plusDays(random.nextInt(20)), Market.NEW_YORK);
  }

  /** Minute bars around the clock, for markets that never close. */
  static Bars everyMinutes(Ticker ticker, TimeRange range, int everyMinutes) {
    BarsBuilder bars = Bars.builder(ticker, Timeframe.MINUTE_1);
    long end = range.end().toEpochMilli();
    for (long at = range.start().toEpochMilli(); at < end; at += 60_000L * everyMinutes) {
      add(bars, ticker, at);
    }
    return bars.build();
  }

  /** Day bars of a market that never closes. */
  static Bars everyDay(Ticker ticker, TimeRange range) {
    BarsBuilder bars = Bars.builder(ticker, Timeframe.DAY_1);
    long at = Timeframe.DAY_1.windowStart(range.start().toEpochMilli(), ticker.market().zone());
    for (;
        at < range.end().toEpochMilli();
        at = Timeframe.DAY_1.windowEnd(at, ticker.market().zone())) {
      add(bars, ticker, at);
    }
    return bars.build();
  }

  /** Day bars of the trading days of a range. */
  static Bars dailies(Ticker ticker, TimeRange range) {
    BarsBuilder bars = Bars.builder(ticker, Timeframe.DAY_1);
    for (TradingDay day : tradingDays(range)) {
      add(bars, ticker, day.date().atStartOfDay(Market.NEW_YORK).toInstant().toEpochMilli());
    }
    return bars.build().slice(range);
  }

  private static List<TradingDay> tradingDays(TimeRange range) {
    return CALENDAR.tradingDays(
        LocalDate.ofInstant(range.start(), Market.NEW_YORK),
        LocalDate.ofInstant(range.end(), Market.NEW_YORK));
  }

  private static void add(BarsBuilder bars, Ticker ticker, long at) {
    Random random = new Random(hash(ticker, at));
    double price = 50 + random.nextInt(10_000) / 100.0;
    bars.add(
        at,
        price,
        price + random.nextInt(100) / 100.0,
        price - random.nextInt(100) / 100.0,
        price + 0.01,
        random.nextInt(100_000),
        random.nextInt(10) == 0 ? Double.NaN : price + 0.001,
        random.nextInt(10) == 0 ? -1 : random.nextInt(1_000));
  }

  private static long hash(Ticker ticker, long at) {
    return (ticker.symbol().hashCode() * 31L + at / 60_000) * 0x9E3779B97F4A7C15L >>> 7;
  }
}
