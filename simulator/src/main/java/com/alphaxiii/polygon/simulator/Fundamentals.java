package com.alphaxiii.polygon.simulator;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a company earned in a quarter and had at its end, US dollars, made of its symbol: the parts
 * add up within a statement, and the statements fit each other and those of the quarters around.
 */
record Fundamentals(
    double revenue,
    double costOfRevenue,
    double research,
    double selling,
    double depreciation,
    double interestExpense,
    double interestIncome,
    double shares,
    double cash,
    double cashBefore,
    double capitalExpenditure,
    double dividends,
    double receivables,
    double inventories,
    double property,
    double goodwill,
    double payables,
    double longTermDebt) {

  private static final double TAX = 0.21;

  static Fundamentals of(Profile profile, Quarter quarter) {
    double revenue = revenue(profile, quarter);
    var character = new Mix(Mix.hash(13, profile.company().symbol()));
    double cost = round(revenue * (0.45 + 0.2 * character.uniform()));
    double research = round(revenue * 0.1 * character.uniform());
    double selling = round(revenue * (0.05 + 0.1 * character.uniform()));
    return new Fundamentals(
        revenue,
        cost,
        research,
        selling,
        round(revenue * 0.04),
        round(revenue * 0.01),
        round(revenue * 0.004),
        profile.shares(),
        cash(profile, quarter),
        cash(profile, quarter.minus(1)),
        round(revenue * 0.05),
        round(revenue * 0.02),
        round(revenue * 0.5),
        round(revenue * 0.3),
        round(revenue * 3),
        round(revenue * 1.5),
        round(revenue * 0.4),
        round(revenue * 2));
  }

  /** Grows by some percent a year, with a season and a little noise. */
  private static double revenue(Profile profile, Quarter quarter) {
    var character = new Mix(Mix.hash(17, profile.company().symbol()));
    double level =
        profile.shares() * profile.company().price() * (0.02 + 0.06 * character.uniform());
    double growth = 0.98 + 0.14 * character.uniform();
    double season = quarter.number() == 4 ? 1.12 : 0.96;
    double noise =
        0.98
            + 0.04
                * Mix.unit(
                    Mix.hash(19, profile.company().symbol() + quarter.year() + quarter.number()));
    double years = quarter.year() - 2024 + (quarter.number() - 1) / 4.0;
    return round(level / 4 * Math.pow(growth, years) * season * noise);
  }

  private static double cash(Profile profile, Quarter quarter) {
    return round(revenue(profile, quarter) * 0.8);
  }

  /** Whole thousands. */
  private static double round(double amount) {
    return Math.round(amount / 1_000) * 1_000.0;
  }

  double grossProfit() {
    return revenue - costOfRevenue;
  }

  double operatingExpenses() {
    return research + selling + depreciation;
  }

  double operatingIncome() {
    return grossProfit() - operatingExpenses();
  }

  double otherIncome() {
    return interestIncome - interestExpense;
  }

  double pretax() {
    return operatingIncome() + otherIncome();
  }

  double taxes() {
    return Math.max(0, round(pretax() * TAX));
  }

  double netIncome() {
    return pretax() - taxes();
  }

  double operatingCash() {
    return netIncome() + depreciation;
  }

  double investingCash() {
    return -capitalExpenditure;
  }

  double changeInCash() {
    return cash - cashBefore;
  }

  double financingCash() {
    return changeInCash() - operatingCash() - investingCash();
  }

  double currentAssets() {
    return cash + receivables + inventories;
  }

  double assets() {
    return currentAssets() + property + goodwill;
  }

  double liabilities() {
    return payables + longTermDebt;
  }

  double equity() {
    return assets() - liabilities();
  }

  /** The sum of a figure over several quarters. */
  static double sum(List<Fundamentals> quarters, ToDoubleFunction<Fundamentals> figure) {
    return quarters.stream().mapToDouble(figure).sum();
  }

  /** The quarter and those before it, oldest last. */
  static List<Fundamentals> trailing(Profile profile, Quarter quarter, int quarters) {
    return IntStream.range(0, quarters).mapToObj(i -> of(profile, quarter.minus(i))).toList();
  }
}
