package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.OptionTerms;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import com.alphaxiii.polygon.snapshot.Change;
import com.alphaxiii.polygon.snapshot.DayFigures;
import com.alphaxiii.polygon.snapshot.MinuteFigures;
import com.alphaxiii.polygon.snapshot.NoSnapshot;
import com.alphaxiii.polygon.snapshot.OptionFigures;
import com.alphaxiii.polygon.snapshot.Snapshot;
import com.alphaxiii.polygon.snapshot.SnapshotItem;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Decodes the three forms of snapshots: of a market with one-letter names, of named tickers, and of
 * an option chain. The vendor fills what did not happen with zeros; a price of zero is none.
 */
final class WireSnapshots {
  private WireSnapshots() {}

  /** A ticker of a market's snapshot. */
  static Snapshot ofMarket(Row row) {
    Ticker ticker = row.ticker("ticker");
    boolean forex = ticker.market() == Market.FOREX;
    return new Snapshot(
        ticker,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        row.nanosIfAny("updated"),
        row.object("day").flatMap(WireSnapshots::letters),
        row.object("prevDay").flatMap(WireSnapshots::letters),
        row.object("min").flatMap(WireSnapshots::letterMinute),
        row.object("lastTrade").flatMap(trade -> letterTrade(trade, ticker)),
        row.object("lastQuote")
            .flatMap(quote -> forex ? forexQuote(quote, ticker) : letterQuote(quote, ticker)),
        new Change(row.realIfAny("todaysChange"), row.realIfAny("todaysChangePerc")),
        OptionalDouble.empty(),
        row.realIfAny("fmv"),
        Optional.empty());
  }

  private static Optional<DayFigures> letters(Row row) {
    return priced(row, "o", "h", "l", "c")
        ? Optional.of(
            new DayFigures(
                row.realIfAny("o"),
                row.realIfAny("h"),
                row.realIfAny("l"),
                row.realIfAny("c"),
                first(row, "dv", "v"),
                row.realIfAny("vw"),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Change.UNKNOWN,
                Change.UNKNOWN,
                Change.UNKNOWN))
        : Optional.empty();
  }

  private static Optional<MinuteFigures> letterMinute(Row row) {
    return priced(row, "o", "h", "l", "c")
        ? Optional.of(
            new MinuteFigures(
                row.millisIfAny("t"),
                row.realIfAny("o"),
                row.realIfAny("h"),
                row.realIfAny("l"),
                row.realIfAny("c"),
                first(row, "dv", "v"),
                row.realIfAny("vw"),
                row.wholeIfAny("n"),
                first(row, "dav", "av")))
        : Optional.empty();
  }

  private static Optional<Trade> letterTrade(Row row, Ticker ticker) {
    if (row.realOr("p", 0) == 0) {
      return Optional.empty();
    }
    return Optional.of(
        WirePrices.plainTrade(
            ticker,
            row.real("p"),
            first(row, "ds", "s").orElse(0),
            row.conditions("c"),
            ticker.market() == Market.CRYPTO ? WirePrices.nanos(row, "t") : row.whole("t"),
            row.smallOr("x", 0),
            row.textOr("i", "")));
  }

  private static Optional<Quote> letterQuote(Row row, Ticker ticker) {
    return quote(
        ticker,
        row.realOr("p", 0),
        row.realOr("s", 0),
        row.realOr("P", 0),
        row.realOr("S", 0),
        0,
        0,
        row.wholeOr("t", 0));
  }

  private static Optional<Quote> forexQuote(Row row, Ticker ticker) {
    int exchange = row.smallOr("x", 0);
    return quote(
        ticker,
        row.realOr("b", 0),
        0,
        row.realOr("a", 0),
        0,
        exchange,
        exchange,
        row.wholeIfAny("t").isPresent() ? WirePrices.nanos(row, "t") : 0);
  }

  /** One of the tickers asked for: its state, or why there is none. */
  static SnapshotItem item(Row row) {
    Optional<String> error = row.textIfAny("error");
    if (error.isPresent()) {
      return new NoSnapshot(row.ticker("ticker"), error.get(), row.textOr("message", ""));
    }
    Ticker ticker = row.ticker("ticker");
    return named(row, ticker, row.row("session"), row.object("details"));
  }

  /** A contract of an option chain. */
  static Snapshot ofChain(Row row) {
    Row details = row.object("details").orElseThrow(() -> row.lacks("details"));
    return named(row, details.ticker("ticker"), row.row("day"), Optional.of(details));
  }

