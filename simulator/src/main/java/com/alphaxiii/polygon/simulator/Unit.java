package com.alphaxiii.polygon.simulator;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A currency, coin or index of the modelled markets.
 *
 * @param price about what one was worth early in 2024, in US dollars or points
 * @param volatility about the deviation of a day's relative change
 * @param ticks about how many quotes, trades or values a minute has
 */
record Unit(String code, String name, Kind kind, double price, double volatility, double ticks) {
  /** What sort of thing it is. */
  enum Kind {
    FIAT,
    COIN,
    INDEX
  }

  private static final Map<String, Unit> ALL = load();

  private static Map<String, Unit> load() {
    var all = new LinkedHashMap<String, Unit>();
    CsvFile.readResource(
        "units.csv",
        row ->
            all.put(
                row.text("code"),
                new Unit(
                    row.text("code"),
                    row.text("name"),
                    Kind.valueOf(row.text("kind")),
                    row.number("price"),
                    row.number("volatility"),
                    row.number("ticks"))));
    return Collections.unmodifiableMap(all);
  }

  static Collection<Unit> all() {
    return ALL.values();
  }

  static Optional<Unit> find(String code, Kind kind) {
    return Optional.ofNullable(ALL.get(code)).filter(unit -> unit.kind == kind);
  }
}
