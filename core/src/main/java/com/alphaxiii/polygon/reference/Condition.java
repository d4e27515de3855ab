package com.alphaxiii.polygon.reference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a condition code of a trade or quote means.
 *
 * @param id the code; the same number may mean several things, told apart by {@code assetClass} and
 *     {@code type}
 * @param assetClass the vendor's word: stocks, options, crypto, fx
 * @param type the vendor's word, such as sale_condition or quote_condition
 * @param dataTypes what it occurs on: trade, bbo, nbbo
 * @param sipMapping the letter that each SIP (CTA, UTP, OPRA) has for it
 * @param consolidated how a trade with it counts in bars of the whole market; absent for quotes
 * @param marketCenter how it counts in bars of one venue
 * @param exchange the vendor's id of the exchange that alone uses it
 * @param legacy true when it occurs in old data only
 */
public record Condition(
    int id,
    String name,
    String assetClass,
    String type,
    List<String> dataTypes,
    Map<String, String> sipMapping,
    Optional<UpdateRule> consolidated,
    Optional<UpdateRule> marketCenter,
    Optional<String> abbreviation,
    Optional<String> description,
    OptionalInt exchange,
    boolean legacy) {
  /** Which parts of a bar a trade may change. It must be allowed by all its conditions. */
  public record UpdateRule(boolean highLow, boolean openClose, boolean volume) {}

  public Condition {
    dataTypes = List.copyOf(dataTypes);
    sipMapping = Map.copyOf(sipMapping);
  }
}
