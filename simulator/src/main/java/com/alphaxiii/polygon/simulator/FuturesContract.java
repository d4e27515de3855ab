package com.alphaxiii.polygon.simulator;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A future that ends in one month. Its ticker has one digit for the year and returns every ten
 * years.
 *
 * @param firstTradeDate its first session, Chicago
 * @param lastTradeDate its last session: the third Friday of its month
 */
record FuturesContract(
    String ticker,
    FuturesProduct product,
    YearMonth month,
    LocalDate firstTradeDate,
    LocalDate lastTradeDate) {

  private static final String LETTERS = "FGHJKMNQUVXZ";
  private static final Pattern TICKER = Pattern.compile("([A-Z0-9]{2,3})([FGHJKMNQUVXZ])(\\d)");

  /** How long a contract trades before its month. */
  private static final int MONTHS_AHEAD = 15;

  private static FuturesContract of(FuturesProduct product, YearMonth month) {
    LocalDate last = month.atDay(1).with(TemporalAdjusters.dayOfWeekInMonth(3, DayOfWeek.FRIDAY));
    LocalDate first =
        month
            .minusMonths(MONTHS_AHEAD)
            .atDay(1)
            .with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
    String ticker =
        product.code() + LETTERS.charAt(month.getMonthValue() - 1) + month.getYear() % 10;
    return new FuturesContract(ticker, product, month, first, last);
  }

  /**
   * The contract that a ticker means on a day: the one that trades then, else the last that did.
   */
  static Optional<FuturesContract> find(String ticker, LocalDate asOf) {
    Matcher matcher = TICKER.matcher(ticker);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int month = LETTERS.indexOf(matcher.group(2)) + 1;
    int digit = Integer.parseInt(matcher.group(3));
    return FuturesProduct.find(matcher.group(1))
        .filter(product -> product.months().contains(matcher.group(2)))
        .map(
            product -> {
              int year = asOf.getYear() + 2;
              while (year % 10 != digit) {
                year--;
              }
              FuturesContract newest = of(product, YearMonth.of(year, month));
              return newest.firstTradeDate().isAfter(asOf)
                  ? of(product, YearMonth.of(year - 10, month))
                  : newest;
            });
  }

  /** The contracts of a product that trade on a day, nearest first. */
  static List<FuturesContract> trading(FuturesProduct product, LocalDate day) {
    var contracts = new ArrayList<FuturesContract>();
    for (int i = 0; i <= MONTHS_AHEAD; i++) {
      YearMonth month = YearMonth.from(day).plusMonths(i);
      if (product.months().indexOf(LETTERS.charAt(month.getMonthValue() - 1)) >= 0) {
        FuturesContract contract = of(product, month);
        if (contract.tradesOn(day)) {
          contracts.add(contract);
        }
      }
    }
    return contracts;
  }

  boolean tradesOn(LocalDate session) {
    return !session.isBefore(firstTradeDate) && !session.isAfter(lastTradeDate);
  }
}
