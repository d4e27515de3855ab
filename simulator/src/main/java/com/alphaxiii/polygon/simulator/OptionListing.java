package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Split;
import java.time.DayOfWeek;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which options there are on the stocks of a market: weekly, monthly and January expirations, and
 * strikes around the price at which they were listed. A split ends the contracts before it.
 * Thread-safe.
 */
final class OptionListing {
  private static final int WEEKS = 5;
  private static final int WEEKS_AHEAD = 110;
  private static final double LOWEST = 0.65;
  private static final double HIGHEST = 1.5;
  private static final double NEAR = 0.05;
  private static final int KEPT = 512;

  private final MarketCalendar calendar = MarketCalendar.usEquities();
  private final MarketData stocks;
  private final InstantSource clock;
  private final Map<String, OptionContract> found = kept();
  private final Map<String, Optional<Double>> references = kept();

  OptionListing(MarketData stocks, InstantSource clock) {
    this.stocks = stocks;
    this.clock = clock;
  }

  /** A map that forgets what was not asked for longest. */
  static <V> Map<String, V> kept() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > KEPT;
      }
    };
  }

  /** The contract of a ticker that was ever listed, up to the clock's day; else empty. */
  Optional<OptionContract> find(String ticker) {
    synchronized (found) {
      OptionContract known = found.get(ticker);
      if (known != null) {
        return Optional.of(known);
      }
    }
    Optional<OptionContract> contract =
        OptionContract.parse(ticker).flatMap(this::withUnderlying).filter(this::exists);
    synchronized (found) {
      contract.ifPresent(listed -> found.put(ticker, listed));
    }
    return contract;
  }

  /** Tickers have no dot: BRKB is BRK.B. */
  private Optional<OptionContract> withUnderlying(OptionContract contract) {
    String root = contract.underlying();
    int end = root.length() - 1;
    return Stream.of(root, root.substring(0, end) + "." + root.substring(end))
        .filter(stocks.symbols(Market.STOCKS)::contains)
        .findFirst()
        .or(() -> Optional.of(root).filter(stocks::knows))
        .map(
            symbol ->
                new OptionContract(
                    contract.ticker(),
                    symbol,
                    contract.expiration(),
                    contract.call(),
                    contract.strike()));
  }

  private boolean exists(OptionContract contract) {
    Optional<LocalDate> listed = listed(contract.underlying(), contract.expiration());
    return listed.isPresent()
        && !listed.get().isAfter(Days.dayOf(clock.millis()))
        && strikes(contract.underlying(), listed.get()).contains(contract.strike());
  }

  /**
   * The contracts of a stock that trade on a day, by expiration, strike, calls before puts; empty
   * for one without options.
   */
  List<OptionContract> chain(String underlying, LocalDate day) {
    if (!stocks.knows(underlying)) {
      return List.of();
    }
    var contracts = new ArrayList<OptionContract>();
    for (LocalDate expiration : expirations(day)) {
      listed(underlying, expiration)
          .filter(listed -> !listed.isAfter(day))
          .ifPresent(
              listed -> {
                for (double strike : strikes(underlying, listed)) {
                  contracts.add(OptionContract.of(underlying, expiration, true, strike));
                  contracts.add(OptionContract.of(underlying, expiration, false, strike));
                }
              });
    }
    return contracts;
  }

  /** The expirations that there may be on a day, ascending. */
  private List<LocalDate> expirations(LocalDate day) {
    var all = new TreeSet<LocalDate>();
    LocalDate friday = day.with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY));
    for (int week = 0; week <= WEEKS_AHEAD; week++) {
      LocalDate expiration = tradingDayOf(friday.plusWeeks(week));
      if (!expiration.isBefore(day) && !firstDay(expiration).isAfter(day)) {
        all.add(expiration);
      }
    }
    return List.copyOf(all);
  }

  private LocalDate tradingDayOf(LocalDate friday) {
    return calendar.isTradingDay(friday) ? friday : calendar.previous(friday).date();
  }

  private static LocalDate fridayOf(LocalDate expiration) {
    return expiration.with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY));
  }

  /** By the kind of its expiration: when such contracts are listed. */
  private LocalDate firstDay(LocalDate expiration) {
    LocalDate friday = fridayOf(expiration);
    boolean third = (friday.getDayOfMonth() - 1) / 7 == 2;
    LocalDate first =
        !third
            ? friday.minusWeeks(WEEKS)
            : friday.getMonthValue() == 1 ? friday.minusYears(2) : friday.minusMonths(9);
    return calendar.next(first).date();
  }

  /** The day from which on contracts of an expiration trade; empty when there are none. */
  Optional<LocalDate> listed(String underlying, LocalDate expiration) {
    if (!tradingDayOf(fridayOf(expiration)).equals(expiration)) {
      return Optional.empty();
    }
    LocalDate first = firstDay(expiration);
    for (Split split : stocks.splits(underlying)) {
      if (!split.executionDate().isAfter(expiration)) {
        first = Days.later(first, split.executionDate());
      }
    }
    first = Days.later(first, Hours.beginning(Market.OPTIONS));
    return first.isBefore(expiration) ? Optional.of(first) : Optional.empty();
  }

  /** The strikes of contracts listed on a day, ascending. */
  private Set<Double> strikes(String underlying, LocalDate listed) {
    var strikes = new TreeSet<Double>();
    reference(underlying, listed)
        .ifPresent(
            price -> {
              double step = step(price);
              for (double strike = Math.max(step, Math.ceil(price * LOWEST / step) * step);
                  strike <= price * HIGHEST;
                  strike += step) {
                strikes.add(Math.rint(strike * 1000) / 1000);
              }
            });
    return strikes;
  }

  private static double step(double price) {
    if (price >= 1_000) {
      return Math.pow(10, Math.floor(Math.log10(price)) - 1) / 5;
    }
    return price < 25 ? 0.5 : price < 100 ? 1 : price < 250 ? 2.5 : price < 500 ? 5 : 10;
  }

  /** What the underlying opened at when contracts were listed, in the terms of then. */
  private Optional<Double> reference(String underlying, LocalDate listed) {
    String key = underlying + listed;
    synchronized (references) {
      Optional<Double> known = references.get(key);
      if (known != null) {
        return known;
      }
    }
    // The very day, or of a stock that rested the next one on which it traded.
    Optional<Double> price =
        stocks.portions(underlying, Base.DAY, listed, listed.plusDays(7)).stream()
            .map(portion -> stocks.bars(underlying, Base.DAY, portion))
            .filter(bars -> bars.size() > 0)
            .map(bars -> bars.open[0])
            .findFirst();
    synchronized (references) {
      references.put(key, price);
    }
    return price;
  }

  /** Whether a contract's strike is about what its underlying cost when it was listed. */
  boolean isNearThePrice(OptionContract contract) {
    return listed(contract.underlying(), contract.expiration())
        .flatMap(listed -> reference(contract.underlying(), listed))
        .filter(price -> Math.abs(contract.strike() / price - 1) < NEAR)
        .isPresent();
  }
}
