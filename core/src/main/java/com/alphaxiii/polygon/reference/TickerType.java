package com.alphaxiii.polygon.reference;

/**
 * A kind of instrument.
 *
 * @param code as {@code type} of a ticker has it, such as CS
 * @param assetClass the vendor's word: stocks, options, crypto, fx, indices
 * @param locale us or global
 */
public record TickerType(String code, String description, String assetClass, String locale) {}
