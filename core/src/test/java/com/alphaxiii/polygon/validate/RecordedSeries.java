package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.MarketData;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Timeframe;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A recorded series with what is known of it. */
record RecordedSeries(String name, Bars bars, Evidence evidence) {
  static final List<LocalDate> OCTOBER =
      List.of(
          LocalDate.of(2013, 10, 4),
          LocalDate.of(2013, 10, 7),
          LocalDate.of(2013, 10, 8),
          LocalDate.of(2013, 10, 9));
  static final List<LocalDate> JUNE =
      List.of(LocalDate.of(2014, 6, 5), LocalDate.of(2014, 6, 6), LocalDate.of(2014, 6, 9));

  /** The minutes of the five tickers. */
  static List<RecordedSeries> minutes() {
    List<RecordedSeries> all = new ArrayList<>();
    for (String symbol : List.of("SPY", "AIG", "BAC", "IBM")) {
      all.add(minutes(symbol, OCTOBER));
    }
    all.add(minutes("AAPL", JUNE));
    return all;
  }

  static RecordedSeries minutes(String symbol, List<LocalDate> days) {
    Ticker ticker = new Ticker(symbol);
    Bars bars =
        Bars.concat(
            ticker,
            Timeframe.MINUTE_1,
            days.stream().map(day -> MarketData.minuteBars(symbol, day)).toList());
    Evidence known = known(symbol);
    return new RecordedSeries(
        symbol + " minutes",
        bars,
        List.of("AAPL", "SPY", "IBM").contains(symbol)
            ? known.withDays(MarketData.dayBars(symbol))
            : known);
  }

  /** Two decades of days of three tickers. */
  static List<RecordedSeries> days() {
    return List.of("AAPL", "SPY", "IBM").stream()
        .map(s -> new RecordedSeries(s + " days", MarketData.dayBars(s), known(s)))
        .toList();
  }

  /** Two decades of hours of two tickers. */
  static List<RecordedSeries> hours() {
    return List.of("AAPL", "SPY").stream()
        .map(
            s ->
                new RecordedSeries(
                    s + " hours", MarketData.hourBars(s), known(s).withDays(MarketData.dayBars(s))))
        .toList();
  }

  private static Evidence known(String symbol) {
    return Evidence.of(Adjustment.NONE)
        .withSplits(MarketData.splits(symbol))
        .withDividends(MarketData.dividends(symbol));
  }

  ValidationReport report() {
    return BarChecks.report(bars, evidence);
  }
}
