package com.alphaxiii.polygon.simulator;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What futures are about, such as {@code ES}.
 *
 * @param venue MIC of the exchange
 * @param months the letters of the months in which contracts end
 * @param price about what the nearest contract cost early in 2024
 * @param ticks about how many trades a minute has
 * @param tick the smallest change of a price
 * @param carry how much more a contract costs for each year until its end
 * @param multiplier dollars for each point
 */
record FuturesProduct(
    String code,
    String name,
    String venue,
    String months,
    double price,
    double volatility,
    double ticks,
    double tick,
    double carry,
    double multiplier) {

  private static final Map<String, FuturesProduct> ALL = load();

  private static Map<String, FuturesProduct> load() {
    var all = new TreeMap<String, FuturesProduct>();
    CsvFile.readResource(
        "futures.csv",
        row ->
            all.put(
                row.text("product"),
                new FuturesProduct(
                    row.text("product"),
                    row.text("name"),
                    row.text("venue"),
                    row.text("months"),
                    row.number("price"),
                    row.number("volatility"),
                    row.number("ticks"),
                    row.number("tick"),
                    row.number("carry"),
                    row.number("multiplier"))));
    return Collections.unmodifiableMap(all);
  }

  static Collection<FuturesProduct> all() {
    return ALL.values();
  }

  static Optional<FuturesProduct> find(String code) {
    return Optional.ofNullable(ALL.get(code));
  }
}
