package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Timespan;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A seeded market of every symbol that could be one. All bars are made of the very trades of their
 * windows, days too, so every pair of timeframes agrees by construction.
 */
final class ModelMarket implements MarketData {
  private static final Pattern SYMBOL =
      Pattern.compile("[A-Z]{1,5}([a-z][A-Z]?)?(\\.[A-Za-z]{1,3})?");
  private static final int STOCKS_KEPT = 256;
  private static final int YEARS_KEPT = 2_048;

  private final Scenario scenario;
  private final InstantSource clock;
  private final ModelCalendar calendar;
  private final Optional<LiveTape> live;
  private final Map<String, ModelStock> stocks = kept(STOCKS_KEPT);
  private final Map<String, BarColumns> years = kept(YEARS_KEPT);
  private final KeptDays minutes = KeptDays.ofHeap();

  ModelMarket(Scenario scenario) {
    this.scenario = scenario;
    this.clock = scenario.clock();
    LocalDate today = Days.dayOf(clock.millis());
    this.calendar =
        new ModelCalendar(Days.later(today, ModelCalendar.FIRST.plusYears(21)).plusYears(2));
    this.live =
        scenario
            .live()
            .filter(Replay.Model.class::isInstance)
            .map(Replay.Model.class::cast)
            .map(
                replay -> {
                  long start = Ticks.nanos(clock.instant());
                  return new LiveTape(
                      scenario.seed(), replay.speed(), start, symbol -> priceAt(symbol, start));
                });
  }

  private ModelMarket(ModelMarket same, InstantSource clock) {
    this.scenario = same.scenario;
    this.clock = clock;
    this.calendar = same.calendar;
    this.live = same.live;
  }

  /** The same market to somebody with another clock. */
  ModelMarket seenAt(InstantSource otherClock) {
    return new ModelMarket(this, otherClock);
  }

