package com.alphaxiii.polygon.reference;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The statements of a company for a period, taken from its filing at the SEC.
 *
 * @param cik number of the filer, with leading zeros
 * @param symbols its tickers
 * @param fiscalPeriod Q1, Q2, Q3, Q4, FY or TTM
 * @param fiscalYear absent for the trailing twelve months
 * @param timeframe the vendor's word: quarterly, annual or ttm
 * @param start first day of the period
 * @param end last day of the period
 * @param filed day of the filing; absent for what the vendor derived
 * @param accepted when the SEC took it
 * @param source address of the filing
 * @param sourceFile address of its XBRL document
 * @param statements items by name by statement (balance_sheet, income_statement,
 *     cash_flow_statement, comprehensive_income), in the vendor's order
 */
public record FinancialReport(
    String company,
    String cik,
    Optional<String> sic,
    List<String> symbols,
    String fiscalPeriod,
    OptionalInt fiscalYear,
    Optional<String> timeframe,
    Optional<LocalDate> start,
    Optional<LocalDate> end,
    Optional<LocalDate> filed,
    Optional<Instant> accepted,
    Optional<String> source,
    Optional<String> sourceFile,
    Map<String, Map<String, Item>> statements) {

  /**
   * A line of a statement.
   *
   * @param unit of the value, such as USD, USD / shares, shares
   * @param order place within the statement
   * @param source where the value comes from, such as Report or Inferred; sent on demand, as are
   *     the three after it
   * @param formula how the vendor computed it
   * @param derivedFrom the items that it was computed of
   * @param xpath where it stands in the filing
   */
  public record Item(
      OptionalDouble value,
      String unit,
      String label,
      OptionalInt order,
      Optional<String> source,
      Optional<String> formula,
      List<String> derivedFrom,
      Optional<String> xpath) {
    public Item {
      derivedFrom = List.copyOf(derivedFrom);
    }
  }

  public FinancialReport {
    symbols = List.copyOf(symbols);
    Map<String, Map<String, Item>> copy = new LinkedHashMap<>();
    statements.forEach(
        (name, items) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(items))));
    statements = Collections.unmodifiableMap(copy);
  }

  /**
   * The value of an item; empty when the company does not report it.
   *
   * @param statement such as income_statement
   * @param item such as revenues
   */
  public OptionalDouble value(String statement, String item) {
    Item found = statements.getOrDefault(statement, Map.of()).get(item);
    return found == null ? OptionalDouble.empty() : found.value();
  }
}
