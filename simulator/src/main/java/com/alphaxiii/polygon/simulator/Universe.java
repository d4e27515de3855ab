package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.util.List;
import java.util.stream.Stream;

/** The symbols there are, by market. */
final class Universe {
  private final MarketData data;

  Universe(MarketData data) {
    this.data = data;
  }

  static boolean isOf(Market market, String symbol) {
    return Route.marketOf(symbol) == market;
  }

  boolean knows(String symbol) {
    return data.knows(symbol);
  }

  /** The listed symbols of a market, sorted. */
  Stream<String> listed(Market market) {
    return data.symbols(market).stream();
  }

  /**
   * The symbols of a market that a call can be about. Those that it names need not be listed: the
   * model knows more than it lists.
   *
   * @param column the parameter that names a symbol, or with {@code .any_of} several
   */
  Stream<String> asked(Call call, String column, Market market) {
    if (call.find(column).isPresent()) {
      return call.find(column).stream().filter(data::knows).filter(s -> isOf(market, s));
    }
    return call.find(column + ".any_of")
        .map(
            names ->
                Stream.of(names.split(",", -1))
                    .distinct()
                    .filter(data::knows)
                    .filter(s -> isOf(market, s)))
        .orElseGet(() -> listed(market));
  }

  /** The same as companies. */
  Stream<Company> companies(Call call, String column) {
    return asked(call, column, Market.STOCKS).map(Company::of);
  }

  /** The symbols of a comma-separated list, each once. */
  static List<String> split(String names) {
    return Stream.of(names.split(",", -1)).filter(name -> !name.isEmpty()).distinct().toList();
  }
}
