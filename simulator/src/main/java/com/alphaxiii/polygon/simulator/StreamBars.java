package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Timespan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes second and minute aggregates of trades that come in the order of their times. A window's
 * aggregate comes out when time has passed its end, symbols in alphabetical order, seconds before
 * minutes.
 */
final class StreamBars {
  private static final LocalTime OPEN = LocalTime.of(9, 30);
  private static final LocalTime CLOSE = LocalTime.of(16, 0);

  private final boolean alwaysOpen;
  private final Map<String, State> states = new TreeMap<>();
  private final Window seconds = new Window("A", Timespan.SECOND.millis());
  private final Window minutes = new Window("AM", Timespan.MINUTE.millis());
  private long dayEnd = Long.MIN_VALUE;
  private long open;
  private long close;

  /**
   * @param alwaysOpen whether the day's official open is its first trade at any hour
   */
  StreamBars(boolean alwaysOpen) {
    this.alwaysOpen = alwaysOpen;
  }

  /** What is being made of one symbol. */
  private static final class State {
    private final BarFold second = new BarFold(true);
    private final BarFold minute = new BarFold(true);
    private final BarFold day = new BarFold(true);
    private final BarFold regular = new BarFold(false);

    void clearDay() {
      day.clear();
      regular.clear();
    }
  }

  /** The window of one length that all symbols are in. */
  private static final class Window {
    private final String channel;
    private final long length;
    private long start = Long.MIN_VALUE;

    Window(String channel, long length) {
      this.channel = channel;
      this.length = length;
    }
  }

  /** Lets time pass; what is finished by then comes out. */
  void advance(long millis, Consumer<StreamEvent> out) {
    pass(seconds, millis, out);
    pass(minutes, millis, out);
    if (millis >= dayEnd) {
      states.values().forEach(State::clearDay);
      LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(millis), Market.NEW_YORK);
      dayEnd = Days.startOf(day.plusDays(1));
      open = day.atTime(OPEN).atZone(Market.NEW_YORK).toInstant().toEpochMilli();
      close = day.atTime(CLOSE).atZone(Market.NEW_YORK).toInstant().toEpochMilli();
    }
  }

  private void pass(Window window, long millis, Consumer<StreamEvent> out) {
    if (window.start != Long.MIN_VALUE && millis < window.start + window.length) {
      return;
    }
    states.forEach(
        (symbol, state) -> {
          BarFold bar = window == seconds ? state.second : state.minute;
          if (bar.exists()) {
            out.accept(
                StreamJson.aggregate(
                    window.channel,
                    symbol,
                    window.start,
                    window.length,
                    bar,
                    state.regular,
                    state.day));
          }
          bar.clear();
        });
    window.start = Math.floorDiv(millis, window.length) * window.length;
  }

  /** Counts a trade in; time must have been advanced to it. */
  void add(TradeTick trade) {
    State state = states.computeIfAbsent(trade.symbol(), s -> new State());
    count(state.second, trade);
    count(state.minute, trade);
    countDay(state, trade);
  }

  /** Counts an earlier trade in, of a symbol that was not followed then. */
  void prime(TradeTick trade) {
    State state = states.computeIfAbsent(trade.symbol(), s -> new State());
    long millis = trade.sipTime() / 1_000_000;
    if (millis >= seconds.start) {
      count(state.second, trade);
    }
    if (millis >= minutes.start) {
      count(state.minute, trade);
    }
    countDay(state, trade);
  }

  /** Drops a symbol that is no longer followed. */
  void forget(String symbol) {
    states.remove(symbol);
  }

  private void countDay(State state, TradeTick trade) {
    long millis = trade.sipTime() / 1_000_000;
    count(state.day, trade);
    if (alwaysOpen || (millis >= open && millis < close)) {
      count(state.regular, trade);
    }
  }

  private static void count(BarFold fold, TradeTick trade) {
    fold.add(trade.price(), trade.size(), trade.conditions());
  }

  /** Brings out what is unfinished. */
  void finish(Consumer<StreamEvent> out) {
    pass(seconds, Long.MAX_VALUE, out);
    pass(minutes, Long.MAX_VALUE, out);
  }
}
