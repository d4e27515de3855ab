package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Timespan;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The modelled forex, crypto, index and futures markets: the ticks of any instrument and minute are
 * a function of seed, instrument and minute. A tick is a quote on forex, a value on indices, a
 * trade elsewhere; bars are made of the very ticks. Since the start of a live market, nothing ever
 * closes.
 */
final class SteadyMarket implements MarketData {
  private static final long MINUTE = 60_000_000_000L;
  private static final int YEARS_KEPT = 1_024;

  private final long seed;
  private final InstantSource clock;
  private final double liveSpeed;
  private final long liveStart;
  private final Map<String, BarColumns> years =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, BarColumns> eldest) {
          return size() > YEARS_KEPT;
        }
      };

  /**
   * @param liveStart from when on everything trades at all hours, Unix ns; {@link Long#MAX_VALUE}
   *     for never
   * @param liveSpeed how much busier it is then
   */
  SteadyMarket(long seed, InstantSource clock, long liveStart, double liveSpeed) {
    this.seed = seed;
    this.clock = clock;
    this.liveStart = liveStart;
    this.liveSpeed = liveSpeed;
  }

  /** The instrument of a ticker as of the clock's day. */
  Optional<Instrument> find(String ticker) {
    return Instrument.find(ticker, Days.dayOf(clock.millis()));
  }

  private Instrument get(String ticker) {
    return find(ticker).orElseThrow(() -> ApiError.notFound("Ticker not found."));
  }

  @Override
  public boolean knows(String symbol) {
    return find(symbol).isPresent();
  }

  @Override
  public List<String> symbols() {
    return List.of();
  }

  @Override
  public List<String> symbols(Market market) {
    return Instrument.listed(market, Hours.dayOf(market, clock.millis()));
  }

  @Override
  public List<Days> portions(String symbol, Base base, LocalDate first, LocalDate last) {
    Instrument instrument = get(symbol);
    Market market = instrument.market();
    LocalDate from = Days.later(first, firstDay(instrument));
    // The session of a future that is under way may end on the next day.
    LocalDate newest =
        Hours.dayOf(market, clock.millis()).plusDays(market == Market.FUTURES ? 1 : 0);
    LocalDate to = Days.earlier(last, newest);
    if (instrument.future().isPresent()) {
      to = Days.earlier(to, instrument.future().get().lastTradeDate());
    }
    if (to.isBefore(from)) {
      return List.of();
    }
    return base == Base.DAY
        ? Days.years(from, to)
        : from.datesUntil(to.plusDays(1)).map(Days::of).toList();
  }

  private static LocalDate firstDay(Instrument instrument) {
    LocalDate beginning = Hours.beginning(instrument.market());
    return instrument
        .future()
        .map(contract -> Days.later(beginning, contract.firstTradeDate()))
        .orElse(beginning);
  }

  @Override
  public BarColumns bars(String symbol, Base base, Days portion) {
    Instrument instrument = get(symbol);
    if (base == Base.DAY) {
      return days(instrument, portion);
    }
    Market market = instrument.market();
    var bars =
        new TradeBars(
            (base == Base.SECOND ? Timespan.SECOND : Timespan.MINUTE).millis(),
            vwapScale(instrument));
    play(
        instrument,
        Hours.startOf(market, portion.first()) * 1_000_000,
        Hours.startOf(market, portion.last().plusDays(1)) * 1_000_000 - 1,
        (time, price, size, conditions, exchange, sequence) ->
            bars.add(time, price, size, Conditions.NONE));
    return bars.bars();
  }

  /** Weighted averages have two digits more than prices. */
  static double vwapScale(Instrument instrument) {
    return Math.rint(100 / instrument.tick());
  }

  private BarColumns days(Instrument instrument, Days portion) {
    Market market = instrument.market();
    boolean over = portion.last().isBefore(Hours.dayOf(market, clock.millis()));
    String key = instrument.ticker() + " " + portion;
    synchronized (years) {
      BarColumns known = over ? years.get(key) : null;
      if (known != null) {
        return known;
      }
    }
    var days = new BarColumns(256);
    var fold = new BarFold(false, vwapScale(instrument));
    for (LocalDate day = portion.first(); !day.isAfter(portion.last()); day = day.plusDays(1)) {
      fold.clear();
      Hours.Span span = dayOf(instrument, day);
      play(
          instrument,
          span.start() * 1_000_000,
          span.end() * 1_000_000 - 1,
          (time, price, size, conditions, exchange, sequence) ->
              fold.add(price, size, Conditions.NONE));
      if (fold.exists()) {
        fold.appendTo(days, Hours.startOf(market, day));
      }
    }
    if (over) {
      synchronized (years) {
        years.put(key, days);
      }
    }
    return days;
  }

  /** What a day's bar is made of: the calendar day, of futures the session that ends on it. */
  static Hours.Span dayOf(Instrument instrument, LocalDate day) {
    Market market = instrument.market();
    if (market == Market.FUTURES) {
      List<Hours.Span> session = Hours.of(market, day);
      return session.isEmpty() ? new Hours.Span(0, 0) : session.getFirst();
    }
    return new Hours.Span(Hours.startOf(market, day), Hours.startOf(market, day.plusDays(1)));
  }

  /** Plays an instrument's ticks with {@code from <= time <= to}, Unix ns, as far as time is. */
  void play(Instrument instrument, long from, long to, Tape tape) {
    long end = Math.min(to, Ticks.nanos(clock.instant()));
    if (end < from) {
      return;
    }
    Instrument.Path path = instrument.path(seed);
    long scheduled = Math.min(end, liveStart - 1);
    if (from <= scheduled) {
      List<Hours.Span> spans =
          Hours.within(instrument.market(), from / 1_000_000, scheduled / 1_000_000 + 1);
      for (Hours.Span span : spans) {
        minutes(
            instrument,
            path,
            Math.max(from, span.start() * 1_000_000),
            Math.min(scheduled, span.end() * 1_000_000 - 1),
            tape);
      }
    }
    if (end >= liveStart) {
      minutes(instrument, path, Math.max(from, liveStart), end, tape);
    }
  }

  private void minutes(Instrument instrument, Instrument.Path path, long from, long to, Tape tape) {
    long own =
        Mix.hash(
            seed,
            instrument.market()
                + instrument.base()
                + instrument.quote().map(Unit::code).orElse("")
                + instrument.future().map(FuturesContract::ticker).orElse(""));
    double rate = instrument.ticks() * (from >= liveStart ? liveSpeed : 1);
    long stride = Math.max(1_000, (long) (2 * rate) + 2);
    long dayStart = 0;
    long dayEnd = Long.MIN_VALUE;
    for (long minute = Math.floorDiv(from, MINUTE); minute <= Math.floorDiv(to, MINUTE); minute++) {
      if (minute >= dayEnd) {
        LocalDate day = Hours.dayOf(instrument.market(), minute * 60_000);
        dayStart = Hours.startOf(instrument.market(), day) / 60_000;
        dayEnd = Hours.startOf(instrument.market(), day.plusDays(1)) / 60_000;
      }
      var random = new Mix(Mix.mix(own ^ minute));
      int count = (int) (rate * (0.4 + 1.2 * random.uniform()) + random.uniform());
      double level = path.at(minute);
      double slope = count == 0 ? 0 : path.at(minute + 1) - level;
      for (int j = 0; j < count; j++) {
        double place = (j + random.uniform()) / count;
        long bits = random.next();
        // The feeds of these markets count milliseconds.
        long time = minute * MINUTE + ((long) (place * 59_999)) * 1_000_000;
        if (time >= from && time <= to) {
          double off = (Long.bitCount(bits >>> 40 & 0xF) - 2) * instrument.tick();
          double price = instrument.round(level + slope * place + off);
          tape.trade(
              time,
              price,
              instrument.size(bits, price),
              instrument.conditions(bits),
              instrument.exchange(bits),
              (minute - dayStart) * stride + j + 1);
        }
      }
    }
  }

  /** An instrument's ticks with {@code from <= time <= to}, Unix ns. */
  List<TradeTick> ticks(Instrument instrument, long from, long to) {
    var ticks = new ArrayList<TradeTick>();
    play(
        instrument,
        from,
        to,
        (time, price, size, conditions, exchange, sequence) ->
            ticks.add(
                new TradeTick(
                    instrument.ticker(),
                    price,
                    size,
                    conditions,
                    time,
                    time,
                    exchange,
                    Long.toString(time / 1_000_000 * 100 + sequence % 100),
                    0,
                    sequence,
                    0,
                    0,
                    0)));
    return ticks;
  }

  private List<TradeTick> ticksOf(Instrument instrument, LocalDate newYorkDay) {
    return ticks(
        instrument,
        Days.startOf(newYorkDay) * 1_000_000,
        Days.startOf(newYorkDay.plusDays(1)) * 1_000_000 - 1);
  }

  @Override
  public List<TradeTick> trades(String symbol, LocalDate day) {
    Instrument instrument = get(symbol);
    return instrument.market() == Market.FOREX ? List.of() : ticksOf(instrument, day);
  }

  @Override
  public List<QuoteTick> quotes(String symbol, LocalDate day) {
    Instrument instrument = get(symbol);
    return instrument.market() == Market.INDICES
        ? List.of()
        : ticksOf(instrument, day).stream().map(tick -> quote(instrument, tick)).toList();
  }

  /**
   * The quote of a tick: on forex the tick is its bid, elsewhere a trade met its bid or its ask.
   */
  static QuoteTick quote(Instrument instrument, TradeTick tick) {
    long bits = Mix.mix(tick.sequence() ^ tick.sipTime());
    double spread = instrument.tick() * (1 + (bits & 3));
    boolean atAsk = instrument.market() != Market.FOREX && (bits & 4) != 0;
    double bid = atAsk ? instrument.round(tick.price() - spread) : tick.price();
    return new QuoteTick(
        tick.symbol(),
        tick.exchange(),
        bid,
        instrument.size(bits >>> 4, tick.price()),
        tick.exchange(),
        instrument.round(bid + spread),
        instrument.size(bits >>> 8, tick.price()),
        Conditions.NONE,
        Conditions.NONE,
        tick.sipTime(),
        tick.participantTime(),
        0,
        tick.sequence());
  }

  @Override
  public List<LocalDate> tickDays(String symbol, LocalDate first, LocalDate last) {
    Instrument instrument = get(symbol);
    LocalDate from = Days.later(first, firstDay(instrument));
    LocalDate to = Days.earlier(last, Days.dayOf(clock.millis()));
    if (instrument.future().isPresent()) {
      to = Days.earlier(to, instrument.future().get().lastTradeDate());
    }
    return to.isBefore(from) ? List.of() : from.datesUntil(to.plusDays(1)).toList();
  }

  @Override
  public List<Split> splits(String symbol) {
    return List.of();
  }

  @Override
  public List<Dividend> dividends(String symbol) {
    return List.of();
  }
}
