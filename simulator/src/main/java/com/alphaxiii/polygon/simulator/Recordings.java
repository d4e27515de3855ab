package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Timespan;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A recorded folder as market data. Bars come exactly as recorded; seconds are made of recorded
 * trades; hours of the recorded minutes of a day or else of the hourly file; days from the daily
 * file, or for a symbol without one of the minutes: open, high, low and close of the regular
 * session, volume of the whole day. A bar exists once its window is over.
 */
final class Recordings implements MarketData {
  private static final LocalTime OPEN = LocalTime.of(9, 30);
  private static final LocalTime CLOSE = LocalTime.of(16, 0);

  private final MarketCalendar calendar = MarketCalendar.usEquities();
  private final RecordedFolder folder;
  private final InstantSource clock;

  Recordings(RecordedFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public boolean knows(String symbol) {
    return folder.symbols().contains(symbol);
  }

  @Override
  public List<String> symbols() {
    return List.copyOf(folder.symbols());
  }

  @Override
  public List<Days> portions(String symbol, Base base, LocalDate first, LocalDate last) {
    LocalDate end = Days.earlier(last, Days.dayOf(clock.millis()));
    if (end.isBefore(first)) {
      return List.of();
    }
    return switch (base) {
      case DAY -> Days.years(first, end);
      case MINUTE -> each(folder.minuteDays().subSet(first, true, end, true));
      case SECOND -> each(folder.tradeDays().subSet(first, true, end, true));
      case HOUR -> {
        var days = new TreeSet<>(folder.minuteDays().subSet(first, true, end, true));
        BarColumns hours = folder.hourly(symbol);
        int to = hours.indexOf(Days.startOf(end.plusDays(1)));
        for (int i = hours.indexOf(Days.startOf(first)); i < to; i++) {
          days.add(Days.dayOf(hours.start[i]));
        }
        yield each(days);
      }
    };
  }

  private static List<Days> each(Set<LocalDate> days) {
    return days.stream().map(Days::of).toList();
  }

  @Override
  public BarColumns bars(String symbol, Base base, Days portion) {
    LocalDate day = portion.first();
    return switch (base) {
      case DAY -> days(symbol, portion);
      case MINUTE -> finished(folder.minutes(day, symbol), Timespan.MINUTE.millis());
      case SECOND -> finished(seconds(symbol, day), Timespan.SECOND.millis());
      case HOUR -> {
        BarColumns minutes = folder.minutes(day, symbol);
        yield minutes.size() > 0
            ? finished(minutes, Timespan.MINUTE.millis())
            : finished(
                folder.hourly(symbol).between(portion.start(), portion.end()),
                Timespan.HOUR.millis());
      }
    };
  }

  private BarColumns seconds(String symbol, LocalDate day) {
    var seconds = new TradeBars(Timespan.SECOND.millis());
    for (TradeTick trade : folder.trades(day, symbol)) {
      seconds.add(trade.sipTime(), trade.price(), trade.size(), trade.conditions());
    }
    return seconds.bars();
  }

  private BarColumns finished(BarColumns bars, long length) {
    int size = bars.size();
    long now = clock.millis();
    if (size == 0 || bars.start[size - 1] + length <= now) {
      return bars;
    }
    return bars.between(Long.MIN_VALUE, now - length + 1);
  }

  private BarColumns days(String symbol, Days portion) {
    BarColumns days = new BarColumns();
    long now = clock.millis();
    BarColumns daily = folder.daily(symbol);
    int end = daily.indexOf(portion.end());
    for (int i = daily.indexOf(portion.start()); i < end; i++) {
      if (closeOf(Days.dayOf(daily.start[i])) <= now) {
        days.add(daily, i);
      }
    }
    LocalDate today = Days.dayOf(now);
    for (LocalDate day : folder.minuteDays().subSet(portion.first(), true, portion.last(), true)) {
      boolean running = day.equals(today) && closeOf(day) > now;
      if (daily.size() == 0 || running) {
        addDay(days, day, bars(symbol, Base.MINUTE, Days.of(day)));
      }
    }
    return days;
  }

  private void addDay(BarColumns days, LocalDate day, BarColumns minutes) {
    double volume = 0;
    for (int i = 0; i < minutes.size(); i++) {
      volume += minutes.volume[i];
    }
    int first = minutes.indexOf(at(day, OPEN));
    int end = minutes.indexOf(closeOf(day));
    if (first >= end) {
      return;
    }
    double high = minutes.high[first];
    double low = minutes.low[first];
    for (int i = first + 1; i < end; i++) {
      high = Math.max(high, minutes.high[i]);
      low = Math.min(low, minutes.low[i]);
    }
    days.add(
        Days.startOf(day),
        minutes.open[first],
        high,
        low,
        minutes.close[end - 1],
        volume,
        Double.NaN,
        -1);
  }

  /** When the regular session of a day ends: early on some, by the calendar. */
  private long closeOf(LocalDate day) {
    return calendar
        .tradingDay(day)
        .map(trading -> trading.close().toEpochMilli())
        .orElseGet(() -> at(day, CLOSE));
  }

  private static long at(LocalDate day, LocalTime time) {
    return day.atTime(time).atZone(Market.NEW_YORK).toInstant().toEpochMilli();
  }

  @Override
  public List<TradeTick> trades(String symbol, LocalDate day) {
    List<TradeTick> trades = folder.trades(day, symbol);
    long now = Ticks.nanos(clock.instant());
    return trades.subList(0, Ticks.firstAfter(trades, TradeTick::sipTime, now));
  }

  @Override
  public List<QuoteTick> quotes(String symbol, LocalDate day) {
    List<QuoteTick> quotes = folder.quotes(day, symbol);
    long now = Ticks.nanos(clock.instant());
    return quotes.subList(0, Ticks.firstAfter(quotes, QuoteTick::sipTime, now));
  }

  @Override
  public List<LocalDate> tickDays(String symbol, LocalDate first, LocalDate last) {
    LocalDate end = Days.earlier(last, Days.dayOf(clock.millis()));
    return end.isBefore(first)
        ? List.of()
        : new ArrayList<>(folder.tradeDays().subSet(first, true, end, true));
  }

  @Override
  public List<Split> splits(String symbol) {
    return folder.splits(symbol);
  }

  @Override
  public List<Dividend> dividends(String symbol) {
    return folder.dividends(symbol);
  }

  /** All trades of a recorded day, by symbol, whatever the clock says: what a replay plays. */
  RecordedFolder folder() {
    return folder;
  }
}
