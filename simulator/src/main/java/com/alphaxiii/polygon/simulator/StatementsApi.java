package com.alphaxiii.polygon.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The endpoints of financial statements and ratios, in the older form and in the newer. */
final class StatementsApi {
  private static final String NEW = "/stocks/financials/v1/";
  private static final int QUARTERS = 24;
  private static final int AVERAGED_DAYS = 5;

  private static final Listing BALANCE = Listing.described(NEW + "balance-sheets");
  private static final Listing CASH = Listing.described(NEW + "cash-flow-statements");
  private static final Listing INCOME = Listing.described(NEW + "income-statements");
  private static final Listing RATIOS = Listing.described(NEW + "ratios");

  private final Universe universe;
  private final DayBars days;
  private final InstantSource clock;

  StatementsApi(Universe universe, DayBars days, InstantSource clock) {
    this.universe = universe;
    this.days = days;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            NEW + "balance-sheets",
            Family.FINANCIALS,
            call -> BALANCE.answer(call, clock, (c, asOf) -> balances(c, asOf))),
        new Route(
            NEW + "cash-flow-statements",
            Family.FINANCIALS,
            call -> CASH.answer(call, clock, (c, asOf) -> flows(c, asOf, StatementsApi::cash))),
        new Route(
            NEW + "income-statements",
            Family.FINANCIALS,
            call -> INCOME.answer(call, clock, (c, asOf) -> flows(c, asOf, StatementsApi::income))),
        new Route(
            NEW + "ratios",
            Family.FINANCIALS,
            call -> RATIOS.answer(call, clock, (c, asOf) -> ratios(c, asOf))));
  }

  /** A span of whole quarters that ends with one. */
  private record Period(Quarter last, int quarters, String timeframe) {}

  private interface Statement {
    void fill(Row row, List<Fundamentals> quarters);
  }

  private Stream<Profile> profiles(Call call, String column) {
    return universe.companies(call, column).map(Profile::of).filter(profile -> !profile.isFund());
  }

  private Stream<Row> balances(Call call, Instant asOf) {
    LocalDate today = Days.dayOf(asOf.toEpochMilli());
    return profiles(call, "tickers")
        .flatMap(
            profile ->
                Quarter.publishedBy(today, QUARTERS)
                    .flatMap(
                        quarter ->
                            quarter.number() == 4
                                ? Stream.of(
                                    new Period(quarter, 1, "quarterly"),
                                    new Period(quarter, 4, "annual"))
                                : Stream.of(new Period(quarter, 1, "quarterly")))
                    .map(period -> row(profile, period, StatementsApi::balance)));
  }

  private Stream<Row> flows(Call call, Instant asOf, Statement statement) {
    LocalDate today = Days.dayOf(asOf.toEpochMilli());
    return profiles(call, "tickers")
        .flatMap(
            profile ->
                Quarter.publishedBy(today, QUARTERS)
                    .flatMap(
                        quarter ->
                            Stream.of(
                                    new Period(quarter, 1, "quarterly"),
                                    new Period(quarter, 4, "trailing_twelve_months"),
                                    new Period(quarter, 4, "annual"))
                                .filter(
                                    p -> !p.timeframe().equals("annual") || quarter.number() == 4))
                    .map(period -> row(profile, period, statement)));
  }

  private static Row row(Profile profile, Period period, Statement statement) {
    Row row =
        new Row()
            .put("cik", profile.cik())
            .put("filing_date", period.last().filed().toString())
            .put("fiscal_quarter", period.last().number())
            .put("fiscal_year", period.last().year())
            .put("period_end", period.last().end().toString())
            .put("tickers", List.of(profile.company().symbol()))
            .put("timeframe", period.timeframe());
    statement.fill(
        row, Fundamentals.trailing(profile, period.last(), Math.max(1, period.quarters())));
    return row;
  }

  private static void balance(Row row, List<Fundamentals> quarters) {
    Fundamentals f = quarters.getFirst();
    row.put("accounts_payable", f.payables())
        .put("cash_and_equivalents", f.cash())
        .put("common_stock", f.shares() / 1_000)
        .put("goodwill", f.goodwill())
        .put("inventories", f.inventories())
        .put("long_term_debt_and_capital_lease_obligations", f.longTermDebt())
        .put("property_plant_equipment_net", f.property())
        .put("receivables", f.receivables())
        .put("retained_earnings_deficit", f.equity() - f.shares() / 1_000)
        .put("total_assets", f.assets())
        .put("total_current_assets", f.currentAssets())
        .put("total_current_liabilities", f.payables())
        .put("total_equity", f.equity())
        .put("total_equity_attributable_to_parent", f.equity())
        .put("total_liabilities", f.liabilities())
        .put("total_liabilities_and_equity", f.liabilities() + f.equity());
  }

  private static void cash(Row row, List<Fundamentals> quarters) {
    put(row, "net_income", quarters, Fundamentals::netIncome);
    put(row, "depreciation_depletion_and_amortization", quarters, Fundamentals::depreciation);
    put(row, "net_cash_from_operating_activities", quarters, Fundamentals::operatingCash);
    put(
        row,
        "cash_from_operating_activities_continuing_operations",
        quarters,
        Fundamentals::operatingCash);
    put(row, "purchase_of_property_plant_and_equipment", quarters, f -> -f.capitalExpenditure());
    put(row, "net_cash_from_investing_activities", quarters, Fundamentals::investingCash);
    put(row, "dividends", quarters, f -> -f.dividends());
    put(row, "other_financing_activities", quarters, f -> f.financingCash() + f.dividends());
    put(row, "net_cash_from_financing_activities", quarters, Fundamentals::financingCash);
    put(row, "change_in_cash_and_equivalents", quarters, Fundamentals::changeInCash);
  }

  private static void income(Row row, List<Fundamentals> quarters) {
    double shares = quarters.getFirst().shares();
    double net = Fundamentals.sum(quarters, Fundamentals::netIncome);
    put(row, "revenue", quarters, Fundamentals::revenue);
    put(row, "cost_of_revenue", quarters, Fundamentals::costOfRevenue);
    put(row, "gross_profit", quarters, Fundamentals::grossProfit);
    put(row, "research_development", quarters, Fundamentals::research);
    put(row, "selling_general_administrative", quarters, Fundamentals::selling);
    put(row, "depreciation_depletion_amortization", quarters, Fundamentals::depreciation);
    put(row, "total_operating_expenses", quarters, Fundamentals::operatingExpenses);
    put(row, "operating_income", quarters, Fundamentals::operatingIncome);
    put(row, "interest_expense", quarters, Fundamentals::interestExpense);
    put(row, "interest_income", quarters, Fundamentals::interestIncome);
    put(row, "total_other_income_expense", quarters, Fundamentals::otherIncome);
    put(row, "income_before_income_taxes", quarters, Fundamentals::pretax);
    put(row, "income_taxes", quarters, Fundamentals::taxes);
    put(row, "consolidated_net_income_loss", quarters, Fundamentals::netIncome);
    put(row, "net_income_loss_attributable_common_shareholders", quarters, Fundamentals::netIncome);
    put(row, "ebitda", quarters, f -> f.operatingIncome() + f.depreciation());
    row.put("basic_shares_outstanding", shares)
        .put("diluted_shares_outstanding", shares)
        .put("basic_earnings_per_share", net / shares)
        .put("diluted_earnings_per_share", net / shares);
  }

  private static void put(
      Row row, String name, List<Fundamentals> quarters, ToDoubleFunction<Fundamentals> figure) {
    row.put(name, Fundamentals.sum(quarters, figure));
  }

  /** One row a ticker: the last close against the last four quarters. */
  private Stream<Row> ratios(Call call, Instant asOf) {
    LocalDate today = Days.dayOf(asOf.toEpochMilli());
    return profiles(call, "ticker").flatMap(profile -> ratios(profile, today).stream());
  }

  private Optional<Row> ratios(Profile profile, LocalDate today) {
    String symbol = profile.company().symbol();
    return Quarter.publishedBy(today, 1)
        .findFirst()
        .flatMap(
            quarter ->
                days.before(symbol, today)
                    .map(bar -> days.adjusted(symbol, bar))
                    .map(bar -> ratios(profile, bar, quarter)));
  }

  private Row ratios(Profile profile, DayBar bar, Quarter quarter) {
    List<Fundamentals> year = Fundamentals.trailing(profile, quarter, 4);
    Fundamentals now = year.getFirst();
    double net = Fundamentals.sum(year, Fundamentals::netIncome);
    double sales = Fundamentals.sum(year, Fundamentals::revenue);
    double operating = Fundamentals.sum(year, Fundamentals::operatingCash);
    double free = operating + Fundamentals.sum(year, Fundamentals::investingCash);
    double ebitda = Fundamentals.sum(year, f -> f.operatingIncome() + f.depreciation());
    double cap = bar.close() * profile.shares();
    double enterprise = cap + now.longTermDebt() - now.cash();
    return new Row()
        .put("ticker", profile.company().symbol())
        .put("cik", profile.cik())
        .put("date", bar.day().toString())
        .put("price", bar.close())
        .put("average_volume", averageVolume(profile.company().symbol(), bar))
        .put("market_cap", cap)
        .put("earnings_per_share", net / profile.shares())
        .put("price_to_earnings", net > 0 ? cap / net : null)
        .put("price_to_book", cap / now.equity())
        .put("price_to_sales", cap / sales)
        .put("price_to_cash_flow", cap / operating)
        .put("price_to_free_cash_flow", cap / free)
        .put("dividend_yield", Fundamentals.sum(year, Fundamentals::dividends) / cap)
        .put("return_on_assets", net / now.assets())
        .put("return_on_equity", net / now.equity())
        .put("debt_to_equity", now.longTermDebt() / now.equity())
        .put("current", now.currentAssets() / now.payables())
        .put("quick", (now.cash() + now.receivables()) / now.payables())
        .put("cash", now.cash() / now.payables())
        .put("ev_to_sales", enterprise / sales)
        .put("ev_to_ebitda", enterprise / ebitda)
        .put("enterprise_value", enterprise)
        .put("free_cash_flow", free);
  }

  /** Of the last trading days up to a bar's. */
  private double averageVolume(String symbol, DayBar last) {
    double sum = last.volume();
    int count = 1;
    DayBar bar = last;
    for (int i = 1; i < AVERAGED_DAYS; i++) {
      Optional<DayBar> before =
          days.before(symbol, bar.day()).map(found -> days.adjusted(symbol, found));
      if (before.isEmpty()) {
        break;
      }
      bar = before.get();
      sum += bar.volume();
      count++;
    }
    return sum / count;
  }
}
