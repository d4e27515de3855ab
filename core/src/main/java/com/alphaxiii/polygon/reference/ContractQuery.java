package com.alphaxiii.polygon.reference;

import com.alphaxiii.polygon.core.OptionTerms;
import com.alphaxiii.polygon.core.Ticker;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which options of an underlying are meant.
 *
 * @param underlying such as AAPL
 * @param right calls or puts; both when empty
 * @param expirationFrom first day of expiration
 * @param expirationTo last day of expiration
 * @param strikeFrom lowest strike
 * @param strikeTo highest strike
 * @param asOf New York day whose contracts are meant; today's when empty. Chains are always today's
 * @param expired true to list contracts that have expired. Chains have none
 */
public record ContractQuery(
    Ticker underlying,
    Optional<OptionTerms.Right> right,
    Optional<LocalDate> expirationFrom,
    Optional<LocalDate> expirationTo,
    OptionalDouble strikeFrom,
    OptionalDouble strikeTo,
    Optional<LocalDate> asOf,
    boolean expired) {
  /** All contracts of an underlying that have not expired. */
  public static ContractQuery of(Ticker underlying) {
    return new ContractQuery(
        underlying,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        false);
  }

  public ContractQuery withRight(OptionTerms.Right other) {
    return new ContractQuery(
        underlying,
        Optional.of(other),
        expirationFrom,
        expirationTo,
        strikeFrom,
        strikeTo,
        asOf,
        expired);
  }

  /** Expiring within days, both included. */
  public ContractQuery withExpiration(LocalDate first, LocalDate last) {
    return new ContractQuery(
        underlying,
        right,
        Optional.of(first),
        Optional.of(last),
        strikeFrom,
        strikeTo,
        asOf,
        expired);
  }

  /** With strikes within prices, both included. */
  public ContractQuery withStrike(double lowest, double highest) {
    return new ContractQuery(
        underlying,
        right,
        expirationFrom,
        expirationTo,
        OptionalDouble.of(lowest),
        OptionalDouble.of(highest),
        asOf,
        expired);
  }

  public ContractQuery withAsOf(LocalDate other) {
    return new ContractQuery(
        underlying,
        right,
        expirationFrom,
        expirationTo,
        strikeFrom,
        strikeTo,
        Optional.of(other),
        expired);
  }

  public ContractQuery withExpired() {
    return new ContractQuery(
        underlying, right, expirationFrom, expirationTo, strikeFrom, strikeTo, asOf, true);
  }
}
