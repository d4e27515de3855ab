package com.alphaxiii.polygon.core;

import java.time.LocalDate;
import java.util.List;

/**
 * The first and last prices of a day of a crypto pair.
 *
 * @param day UTC day
 * @param open in the quote currency
 * @param close in the quote currency
 * @param opening the trades that opened the day; their times are milliseconds
 * @param closing the trades that closed it
 * @param rejected opening or closing trades that could not be read
 */
public record CryptoOpenClose(
    CurrencyPair pair,
    LocalDate day,
    double open,
    double close,
    List<Trade> opening,
    List<Trade> closing,
    List<Rejected> rejected) {
  public CryptoOpenClose {
    opening = List.copyOf(opening);
    closing = List.copyOf(closing);
    rejected = List.copyOf(rejected);
  }
}
