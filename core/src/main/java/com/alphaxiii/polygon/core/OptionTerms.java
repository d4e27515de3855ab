package com.alphaxiii.polygon.core;

import java.time.LocalDate;

/**
 * What an option entitles to.
 *
 * @param exercise the vendor's word: american, european or bermudan; empty when not sent
 * @param expiration last New York day
 * @param strike a share of the underlying, in its currency
 * @param sharesPerContract usually 100; fractional or other after corporate actions; NaN when not
 *     sent
 */
public record OptionTerms(
    Right right, String exercise, LocalDate expiration, double strike, double sharesPerContract) {
  /** To buy, to sell, or something rare. */
  public enum Right {
    CALL,
    PUT,
    OTHER
  }
}
