package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Conditions;
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

  private final Market market;
  private final boolean alwaysOpen;
  private final Map<String, State> states = new TreeMap<>();
  private final Window seconds;
  private final Window minutes;
  private long dayEnd = Long.MIN_VALUE;
  private long open;
  private long close;

  /**
   * @param alwaysOpen whether the day's official open is its first trade at any hour; and the
   *     vendor's estimates come with each second
   */
  StreamBars(Market market, boolean alwaysOpen) {
    this.market = market;
    this.alwaysOpen = alwaysOpen;
    this.seconds =
        new Window(
            switch (market) {
              case FOREX -> "CAS";
              case CRYPTO -> "XAS";
              default -> "A";
            },
            Timespan.SECOND.millis());
    this.minutes =
        new Window(
            switch (market) {
              case FOREX -> "CA";
              case CRYPTO -> "XA";
              default -> "AM";
            },
            Timespan.MINUTE.millis());
  }

  /** What is being made of one symbol. */
  private static final class State {
    private final String label;
    private final double multiplier;
    private final BarFold second;
    private final BarFold minute;
    private final BarFold day;
    private final BarFold regular;

    State(String symbol) {
      label = symbol;
      multiplier = 1;
      second = new BarFold(true);
      minute = new BarFold(true);
      day = new BarFold(true);
      regular = new BarFold(false);
    }

    State(Instrument instrument) {
      label = instrument.quote().isPresent() ? instrument.streamPair() : instrument.ticker();
      multiplier = instrument.future().map(future -> future.product().multiplier()).orElse(1.0);
      double scale = SteadyMarket.vwapScale(instrument);
      second = new BarFold(true, scale);
      minute = new BarFold(true, scale);
      day = new BarFold(true, scale);
      regular = new BarFold(false, scale);
    }

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
                StreamAggregates.of(
                        market,
                        window.channel,
                        state.label,
                        state.multiplier,
                        window.start,
                        window.length,
                        bar,
                        state.regular,
                        state.day)
                    .event());
            if (alwaysOpen && window == seconds) {
              estimate(state, bar.close(), window.start + window.length, out);
            }
          }
          bar.clear();
        });
    window.start = Math.floorDiv(millis, window.length) * window.length;
  }

  private void estimate(State state, double value, long millis, Consumer<StreamEvent> out) {
    out.accept(StreamTicks.estimate(market, "FMV", state.label, value, millis));
    out.accept(StreamTicks.estimate(market, "LV", state.label, value, millis));
  }

  /** Counts a trade in; time must have been advanced to it. */
  void add(TradeTick trade) {
    State state = states.computeIfAbsent(trade.symbol(), s -> state(trade));
    count(state.second, trade);
    count(state.minute, trade);
    countDay(state, trade);
  }

  /** Counts an earlier trade in, of a symbol that was not followed then. */
  void prime(TradeTick trade) {
    State state = states.computeIfAbsent(trade.symbol(), s -> state(trade));
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

  private State state(TradeTick first) {
    long day = first.sipTime() / 1_000_000;
    return Instrument.find(first.symbol(), Days.dayOf(day))
        .map(State::new)
        .orElseGet(() -> new State(first.symbol()));
  }

  /** Conditions of stocks alone tell what a trade may move. */
  private void count(BarFold fold, TradeTick trade) {
    fold.add(
        trade.price(),
        trade.size(),
        market == Market.STOCKS ? trade.conditions() : Conditions.NONE);
  }

  /** Brings out what is unfinished. */
  void finish(Consumer<StreamEvent> out) {
    pass(seconds, Long.MAX_VALUE, out);
    pass(minutes, Long.MAX_VALUE, out);
  }
}
