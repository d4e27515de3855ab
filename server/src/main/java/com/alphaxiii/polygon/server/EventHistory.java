package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.Aggregate;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.LiveHistory;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.core.Timespan;
import com.alphaxiii.polygon.core.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Past events of a topic as the stream would have sent them. */
final class EventHistory {
  private static final Set<Channel> CHANNELS =
      EnumSet.of(
          Channel.TRADES, Channel.QUOTES, Channel.SECOND_AGGREGATES, Channel.MINUTE_AGGREGATES);

  private final LiveHistory source;

  EventHistory(LiveHistory source) {
    this.source = source;
  }

  /** Whether the vendor keeps events of a channel. */
  static boolean has(Channel channel) {
    return CHANNELS.contains(channel);
  }

  /** Which of this server's paths below {@code /api/v1} has the same at any length. */
  static String path(Channel channel) {
    return switch (channel) {
      case TRADES -> "trades";
      case QUOTES -> "quotes";
      default -> "bars";
    };
  }

  /**
   * Events in the order in which they happened.
   *
   * @param whole false when there were more than asked for
   */
  record Piece(List<TickerEvent> events, boolean whole) {}

  /**
   * The events of a topic between two of the vendor's times, both included to the millisecond.
   *
   * @param newest which end of them counts when there are more than {@code most}
   * @throws PolygonException when they cannot be had whole
   */
  Piece events(Topic topic, Instant from, Instant to, int most, boolean newest) {
    Ticker ticker = topic.ticker().orElseThrow();
    return switch (topic.channel()) {
      case TRADES ->
          ticks(source.ticks().trades(request(ticker, from, to, newest)), topic, most, newest);
      case QUOTES ->
          ticks(source.ticks().quotes(request(ticker, from, to, newest)), topic, most, newest);
      case SECOND_AGGREGATES -> bars(topic, Timeframe.SECOND_1, from, to, most, newest);
      case MINUTE_AGGREGATES -> bars(topic, Timeframe.MINUTE_1, from, to, most, newest);
      default -> throw new IllegalArgumentException("no history of " + topic);
    };
  }

  /** The stream's times are milliseconds, cut off: what it lost may lie later within the last. */
  private static TickRequest request(Ticker ticker, Instant from, Instant to, boolean newest) {
    TimeRange range =
        TimeRange.of(
            from.truncatedTo(ChronoUnit.MILLIS), to.truncatedTo(ChronoUnit.MILLIS).plusMillis(1));
    return new TickRequest(ticker, range, newest, false);
  }

  private static Piece ticks(
      Cursor<? extends TickerEvent> cursor, Topic topic, int most, boolean newest) {
    List<TickerEvent> events = new ArrayList<>();
    while (events.size() < most && cursor.hasNext()) {
      events.add(cursor.next());
    }
    boolean whole = !cursor.hasNext();
    if (cursor.rejectedCount() > 0) {
      throw new PolygonException.BadData(
          "%d events of %s in the vendor's history cannot be read"
              .formatted(cursor.rejectedCount(), topic),
          null,
          null);
    }
    if (newest) {
      Collections.reverse(events);
    }
    return new Piece(events, whole);
  }

  private Piece bars(
      Topic topic, Timeframe timeframe, Instant from, Instant to, int most, boolean newest) {
    Timespan timespan = timeframe.timespan();
    Duration length = Duration.ofMillis(timespan.millis());
    // A bar of the stream is dated to the end of its window.
    TimeRange range = TimeRange.of(from.minus(length), to);
    BarAnswer answer =
        source
            .bars()
            .bars(
                new BarRequest(
                    topic.ticker().orElseThrow(), timeframe, range, Adjustment.NONE, null, false));
    if (!answer.complete()) {
      throw new PolygonException.BadData(
          "bars of %s cannot be had for %s".formatted(topic, answer.missing()), null, null);
    }
    List<TickerEvent> events = new ArrayList<>();
    Bars bars = answer.bars();
    for (int i = 0; i < bars.size(); i++) {
      long end = bars.start(i) + timespan.millis();
      if (end >= from.toEpochMilli() && end <= to.toEpochMilli()) {
        events.add(aggregate(bars, i, timespan));
      }
    }
    int over = Math.max(0, events.size() - most);
    return new Piece(
        newest ? events.subList(over, events.size()) : events.subList(0, events.size() - over),
        over == 0);
  }

  /** What only the stream tells of a day so far is not known of a past bar: not a number. */
  private static Aggregate aggregate(Bars bars, int i, Timespan timespan) {
    long count = bars.transactions(i);
    double volume = bars.volume(i);
    return new Aggregate(
        bars.ticker(),
        timespan,
        bars.start(i),
        bars.start(i) + timespan.millis(),
        bars.open(i),
        bars.high(i),
        bars.low(i),
        bars.close(i),
        volume,
        bars.vwap(i),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        count > 0 ? volume / count : 0,
        Math.max(count, 0),
        0,
        false);
  }
}