  private static Snapshot named(Row row, Ticker ticker, Row day, Optional<Row> details) {
    return new Snapshot(
        ticker,
        row.textIfAny("name"),
        row.textIfAny("market_status"),
        row.textIfAny("timeframe"),
        row.nanosIfAny("last_updated").or(() -> day.nanosIfAny("last_updated")),
        words(day),
        Optional.empty(),
        row.object("last_minute").flatMap(WireSnapshots::wordMinute),
        row.object("last_trade").flatMap(trade -> wordTrade(trade, ticker)),
        row.object("last_quote").flatMap(quote -> wordQuote(quote, ticker)),
        new Change(day.realIfAny("change"), day.realIfAny("change_percent")),
        row.realIfAny("value"),
        row.realIfAny("fmv"),
        ticker.market() == Market.OPTIONS
            ? Optional.of(option(row, details.flatMap(WireMarket::findTerms)))
            : Optional.empty());
  }

  private static Optional<DayFigures> words(Row day) {
    return priced(day, "open", "high", "low", "close", "price", "previous_close")
        ? Optional.of(
            new DayFigures(
                price(day, "open"),
                price(day, "high"),
                price(day, "low"),
                price(day, "close"),
                first(day, "decimal_volume", "volume"),
                day.realIfAny("vwap"),
                price(day, "previous_close"),
                price(day, "price"),
                change(day, "early_trading_change"),
                change(day, "regular_trading_change"),
                change(day, "late_trading_change")))
        : Optional.empty();
  }

  private static Change change(Row day, String name) {
    return new Change(day.realIfAny(name), day.realIfAny(name + "_percent"));
  }

  private static Optional<MinuteFigures> wordMinute(Row row) {
    return priced(row, "open", "high", "low", "close")
        ? Optional.of(
            new MinuteFigures(
                Optional.empty(),
                row.realIfAny("open"),
                row.realIfAny("high"),
                row.realIfAny("low"),
                row.realIfAny("close"),
                first(row, "decimal_volume", "volume"),
                row.realIfAny("vwap"),
                row.wholeIfAny("transactions"),
                OptionalDouble.empty()))
        : Optional.empty();
  }

  private static Optional<Trade> wordTrade(Row row, Ticker ticker) {
    if (row.realOr("price", 0) == 0) {
      return Optional.empty();
    }
    long updated = row.wholeOr("last_updated", 0);
    long participant = row.wholeOr("participant_timestamp", 0);
    return Optional.of(
        new Trade(
            ticker,
            row.real("price"),
            first(row, "decimal_size", "size").orElse(0),
            row.conditions("conditions"),
            row.wholeOr("sip_timestamp", updated != 0 ? updated : participant),
            participant,
            row.smallOr("exchange", 0),
            row.textOr("id", ""),
            0,
            0,
            0,
            0));
  }

  private static Optional<Quote> wordQuote(Row row, Ticker ticker) {
    return quote(
        ticker,
        row.realOr("bid", 0),
        row.realOr("bid_size", 0),
        row.realOr("ask", 0),
        row.realOr("ask_size", 0),
        row.smallOr("bid_exchange", 0),
        row.smallOr("ask_exchange", 0),
        row.wholeOr("last_updated", 0));
  }

  private static Optional<Quote> quote(
      Ticker ticker,
      double bid,
      double bidSize,
      double ask,
      double askSize,
      int bidExchange,
      int askExchange,
      long time) {
    if (bid == 0 && ask == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Quote(
            ticker,
            bidExchange,
            bid,
            bidSize,
            askExchange,
            ask,
            askSize,
            Conditions.NONE,
            Conditions.NONE,
            time,
            0,
            0,
            0));
  }

  private static OptionFigures option(Row row, Optional<OptionTerms> terms) {
    return new OptionFigures(
        terms,
        row.realIfAny("break_even_price"),
        row.realIfAny("implied_volatility"),
        row.realIfAny("open_interest"),
        row.object("greeks").filter(WireSnapshots::hasGreeks).map(WireSnapshots::greeks),
        row.object("underlying_asset")
            .filter(asset -> asset.textIfAny("ticker").isPresent())
            .map(WireSnapshots::underlying));
  }

  private static boolean hasGreeks(Row row) {
    return row.has("delta") || row.has("gamma") || row.has("theta") || row.has("vega");
  }

  private static OptionFigures.Greeks greeks(Row row) {
    return new OptionFigures.Greeks(
        row.realIfAny("delta"),
        row.realIfAny("gamma"),
        row.realIfAny("theta"),
        row.realIfAny("vega"));
  }

  private static OptionFigures.Underlying underlying(Row row) {
    return new OptionFigures.Underlying(
        row.text("ticker"),
        first(row, "price", "value"),
        row.realIfAny("change_to_break_even"),
        row.textIfAny("timeframe"));
  }

  private static boolean priced(Row row, String... names) {
    for (String name : names) {
      if (row.realOr(name, 0) != 0) {
        return true;
      }
    }
    return false;
  }

  private static OptionalDouble price(Row row, String name) {
    OptionalDouble value = row.realIfAny(name);
    return value.orElse(0) == 0 ? OptionalDouble.empty() : value;
  }

  private static OptionalDouble first(Row row, String name, String other) {
    OptionalDouble value = row.realIfAny(name);
    return value.isPresent() ? value : row.realIfAny(other);
  }
}
