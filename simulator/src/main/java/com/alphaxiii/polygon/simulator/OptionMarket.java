package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.TradingDay;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Timespan;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Options on the stocks of a market. A contract trades moments after some of its underlying's
 * trades, at what a model says it is worth then; so both agree at any time.
 */
final class OptionMarket implements MarketData {
  private static final int[] EXCHANGES = {
    300, 301, 302, 303, 304, 307, 308, 309, 312, 313, 315, 316, 318, 319, 320, 322
  };
  private static final Conditions[] CONDITIONS = {
    Conditions.of(209),
    Conditions.of(209),
    Conditions.of(219),
    Conditions.of(227),
    Conditions.of(232),
    Conditions.NONE,
    Conditions.of(209),
    Conditions.of(231)
  };
  private static final double QUOTES_FOR_EACH_TRADE = 4;
  private static final int SOME = 40;

  private final MarketCalendar calendar = MarketCalendar.usEquities();
  private final MarketData stocks;
  private final InstantSource clock;
  private final long liveStart;
  private final OptionListing listing;
  private final Map<String, BarColumns> years = OptionListing.kept();

  /**
   * @param liveStart from when on the stocks trade at all hours, Unix ns
   */
  OptionMarket(MarketData stocks, InstantSource clock, long liveStart) {
    this.stocks = stocks;
    this.clock = clock;
    this.liveStart = liveStart;
    this.listing = new OptionListing(stocks, clock);
  }

  /** Which contracts there are. */
  OptionListing listing() {
    return listing;
  }

  /** The contract of a ticker that was ever listed, up to the clock's day; else empty. */
  Optional<OptionContract> find(String ticker) {
    return listing.find(ticker);
  }

  /** See {@link OptionListing#chain}. */
  List<OptionContract> chain(String underlying, LocalDate day) {
    return listing.chain(underlying, day);
  }

  @Override
  public boolean knows(String symbol) {
    return find(symbol).isPresent();
  }

  @Override
  public List<String> symbols() {
    return List.of();
  }

  /** Some contracts near the price of the busiest stocks; {@link #chain} has all of a stock. */
  @Override
  public List<String> symbols(Market market) {
    if (market != Market.OPTIONS) {
      return List.of();
    }
    LocalDate today = Days.dayOf(clock.millis());
    return Stream.of("AAPL", "MSFT", "SPY")
        .flatMap(
            symbol -> chain(symbol, today).stream().filter(listing::isNearThePrice).limit(SOME))
        .map(OptionContract::ticker)
        .sorted()
        .toList();
  }

  private OptionContract get(String ticker) {
    return find(ticker).orElseThrow(() -> ApiError.notFound("Option Ticker not found."));
  }

  @Override
  public List<Days> portions(String symbol, Base base, LocalDate first, LocalDate last) {
    List<LocalDate> days = tickDays(symbol, first, last);
    if (days.isEmpty()) {
      return List.of();
    }
    return base == Base.DAY
        ? Days.years(days.getFirst(), days.getLast())
        : days.stream().map(Days::of).toList();
  }

  @Override
  public List<LocalDate> tickDays(String symbol, LocalDate first, LocalDate last) {
    OptionContract contract = get(symbol);
    LocalDate listed =
        listing.listed(contract.underlying(), contract.expiration()).orElse(contract.expiration());
    return stocks.tickDays(
        contract.underlying(),
        Days.later(first, listed),
        Days.earlier(last, contract.expiration()));
  }

  @Override
  public BarColumns bars(String symbol, Base base, Days portion) {
    if (base != Base.DAY) {
      var bars = new TradeBars((base == Base.SECOND ? Timespan.SECOND : Timespan.MINUTE).millis());
      trades(symbol, portion.first())
          .forEach(
              trade -> bars.add(trade.sipTime(), trade.price(), trade.size(), Conditions.NONE));
      return bars.bars();
    }
    boolean over = portion.last().isBefore(Days.dayOf(clock.millis()));
    String key = symbol + " " + portion;
    synchronized (years) {
      BarColumns known = over ? years.get(key) : null;
      if (known != null) {
        return known;
      }
    }
    var days = new BarColumns();
    var fold = new BarFold(false);
    for (LocalDate day : tickDays(symbol, portion.first(), portion.last())) {
      fold.clear();
      trades(symbol, day).forEach(trade -> fold.add(trade.price(), trade.size(), Conditions.NONE));
      if (fold.exists()) {
        fold.appendTo(days, Days.startOf(day));
      }
    }
    if (over) {
      synchronized (years) {
        years.put(key, days);
      }
    }
    return days;
  }

