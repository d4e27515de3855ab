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
  /** How long a window may still change. */
  private static final long KEPT_MILLIS = 15 * 60_000;

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
    private final Past seconds;
    private final Past minutes;
    private final double scale;
    private BarFold second;
    private BarFold minute;
    private final BarFold day;
    private final BarFold regular;

    State(String label, double multiplier, double scale, Window seconds, Window minutes) {
      this.label = label;
      this.multiplier = multiplier;
      this.scale = scale;
      this.seconds = new Past(seconds.start);
      this.minutes = new Past(minutes.start);
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

  /** Windows that are over but not yet out of reach of late trades. */
  private static final class Past {
    private final long since;
    private final TreeMap<Long, BarFold> folds = new TreeMap<>();

    /**
     * @param since the first window of which everything is known, Unix ms
     */
    Past(long since) {
      this.since = since;
    }

    void keep(long start, BarFold fold) {
      folds.put(start, fold);
      folds.headMap(start - KEPT_MILLIS).clear();
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
            out.accept(aggregate(window, window.start, state, bar));
            if (alwaysOpen && window == seconds) {
              estimate(state, bar.close(), window.start + window.length, out);
            }
          }
          if (alwaysOpen && market == Market.STOCKS) {
            (window == seconds ? state.seconds : state.minutes).keep(window.start, bar);
          }
          if (window == seconds) {
            state.second = new BarFold(true, state.scale);
          } else {
            state.minute = new BarFold(true, state.scale);
          }
        });
    window.start = Math.floorDiv(millis, window.length) * window.length;
  }

  private StreamEvent aggregate(Window window, long start, State state, BarFold bar) {
    return StreamAggregates.of(
            market,
            window.channel,
            state.label,
            state.multiplier,
            start,
            window.length,
            bar,
            state.regular,
            state.day)
        .event();
  }

  /**
   * Counts in a trade that is reported late: the aggregates of the windows it happened in come out
   * again, unless nobody followed the symbol then.
   *
   * @param happened Unix ns
   */
  void addLate(TradeTick trade, long happened, Consumer<StreamEvent> out) {
    State state = states.computeIfAbsent(trade.symbol(), s -> state(trade));
    countDay(state, trade);
    revise(seconds, state.seconds, state, trade, happened, out);
    revise(minutes, state.minutes, state, trade, happened, out);
  }

  private void revise(
      Window window,
      Past past,
      State state,
      TradeTick trade,
      long happened,
      Consumer<StreamEvent> out) {
    long start = Math.floorDiv(happened / 1_000_000, window.length) * window.length;
    if (start >= past.since && start < window.start) {
      BarFold bar = past.folds.computeIfAbsent(start, at -> new BarFold(true, state.scale));
      count(bar, trade);
      if (bar.exists()) {
        out.accept(aggregate(window, start, state, bar));
      }
    }
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
    boolean late = alwaysOpen && trade.conditions().equals(ModelPrints.LATE);
    if (!late && millis >= seconds.start) {
      count(state.second, trade);
    }
    if (!late && millis >= minutes.start) {
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
        .map(
            found ->
                new State(
                    found.quote().isPresent() ? found.streamPair() : found.ticker(),
                    found.future().map(future -> future.product().multiplier()).orElse(1.0),
                    SteadyMarket.vwapScale(found),
                    seconds,
                    minutes))
        .orElseGet(() -> new State(first.symbol(), 1, BarFold.STOCKS, seconds, minutes));
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
