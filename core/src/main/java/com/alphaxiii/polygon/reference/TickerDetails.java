package com.alphaxiii.polygon.reference;

import com.alphaxiii.polygon.core.TickerInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * All that the vendor knows of a ticker. Lists of tickers send the first part of it only: up to
 * {@code updated}.
 *
 * @param locale us or global
 * @param cik number of the filer at the SEC, with leading zeros
 * @param compositeFigi identity of the instrument in its country
 * @param shareClassFigi identity of the share class in the world
 * @param baseCurrency code of what a pair prices, such as BTC
 * @param delisted since when it is traded no more
 * @param updated when these facts were last changed
 * @param root ticker without the suffix of its share class
 * @param listed first New York day of trading
 * @param marketCap in the ticker's currency: shares outstanding times the latest close
 * @param shareClassShares outstanding shares of this class
 * @param weightedShares outstanding shares of all classes, converted to this one
 * @param employees as last reported
 * @param sicCode standard industrial classification
 * @param roundLot shares of a round lot
 */
public record TickerDetails(
    TickerInfo info,
    Optional<String> locale,
    Optional<String> cik,
    Optional<String> compositeFigi,
    Optional<String> shareClassFigi,
    Optional<String> baseCurrency,
    Optional<Instant> delisted,
    Optional<Instant> updated,
    Optional<String> root,
    Optional<String> suffix,
    Optional<LocalDate> listed,
    Optional<String> description,
    Optional<String> homepage,
    Optional<String> phone,
    Optional<Address> address,
    Optional<Branding> branding,
    OptionalDouble marketCap,
    OptionalDouble shareClassShares,
    OptionalDouble weightedShares,
    OptionalLong employees,
    Optional<String> sicCode,
    Optional<String> sicDescription,
    OptionalDouble roundLot) {

  /** Where the company is; empty texts for what is not sent. */
  public record Address(String street, String more, String city, String state, String postalCode) {}

  /** Where its pictures are; the vendor serves them only with the key. */
  public record Branding(Optional<String> icon, Optional<String> logo) {}
}
