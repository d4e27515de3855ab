package com.alphaxiii.polygon;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.Aggregate;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.ReplayRequest;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.store.BarStore;
import com.alphaxiii.polygon.store.RecordingFolder;
import com.alphaxiii.polygon.store.TickStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a replay finds in cache and recordings, a day of a ticker and channel at a time. */
final class ReplayArchive {

  private final BarStore bars;
  private final TickStore ticks;
  private final RecordingFolder recordings;
  private final InstantSource clock;

  ReplayArchive(BarStore bars, TickStore ticks, RecordingFolder recordings, InstantSource clock) {
    this.bars = bars;
    this.ticks = ticks;
    this.recordings = recordings;
    this.clock = clock;
  }

  RecordingFolder recordings() {
    return recordings;
  }

  /** The tickers of a topic of which there is something on a day of their market. */
  SortedSet<Ticker> tickers(Topic topic, LocalDate day, ReplayRequest.Origin origin) {
    SortedSet<Ticker> found = new TreeSet<>();
    if (!topic.isAll()) {
      Ticker ticker = topic.ticker().orElseThrow();
      if (isCached(ticker, topic.channel(), day, origin)
          || recordings.holds(ticker, topic.channel(), day)) {
        found.add(ticker);
      }
      return found;
    }
    found.addAll(recordings.tickers(topic.channel(), day));
    if (origin == ReplayRequest.Origin.ANY) {
      switch (topic.channel()) {
        case TRADES -> found.addAll(ticks.tickersWithTrades(day));
        case QUOTES -> found.addAll(ticks.tickersWithQuotes(day));
        // Bars are looked for by name alone: no catalog says which minutes are whose.
        default -> {}
      }
    }
    found.removeIf(ticker -> ticker.market() != topic.market());
    return found;
  }

  /** Whether a day is cached as a whole, and so to be had without a vendor. */
  boolean isCached(Ticker ticker, Channel channel, LocalDate day, ReplayRequest.Origin origin) {
    TimeRange range = day(ticker, day);
    if (origin == ReplayRequest.Origin.RECORDED
        || range.end().isAfter(MarketCalendar.usEquities().settledUntil(clock.instant()))) {
      return false;
    }
    return switch (channel) {
      case TRADES -> ticks.holdsTrades(ticker, day);
      case QUOTES -> ticks.holdsQuotes(ticker, day);
      case SECOND_AGGREGATES -> bars.missing(ticker, Timeframe.SECOND_1, range).isEmpty();
      case MINUTE_AGGREGATES -> bars.missing(ticker, Timeframe.MINUTE_1, range).isEmpty();
      default -> false;
    };
  }

  static TimeRange day(Ticker ticker, LocalDate day) {
    return TimeRange.ofDays(day, day, ticker.market().zone());
  }

  /**
   * The events of a day that is cached, in the order of the vendor.
   *
   * @param range within the day
   * @param until before which the last one lies
   */
  Iterator<? extends TickerEvent> cached(
      Ticker ticker, Channel channel, TimeRange range, Instant until) {
    return switch (channel) {
      case TRADES -> ticks.trades(TickRequest.of(ticker, range));
      case QUOTES -> ticks.quotes(TickRequest.of(ticker, range));
      case SECOND_AGGREGATES -> aggregates(ticker, Timeframe.SECOND_1, range, until);
      case MINUTE_AGGREGATES -> aggregates(ticker, Timeframe.MINUTE_1, range, until);
      default -> throw new IllegalArgumentException(channel + " is not cached");
    };
  }

  /** Bars as the stream would have told them, each when it was over. */
  private Iterator<Aggregate> aggregates(
      Ticker ticker, Timeframe timeframe, TimeRange range, Instant until) {
    TimeRange day = day(ticker, LocalDate.ofInstant(range.start(), ticker.market().zone()));
    Bars whole = bars.bars(BarRequest.raw(ticker, timeframe, day)).bars();
    // Where trading does not rest, the day's last bar is over only when the next day begins.
    boolean midnight = range.end().equals(day.end()) && day.end().isBefore(until);
    List<Aggregate> all = new ArrayList<>();
    double accumulated = 0;
    double turnover = 0;
    for (int i = 0; i < whole.size(); i++) {
      double price = Double.isNaN(whole.vwap(i)) ? whole.close(i) : whole.vwap(i);
      accumulated += whole.volume(i);
      turnover += whole.volume(i) * price;
      long end = whole.start(i) + timeframe.timespan().millis();
      Instant over = Instant.ofEpochMilli(end);
      if (range.contains(over) || (midnight && over.equals(day.end()))) {
        all.add(aggregate(whole, i, end, price, accumulated, turnover));
      }
    }
    return all.iterator();
  }

  /** What no bar tells is as on a stream that did not send it. */
  private static Aggregate aggregate(
      Bars bars, int i, long end, double price, double accumulated, double turnover) {
    long transactions = Math.max(0, bars.transactions(i));
    return new Aggregate(
        bars.ticker(),
        bars.timeframe().timespan(),
        bars.start(i),
        end,
        bars.open(i),
        bars.high(i),
        bars.low(i),
        bars.close(i),
        bars.volume(i),
        price,
        accumulated,
        0,
        accumulated == 0 ? price : turnover / accumulated,
        transactions == 0 ? 0 : bars.volume(i) / transactions,
        0,
        0,
        false);
  }
}
