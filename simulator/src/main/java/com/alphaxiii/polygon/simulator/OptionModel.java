package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * What an option is worth, by Black and Scholes (1973) without dividends: the price and its
 * sensitivities.
 *
 * @param volatility of a year
 * @param theta of a day
 * @param vega of a hundredth of volatility
 */
record OptionModel(
    double price, double volatility, double delta, double gamma, double theta, double vega) {

  private static final double RATE = 0.04;
  private static final double NANOS_OF_A_YEAR = 365.25 * 86_400e9;
  private static final double DAYS_OF_A_YEAR = 365.25;
  private static final double SHORTEST = 1e-6;

  /**
   * The worth of a contract.
   *
   * @param spot what the underlying costs
   * @param at Unix ns
   */
  static OptionModel of(OptionContract contract, double spot, long at) {
    double years = Math.max(SHORTEST, (expiry(contract.expiration()) - at) / NANOS_OF_A_YEAR);
    double strike = contract.strike();
    double distance = Math.log(strike / spot);
    double volatility =
        Math.min(
            2,
            0.18 + 0.25 * Mix.unit(Mix.hash(3, contract.underlying())) + 0.4 * distance * distance);
    double deviation = volatility * Math.sqrt(years);
    double d1 = (-distance + RATE * years) / deviation + deviation / 2;
    double d2 = d1 - deviation;
    double discounted = strike * Math.exp(-RATE * years);
    double density = Math.exp(-d1 * d1 / 2) / Math.sqrt(2 * Math.PI);
    double decay = -spot * density * volatility / (2 * Math.sqrt(years));
    double gamma = density / (spot * deviation);
    double vega = spot * density * Math.sqrt(years) / 100;
    if (contract.call()) {
      return new OptionModel(
          spot * normal(d1) - discounted * normal(d2),
          volatility,
          normal(d1),
          gamma,
          (decay - RATE * discounted * normal(d2)) / DAYS_OF_A_YEAR,
          vega);
    }
    return new OptionModel(
        discounted * normal(-d2) - spot * normal(-d1),
        volatility,
        normal(d1) - 1,
        gamma,
        (decay + RATE * discounted * normal(-d2)) / DAYS_OF_A_YEAR,
        vega);
  }

  /** The close of the last day, Unix ns. */
  static long expiry(LocalDate expiration) {
    return Ticks.nanos(expiration.atTime(LocalTime.of(16, 0)).atZone(Market.NEW_YORK).toInstant());
  }

  /** The normal distribution, to seven digits (Abramowitz and Stegun 26.2.17). */
  static double normal(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double tail =
        Math.exp(-x * x / 2)
            / Math.sqrt(2 * Math.PI)
            * t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return x >= 0 ? 1 - tail : tail;
  }

  /** The price as exchanges quote it: in cents, from three dollars on in five cents. */
  static double onGrid(double price) {
    return price < 3 ? Math.max(1, Math.rint(price * 100)) / 100 : Math.rint(price * 20) / 20;
  }
}
