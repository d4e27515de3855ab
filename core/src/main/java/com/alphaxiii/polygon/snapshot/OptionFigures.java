package com.alphaxiii.polygon.snapshot;

import com.alphaxiii.polygon.core.OptionTerms;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a snapshot tells of an option.
 *
 * @param breakEven price of the underlying at which exercise neither gains nor loses
 * @param impliedVolatility a year's, as a fraction: 0.25 is 25 percent
 * @param openInterest contracts open at the end of the day before
 * @param greeks absent deep in the money and where there is no quote
 */
public record OptionFigures(
    Optional<OptionTerms> terms,
    OptionalDouble breakEven,
    OptionalDouble impliedVolatility,
    OptionalDouble openInterest,
    Optional<Greeks> greeks,
    Optional<Underlying> underlying) {

  /**
   * How the option's price moves.
   *
   * @param delta with the price of the underlying
   * @param gamma how delta moves with it
   * @param theta with a day that passes
   * @param vega with a change of implied volatility by one percentage point
   */
  public record Greeks(
      OptionalDouble delta, OptionalDouble gamma, OptionalDouble theta, OptionalDouble vega) {}

  /**
   * What the option is on.
   *
   * @param symbol such as AAPL or I:SPX
   * @param price of a share, or the value of an index
   * @param toBreakEven how far that is from {@code breakEven}
   * @param timeframe the vendor's word: REAL-TIME, or DELAYED by 15 minutes
   */
  public record Underlying(
      String symbol,
      OptionalDouble price,
      OptionalDouble toBreakEven,
      Optional<String> timeframe) {}
}