  private static <V> Map<String, V> kept(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
      }
    };
  }

  Optional<LiveTape> live() {
    return live;
  }

  /** From when on nothing closes any more, Unix ns; {@link Long#MAX_VALUE} for never. */
  long liveStart() {
    return live.map(LiveTape::start).orElse(Long.MAX_VALUE);
  }

  /** How busy the live market is; 1 without one. */
  double liveSpeed() {
    return live.map(LiveTape::speed).orElse(1.0);
  }

  @Override
  public boolean knows(String symbol) {
    return SYMBOL.matcher(symbol).matches() && !scenario.unknown().contains(symbol);
  }

  @Override
  public List<String> symbols() {
    return Company.all().stream()
        .map(Company::symbol)
        .filter(symbol -> !scenario.unknown().contains(symbol))
        .toList();
  }

  /** The stock that has a symbol on a day, or will have it next. */
  private ModelStock stock(String symbol, LocalDate day) {
    return stock(Company.on(symbol, day));
  }

  private ModelStock stock(Company company) {
    synchronized (stocks) {
      return stocks.computeIfAbsent(
          company.character(), c -> new ModelStock(company, scenario.seed(), calendar));
    }
  }

  /** All stocks that have had a symbol, the present one last. */
  private Stream<ModelStock> owners(String symbol) {
    return Company.owners(symbol).stream().map(this::stock);
  }

  @Override
  public List<Days> portions(String symbol, Base base, LocalDate first, LocalDate last) {
    LocalDate from = Days.later(first, ModelCalendar.FIRST);
    LocalDate to = Days.earlier(last, Days.dayOf(clock.millis()));
    if (to.isBefore(from)) {
      return List.of();
    }
    return base == Base.DAY ? Days.years(from, to) : dates(symbol, from, to).map(Days::of).toList();
  }

  @Override
  public List<LocalDate> tickDays(String symbol, LocalDate first, LocalDate last) {
    LocalDate from = Days.later(first, ModelCalendar.FIRST);
    LocalDate to = Days.earlier(last, Days.dayOf(clock.millis()));
    return to.isBefore(from) ? List.of() : dates(symbol, from, to).toList();
  }

  /** Days on which a symbol may trade: trading days, and since the live market's start all. */
  private Stream<LocalDate> dates(String symbol, LocalDate first, LocalDate last) {
    Optional<LocalDate> liveSince = live.map(tape -> Days.dayOf(tape.start() / 1_000_000));
    return first
        .datesUntil(last.plusDays(1))
        .filter(
            day ->
                calendar.isTradingDay(day)
                    || liveSince.map(since -> !day.isBefore(since)).orElse(false))
        .filter(day -> Company.on(symbol, day).tradesOn(day));
  }

  @Override
  public BarColumns bars(String symbol, Base base, Days portion) {
    return switch (base) {
      case SECOND -> intraday(symbol, portion.first(), Timespan.SECOND.millis());
      case MINUTE, HOUR -> minutes(symbol, portion.first());
      case DAY -> days(symbol, portion);
    };
  }

  private BarColumns minutes(String symbol, LocalDate day) {
    if (!day.isBefore(Days.dayOf(clock.millis()))) {
      return intraday(symbol, day, Timespan.MINUTE.millis());
    }
    String key = symbol + " " + day;
    Optional<BarColumns> known = minutes.find(key);
    if (known.isPresent()) {
      return known.get();
    }
    BarColumns bars = intraday(symbol, day, Timespan.MINUTE.millis());
    minutes.put(key, bars);
    return bars;
  }

  private BarColumns intraday(String symbol, LocalDate day, long length) {
    var bars = new TradeBars(length);
    play(
        symbol,
        day,
        (time, price, size, conditions, exchange, sequence) -> {
          if (conditions.equals(ModelPrints.LATE)) {
            bars.addLate(ModelPrints.happened(time, conditions, sequence), price, size, conditions);
          } else {
            bars.add(time, price, size, conditions);
          }
        });
    return bars.bars();
  }

  private BarColumns days(String symbol, Days portion) {
    boolean over = portion.last().isBefore(Days.dayOf(clock.millis()));
    String key = symbol + " " + portion;
    synchronized (years) {
      BarColumns known = over ? years.get(key) : null;
      if (known != null) {
        return known;
      }
    }
    var days = new BarColumns(256);
    var fold = new BarFold(false);
    dates(symbol, portion.first(), portion.last())
        .forEach(
            day -> {
              fold.clear();
              play(
                  symbol,
                  day,
                  (time, price, size, conditions, exchange, sequence) ->
                      fold.add(price, size, conditions));
              if (fold.exists()) {
                fold.appendTo(days, Days.startOf(day));
              }
            });
    if (over) {
      synchronized (years) {
        years.put(key, days);
      }
    }
    return days;
  }

  /** Plays a day's trades as far as they have happened. */
  private void play(String symbol, LocalDate day, Tape tape) {
    long now = Ticks.nanos(clock.instant());
    long liveStart = live.map(LiveTape::start).orElse(Long.MAX_VALUE);
    playSession(symbol, day, Math.min(now, liveStart - 1), tape);
    live.ifPresent(
        market ->
            market.play(
                symbol,
                Days.startOf(day) * 1_000_000,
                Math.min(now, Days.startOf(day.plusDays(1)) * 1_000_000 - 1),
                tape));
  }

  private void playSession(String symbol, LocalDate day, long until, Tape tape) {
    int index = calendar.indexFrom(day);
    if (!calendar.isTradingDay(day) || Days.startOf(day) * 1_000_000 > until) {
      return;
    }
    var session = new ModelSession(stock(symbol, day), calendar.day(index), index);
    boolean whole = Days.startOf(day.plusDays(1)) * 1_000_000 <= until;
    session.play(
        whole
            ? tape
            : (time, price, size, conditions, exchange, sequence) -> {
              if (time <= until) {
                tape.trade(time, price, size, conditions, exchange, sequence);
              }
            });
  }

  private double priceAt(String symbol, long nanos) {
    LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(nanos / 1_000_000), Market.NEW_YORK);
    int index = Math.min(calendar.indexFrom(day), calendar.size() - 1);
    double[] price = {stock(symbol, day).previousClose(index)};
    playSession(
        symbol, day, nanos - 1, (time, at, size, conditions, exchange, sequence) -> price[0] = at);
    return price[0];
  }

  @Override
  public List<TradeTick> trades(String symbol, LocalDate day) {
    var trades = new ArrayList<TradeTick>();
    Company company = Company.on(symbol, day);
    if (company.tradesOn(day)) {
      play(
          symbol,
          day,
          (time, price, size, conditions, exchange, sequence) ->
              trades.add(
                  ModelPrints.tick(company, time, price, size, conditions, exchange, sequence)));
    }
    return trades;
  }

  @Override
  public List<QuoteTick> quotes(String symbol, LocalDate day) {
    return trades(symbol, day).stream()
        .filter(trade -> TradeRules.movesHighLow(trade.conditions(), true))
        .map(ModelPrints::quoteBefore)
        .toList();
  }

  @Override
  public List<Split> splits(String symbol) {
    return owners(symbol).flatMap(stock -> stock.splits().stream()).toList();
  }

  @Override
  public List<Dividend> dividends(String symbol) {
    LocalDate today = Days.dayOf(clock.millis());
    return owners(symbol)
        .flatMap(stock -> stock.dividends().stream())
        .filter(dividend -> !dividend.exDate().isAfter(today.plusDays(30)))
        .toList();
  }
}
