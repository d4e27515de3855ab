package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Listing;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.reference.CashDividend;
import com.alphaxiii.polygon.reference.Condition;
import com.alphaxiii.polygon.reference.Exchange;
import com.alphaxiii.polygon.reference.MarketHoliday;
import com.alphaxiii.polygon.reference.MarketStatus;
import com.alphaxiii.polygon.reference.TickerDetails;
import com.alphaxiii.polygon.reference.TickerHistory;
import com.alphaxiii.polygon.reference.TickerQuery;
import com.alphaxiii.polygon.reference.TickerType;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Facts about tickers, venues, codes and opening hours. Of a client with a cache of documents, what
 * is known of single tickers, their relatives, types, exchanges and conditions is kept for twelve
 * hours and holidays for one; after that an old answer serves only while the vendor cannot be
 * reached, and a {@link Listing} says so. Long lists and what is open now are asked for each time.
 */
public final class References {
  private final Answers answers;
  private final KeptAnswers kept;

  References(Answers answers, KeptAnswers kept) {
    this.answers = answers;
    this.kept = kept;
  }

  /** The tickers of a query in the order of their symbols, with what lists tell of them. */
  public Cursor<TickerDetails> tickers(TickerQuery query) {
    return answers.pages(
        "list of tickers",
        "tickers",
        Parameters.none()
            .with("search", query.text())
            .with("market", query.market())
            .with("type", query.type())
            .with("exchange", query.exchange())
            .with("date", query.asOf())
            .with("active", query.active())
            .with("sort", "ticker")
            .with("order", "asc"),
        WireTicker::details);
  }

  /** All that is known of a ticker; empty when it is unknown. */
  public Optional<TickerDetails> details(Ticker ticker) {
    return details(ticker, Optional.empty());
  }

  /** What was known of a ticker on a New York day; empty when it was unknown. */
  public Optional<TickerDetails> details(Ticker ticker, LocalDate asOf) {
    return details(ticker, Optional.of(asOf));
  }

  private Optional<TickerDetails> details(Ticker ticker, Optional<LocalDate> asOf) {
    return kept.find(
        "reference data of " + ticker,
        "ticker-details",
        Parameters.of("ticker", ticker).with("date", asOf),
        WireTicker::details);
  }

  /** The instruments that had a ticker and trade no more. */
  public Listing<TickerDetails> delisted(Ticker ticker) {
    return kept.list(
        "delisted owners of " + ticker,
        "tickers",
        Parameters.of("ticker", ticker).with("active", false),
        WireTicker::details);
  }

  /**
   * The tickers that an instrument has had.
   *
   * @param id a ticker (that of its present owner), a CUSIP or a composite FIGI
   */
  public Optional<TickerHistory> history(String id) {
    return kept.find(
        "ticker events of " + id,
        "ticker-events",
        Parameters.of("id", id.strip()),
        WireTicker::history);
  }

  /** Companies that the vendor finds related, from news and returns. */
  public Listing<Ticker> related(Ticker ticker) {
    return kept.list(
        "companies related to " + ticker,
        "related-companies",
        Parameters.of("ticker", ticker),
        WireTicker::related);
  }

  /** What {@link com.alphaxiii.polygon.core.TickerInfo#type} may be. */
  public Listing<TickerType> types() {
    return kept.list("types of tickers", "ticker-types", Parameters.none(), WireTicker::type);
  }

  /**
   * The venues that trades and quotes name by number.
   *
   * @param assetClass the vendor's word: stocks, options, crypto, fx, futures
   */
  public Listing<Exchange> exchanges(String assetClass) {
    return kept.list(
        "exchanges of " + assetClass,
        "exchanges",
        Parameters.of("asset_class", assetClass),
        WireMarket::exchange);
  }

  /**
   * What the codes of trades and quotes mean.
   *
   * @param assetClass the vendor's word: stocks, options, crypto, fx
   */
  public Listing<Condition> conditions(String assetClass) {
    return kept.list(
        "conditions of " + assetClass,
        "conditions",
        Parameters.of("asset_class", assetClass),
        WireMarket::condition);
  }

  /** Which markets are open. */
  public MarketStatus status() {
    return answers.get("market status", "market-status", Parameters.none(), WireMarket::status);
  }

  /** The coming holidays and early closes, one for each exchange and day. */
  public Listing<MarketHoliday> holidays() {
    return kept.list("market holidays", "market-holidays", Parameters.none(), WireMarket::holiday);
  }

  /**
   * The splits of all tickers that are executed within New York days, both included, oldest first.
   */
  public Cursor<Split> splits(LocalDate from, LocalDate to) {
    return answers.pages(
        "splits from %s to %s".formatted(from, to),
        "splits",
        within("execution_date", from, to),
        row -> WireTicker.split(row, null));
  }

  /**
   * The cash dividends of all tickers whose ex-date lies within New York days, both included,
   * oldest first.
   */
  public Cursor<CashDividend> dividends(LocalDate from, LocalDate to) {
    return answers.pages(
        "dividends from %s to %s".formatted(from, to),
        "dividends",
        within("ex_dividend_date", from, to),
        row -> WireTicker.cashDividend(row, null));
  }

  /** The cash dividends of a ticker with all their dates, oldest first. */
  public Cursor<CashDividend> dividends(Ticker ticker) {
    return answers.pages(
        "dividends of " + ticker,
        "dividends",
        sorted("ex_dividend_date").with("ticker", ticker),
        row -> WireTicker.cashDividend(row, ticker));
  }

  private static Parameters within(String column, LocalDate from, LocalDate to) {
    return sorted(column).with(column + ".gte", from).with(column + ".lte", to);
  }

  /** Oldest first. */
  static Parameters sorted(String column) {
    return Parameters.of("sort", column).with("order", "asc");
  }
}
