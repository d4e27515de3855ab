package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.DayBar;
import com.alphaxiii.polygon.core.Listing;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.OpenClose;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.Ticker;
import java.time.LocalDate;
import java.util.Optional;

/** Single days: of a whole market, or of one ticker with its sessions. */
public final class Days {
  private final Answers answers;

  Days(Answers answers) {
    this.answers = answers;
  }

  /**
   * The day bars of all tickers of a market, in the vendor's order: some 12,000 for stocks. None on
   * a day without trading.
   *
   * @param market stocks, forex or crypto; the vendor has no others
   * @param day New York day, or UTC day for crypto
   * @param adjusted for splits until today
   */
  public Listing<DayBar> ofMarket(Market market, LocalDate day, boolean adjusted) {
    return ofMarket(market, day, adjusted, false);
  }

  /**
   * The same with choices.
   *
   * @param overTheCounter true takes in stocks traded over the counter
   */
  public Listing<DayBar> ofMarket(
      Market market, LocalDate day, boolean adjusted, boolean overTheCounter) {
    String endpoint =
        switch (market) {
          case STOCKS -> "grouped-daily";
          case FOREX -> "grouped-daily-forex";
          case CRYPTO -> "grouped-daily-crypto";
          default ->
              throw new InvalidRequest(
                  "market",
                  market.path(),
                  "day bars of all %s: the vendor has them of stocks, forex and crypto"
                      .formatted(market.path()));
        };
    Parameters parameters = Parameters.of("date", day).with("adjusted", adjusted);
    if (market == Market.STOCKS) {
      parameters.with("include_otc", overTheCounter);
    }
    return answers.list(
        "day bars of all %s on %s".formatted(market.path(), day),
        endpoint,
        parameters,
        row -> WirePrices.dayBar(row, null, day));
  }

  /**
   * The bar of the last day that is over; empty when the ticker is unknown or did not trade.
   *
   * @param adjusted for splits until today
   */
  public Optional<DayBar> previous(Ticker ticker, boolean adjusted) {
    return answers
        .all(
            "previous day of " + ticker,
            "previous-close",
            Parameters.of("ticker", ticker).with("adjusted", adjusted),
            row -> WirePrices.dayBar(row, ticker, null))
        .stream()
        .findFirst();
  }

  /**
   * Open, close and the prices outside of the regular session; empty when the ticker did not trade
   * that day.
   *
   * @param day New York day
   * @param adjusted for splits until today
   * @throws InvalidRequest for forex, crypto (see {@link Currencies#openClose}) and futures
   */
  public Optional<OpenClose> openClose(Ticker ticker, LocalDate day, boolean adjusted) {
    String subject = "open and close of %s on %s".formatted(ticker, day);
    Parameters parameters = Parameters.of("ticker", ticker).with("date", day);
    switch (ticker.market()) {
      case STOCKS, OPTIONS -> parameters.with("adjusted", adjusted);
      case INDICES -> {}
      default ->
          throw new InvalidRequest(
              "symbol",
              ticker.symbol(),
              subject + ": the vendor has it of stocks, options and indices");
    }
    return answers.find(
        subject, "open-close", parameters, row -> WirePrices.openClose(row, ticker));
  }
}
