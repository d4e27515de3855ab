package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pair of currencies, coin, index or future of the modelled markets. Prices of pairs come from
 * the worth of both sides, so that all crosses agree.
 *
 * @param ticker as the REST API spells it
 * @param base what is priced
 * @param quote what it is priced in; empty for points and dollars
 * @param price of the base about early in 2024
 * @param volatility of the base
 * @param ticks about how many ticks a minute has
 * @param tick the smallest change of a price
 * @param future the contract, of a future
 */
record Instrument(
    Market market,
    String ticker,
    String base,
    Optional<Unit> quote,
    double price,
    double volatility,
    double ticks,
    double tick,
    Optional<FuturesContract> future) {

  private static final List<String> FOREX =
      List.of(
          "AUDCAD", "AUDJPY", "AUDUSD", "CADJPY", "CHFJPY", "EURAUD", "EURCHF", "EURGBP", "EURJPY",
          "EURUSD", "GBPJPY", "GBPUSD", "NZDUSD", "USDBRL", "USDCAD", "USDCHF", "USDCNH", "USDDKK",
          "USDHKD", "USDINR", "USDJPY", "USDMXN", "USDNOK", "USDPLN", "USDSEK", "USDSGD", "USDTRY",
          "USDZAR");
  private static final int CODE = 3;
  private static final long REFERENCE = Instant.parse("2024-01-26T21:00:00Z").getEpochSecond() / 60;
  private static final double MINUTES_OF_A_YEAR = 525_960;

  /** The instrument of a ticker; empty for one that this model does not know. */
  static Optional<Instrument> find(String ticker, LocalDate asOf) {
    return switch (Route.marketOf(ticker)) {
      case FOREX -> forex(ticker, pair(ticker));
      case CRYPTO -> crypto(ticker, pair(ticker));
      case INDICES ->
          Unit.find(ticker.substring(2), Unit.Kind.INDEX)
              .map(
                  unit ->
                      new Instrument(
                          Market.INDICES,
                          ticker,
                          unit.code(),
                          Optional.empty(),
                          unit.price(),
                          unit.volatility(),
                          unit.ticks(),
                          0.01,
                          Optional.empty()));
      case FUTURES -> FuturesContract.find(ticker, asOf).map(Instrument::of);
      case STOCKS, OPTIONS -> Optional.empty();
    };
  }

  private static Instrument of(FuturesContract contract) {
    FuturesProduct product = contract.product();
    return new Instrument(
        Market.FUTURES,
        contract.ticker(),
        product.code(),
        Optional.empty(),
        product.price(),
        product.volatility(),
        product.ticks(),
        product.tick(),
        Optional.of(contract));
  }

  private static String pair(String ticker) {
    return Interests.key(Route.marketOf(ticker), ticker);
  }

  private static Optional<Instrument> forex(String ticker, String pair) {
    if (pair.length() != 2 * CODE) {
      return Optional.empty();
    }
    return pairOf(
        Market.FOREX,
        ticker,
        Unit.find(pair.substring(0, CODE), Unit.Kind.FIAT),
        Unit.find(pair.substring(CODE), Unit.Kind.FIAT));
  }

  private static Optional<Instrument> crypto(String ticker, String pair) {
    return Unit.all().stream()
        .filter(unit -> unit.kind() == Unit.Kind.COIN && pair.startsWith(unit.code()))
        .flatMap(
            coin -> {
              String rest = pair.substring(coin.code().length());
              return pairOf(
                  Market.CRYPTO,
                  ticker,
                  Optional.of(coin),
                  Unit.find(rest, Unit.Kind.FIAT).or(() -> Unit.find(rest, Unit.Kind.COIN)))
                  .stream();
            })
        .findFirst();
  }

  private static Optional<Instrument> pairOf(
      Market market, String ticker, Optional<Unit> base, Optional<Unit> quote) {
    if (base.isEmpty() || quote.isEmpty() || base.equals(quote)) {
      return Optional.empty();
    }
    Unit of = base.get();
    double price = of.price() / quote.get().price();
    return Optional.of(
        new Instrument(
            market,
            ticker,
            of.code(),
            quote,
            of.price(),
            of.volatility(),
            Math.max(of.ticks(), market == Market.FOREX ? quote.get().ticks() : 0),
            market == Market.FOREX ? (price >= 20 ? 0.001 : 0.00001) : coinTick(price),
            Optional.empty()));
  }

  private static double coinTick(double price) {
    return price >= 10 ? 0.01 : price >= 0.5 ? 0.0001 : 0.000001;
  }

  /** The tickers that a market lists on a day, sorted. */
  static List<String> listed(Market market, LocalDate day) {
    Stream<String> tickers =
        switch (market) {
          case FOREX -> FOREX.stream().map(pair -> market.prefix() + pair);
          case CRYPTO ->
              Unit.all().stream()
                  .filter(unit -> unit.kind() == Unit.Kind.COIN)
                  .map(unit -> market.prefix() + unit.code() + "USD");
          case INDICES ->
              Unit.all().stream()
                  .filter(unit -> unit.kind() == Unit.Kind.INDEX)
                  .map(unit -> market.prefix() + unit.code());
          case FUTURES ->
              FuturesProduct.all().stream()
                  .flatMap(product -> FuturesContract.trading(product, day).stream())
                  .map(FuturesContract::ticker);
          case STOCKS, OPTIONS -> Stream.empty();
        };
    return tickers.sorted().toList();
  }

  /** The pair as the stream spells it: {@code EUR/USD}, {@code BTC-USD}. */
  String streamPair() {
    String code = quote.map(Unit::code).orElse("");
    return base + (market == Market.FOREX ? "/" : "-") + code;
  }

  /** Its prices over time; for one thread. */
  Path path(long seed) {
    return new Path(seed);
  }

  /** The price at the beginning of any minute, unrounded. */
  final class Path {
    private final Wander own;
    private final Optional<Wander> other;
    private final double reference;

    private Path(long seed) {
      own = new Wander(Mix.hash(seed, market + base), volatility);
      other =
          quote.map(
              unit -> {
                Market of = unit.kind() == Unit.Kind.FIAT ? Market.FOREX : Market.CRYPTO;
                return new Wander(Mix.hash(seed, of + unit.code()), unit.volatility());
              });
      reference = logarithm(REFERENCE);
    }

    private double logarithm(long minute) {
      return own.at(minute) - other.map(wander -> wander.at(minute)).orElse(0.0);
    }

    double at(long minute) {
      double level =
          price / quote.map(Unit::price).orElse(1.0) * Math.exp(logarithm(minute) - reference);
      return level * carry(minute);
    }

    /** What a future costs more than its product today. */
    private double carry(long minute) {
      if (future.isEmpty()) {
        return 1;
      }
      long end = Hours.startOf(Market.FUTURES, future.get().lastTradeDate()) / 60_000 - minute;
      return Math.exp(future.get().product().carry() * end / MINUTES_OF_A_YEAR);
    }
  }

  /** A price on the grid of its ticks. */
  double round(double value) {
    double steps = Math.max(1, Math.rint(value / tick));
    double inverse = Math.rint(1 / tick);
    // Dividing by a whole number keeps decimals short.
    return Math.abs(inverse * tick - 1) < 1e-9 ? steps / inverse : steps * tick;
  }

  /** What a tick of random bits is of: coins, one quote, one value, or contracts. */
  double size(long bits, double at) {
    return switch (market) {
      case CRYPTO -> {
        double dollars = 20 + (bits >>> 8 & 0xFFF) * ((bits & 7) == 0 ? 5 : 0.5);
        double worth = at * quote.map(Unit::price).orElse(1.0);
        yield Math.max(1, Math.rint(dollars / worth * 1e8)) / 1e8;
      }
      case FUTURES -> 1 + ((bits & 3) == 0 ? bits >>> 8 & 31 : bits >>> 8 & 3);
      default -> 1;
    };
  }

  Conditions conditions(long bits) {
    return market == Market.CRYPTO ? Conditions.of(1 + (int) (bits >>> 20 & 1)) : Conditions.NONE;
  }

  /** The vendor's id of the exchange of a tick; 0 where it names none. */
  int exchange(long bits) {
    return switch (market) {
      case CRYPTO -> new int[] {1, 1, 1, 1, 2, 6, 23, 23}[(int) (bits >>> 24 & 7)];
      case FOREX -> 48;
      default -> 0;
    };
  }
}
