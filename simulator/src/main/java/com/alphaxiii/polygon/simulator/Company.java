package com.alphaxiii.polygon.simulator;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A listed company or fund.
 *
 * @param type the vendor's code, such as CS or ETF
 * @param exchange MIC of the primary exchange
 * @param listed first day of trading, when later than the data begins
 * @param delisted first day on which it no longer trades
 * @param price about what a share cost early in 2024, today's split terms
 * @param trades about how many trades a modelled day has
 */
record Company(
    String symbol,
    String name,
    String type,
    String exchange,
    @Nullable LocalDate listed,
    @Nullable LocalDate delisted,
    double price,
    int trades) {

  private static final Map<String, Company> ALL = load("companies.csv");

  /** Who had a ticker before its present owner. */
  private static final Map<String, Company> FORMER = load("former.csv");

  private static Map<String, Company> load(String file) {
    var all = new TreeMap<String, Company>();
    CsvFile.readResource(
        file,
        row ->
            all.put(
                row.text("ticker"),
                new Company(
                    row.text("ticker"),
                    row.text("name"),
                    row.text("type"),
                    row.text("exchange"),
                    row.date("listed"),
                    row.date("delisted"),
                    row.number("price"),
                    row.small("trades"))));
    return Collections.unmodifiableMap(all);
  }

  static Collection<Company> all() {
    return ALL.values();
  }

  static Optional<Company> find(String symbol) {
    return Optional.ofNullable(ALL.get(symbol));
  }

  /** The company of any symbol; one that is in no list gets a name and a character of its own. */
  static Company of(String symbol) {
    return find(symbol)
        .orElseGet(
            () -> {
              var random = new Mix(Mix.hash(0, symbol));
              double price = Math.round(10 + 190 * random.uniform());
              int trades = 200 + random.below(1200);
              return new Company(
                  symbol, symbol + " Corporation", "CS", "XNYS", null, null, price, trades);
            });
  }

  /** All companies that have had a symbol, the present one last. */
  static List<Company> owners(String symbol) {
    Company former = FORMER.get(symbol);
    return former == null ? List.of(of(symbol)) : List.of(former, of(symbol));
  }

  /** Whose the symbol is on a day, or will be next. */
  static Company on(String symbol, LocalDate day) {
    return owners(symbol).stream()
        .filter(owner -> owner.delisted() == null || day.isBefore(owner.delisted()))
        .findFirst()
        .orElseGet(() -> of(symbol));
  }

  /** What this company's character is made of: two that had the same symbol are not alike. */
  String character() {
    return equals(FORMER.get(symbol)) ? symbol + " " + delisted : symbol;
  }

  /** Listing group: 1 = NYSE, 2 = Arca and regional, 3 = Nasdaq. */
  int tape() {
    return switch (exchange) {
      case "XNYS" -> 1;
      case "XNAS" -> 3;
      default -> 2;
    };
  }

  boolean tradesOn(LocalDate day) {
    return (listed == null || !day.isBefore(listed))
        && (delisted == null || day.isBefore(delisted));
  }
}
