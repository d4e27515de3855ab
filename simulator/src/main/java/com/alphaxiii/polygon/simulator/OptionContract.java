package com.alphaxiii.polygon.simulator;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the ticker of an option says.
 *
 * @param underlying the stock; of class shares the ticker has no dot
 * @param expiration the last day of trading
 */
record OptionContract(
    String ticker, String underlying, LocalDate expiration, boolean call, double strike) {

  private static final Pattern TICKER =
      Pattern.compile("O:([A-Z]{1,6})(\\d{2})(\\d{2})(\\d{2})([CP])(\\d{8})");
  private static final int CENTURY = 2000;

  static OptionContract of(String underlying, LocalDate expiration, boolean call, double strike) {
    String ticker =
        "O:%s%02d%02d%02d%s%08d"
            .formatted(
                underlying.replace(".", ""),
                expiration.getYear() - CENTURY,
                expiration.getMonthValue(),
                expiration.getDayOfMonth(),
                call ? "C" : "P",
                Math.round(strike * 1000));
    return new OptionContract(ticker, underlying, expiration, call, strike);
  }

  /** Reads a ticker; empty when it cannot be an option's. */
  static Optional<OptionContract> parse(String ticker) {
    Matcher matcher = TICKER.matcher(ticker);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new OptionContract(
              ticker,
              matcher.group(1),
              LocalDate.of(
                  CENTURY + Integer.parseInt(matcher.group(2)),
                  Integer.parseInt(matcher.group(3)),
                  Integer.parseInt(matcher.group(4))),
              matcher.group(5).equals("C"),
              Integer.parseInt(matcher.group(6)) / 1000.0));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
