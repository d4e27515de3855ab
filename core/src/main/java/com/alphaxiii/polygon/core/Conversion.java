package com.alphaxiii.polygon.core;

/**
 * An amount of one currency in another at the latest rate.
 *
 * @param amount in the pair's base currency
 * @param converted the same in its quote currency, rounded as asked
 * @param rate the quote it was made with; stamped in milliseconds
 */
public record Conversion(CurrencyPair pair, double amount, double converted, Quote rate) {}