  @Override
  public List<TradeTick> trades(String symbol, LocalDate day) {
    OptionContract contract = get(symbol);
    var trades = new ArrayList<TradeTick>();
    trades(contract, regular(contract, day), trades::add);
    return trades;
  }

  @Override
  public List<QuoteTick> quotes(String symbol, LocalDate day) {
    OptionContract contract = get(symbol);
    var quotes = new ArrayList<QuoteTick>();
    quotes(contract, regular(contract, day), quotes::add);
    return quotes;
  }

  /** The underlying's trades of a day's regular hours, of a live market of all hours. */
  private List<TradeTick> regular(OptionContract contract, LocalDate day) {
    if (day.isAfter(contract.expiration())) {
      return List.of();
    }
    Optional<TradingDay> hours = calendar.tradingDay(day);
    long open = hours.map(h -> Ticks.nanos(h.open())).orElse(Long.MAX_VALUE);
    long close = hours.map(h -> Ticks.nanos(h.close())).orElse(Long.MIN_VALUE);
    return stocks.trades(contract.underlying(), day).stream()
        .filter(
            trade ->
                (trade.sipTime() >= open && trade.sipTime() < close)
                    || trade.sipTime() >= liveStart)
        .toList();
  }

  /** The trades of a contract that follow some of its underlying's trades. */
  void trades(OptionContract contract, List<TradeTick> underlying, Consumer<TradeTick> out) {
    long now = Ticks.nanos(clock.instant());
    follow(
        contract,
        underlying,
        1,
        (trade, bits, value) -> {
          long time = trade.sipTime() + 1_500_000;
          if (time <= now) {
            double half = spread(value) / 2 * ((bits & 1) == 0 ? 1 : -1);
            out.accept(
                new TradeTick(
                    contract.ticker(),
                    OptionModel.onGrid(Math.max(0.01, value + half)),
                    1 + ((bits & 6) == 0 ? bits >>> 30 & 31 : bits >>> 30 & 3),
                    CONDITIONS[(int) (bits >>> 36 & 7)],
                    time,
                    time - 300_000,
                    EXCHANGES[(int) (bits >>> 40 & 15)],
                    "",
                    0,
                    trade.sequence(),
                    0,
                    0,
                    0));
          }
        });
  }

  /** The quotes of a contract at some of its underlying's trades. */
  void quotes(OptionContract contract, List<TradeTick> underlying, Consumer<QuoteTick> out) {
    long now = Ticks.nanos(clock.instant());
    follow(
        contract,
        underlying,
        QUOTES_FOR_EACH_TRADE,
        (trade, bits, value) -> {
          long time = trade.sipTime() + 500_000;
          if (time <= now) {
            double half = spread(value) / 2;
            double bid = value > half ? OptionModel.onGrid(value - half) : 0;
            out.accept(
                new QuoteTick(
                    contract.ticker(),
                    EXCHANGES[(int) (bits >>> 40 & 15)],
                    bid,
                    bid == 0 ? 0 : 1 + (bits >>> 12 & 63),
                    EXCHANGES[(int) (bits >>> 44 & 15)],
                    OptionModel.onGrid(Math.max(bid + 0.01, value + half)),
                    1 + (bits >>> 18 & 63),
                    Conditions.NONE,
                    Conditions.NONE,
                    time,
                    time - 300_000,
                    0,
                    trade.sequence()));
          }
        });
  }

  private static double spread(double value) {
    return Math.max(0.02, value * 0.02);
  }

  private interface Follower {
    void follow(TradeTick trade, long bits, double value);
  }

  private static void follow(
      OptionContract contract, List<TradeTick> underlying, double busyness, Follower follower) {
    long own = Mix.hash(5, contract.ticker());
    long expiry = OptionModel.expiry(contract.expiration());
    for (TradeTick trade : underlying) {
      long bits = Mix.mix(own ^ Mix.mix(trade.sequence() ^ trade.sipTime()));
      double dice = Mix.unit(Mix.mix(bits));
      // Most trades are not followed; only for the few does the model reckon.
      if (dice < 0.03 * busyness
          && TradeRules.movesHighLow(trade.conditions(), true)
          && trade.sipTime() < expiry) {
        double distance = Math.log(contract.strike() / trade.price()) / 0.08;
        if (dice < busyness * (0.0015 + 0.0285 * Math.exp(-distance * distance))) {
          follower.follow(
              trade, bits, OptionModel.of(contract, trade.price(), trade.sipTime()).price());
        }
      }
    }
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
