package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Bar;
import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Conversion;
import com.alphaxiii.polygon.core.CryptoOpenClose;
import com.alphaxiii.polygon.core.CurrencyPair;
import com.alphaxiii.polygon.core.DayBar;
import com.alphaxiii.polygon.core.IndicatorValue;
import com.alphaxiii.polygon.core.MacdValue;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.OpenClose;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Rejected;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Decodes single prices: last trades and quotes, days, conversions, indicators. */
final class WirePrices {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private WirePrices() {}

  /** The last trade of a stock or option. */
  static Trade lastTrade(Row row, Ticker asked) {
    WireTicker.ticker(row, "T", asked);
    return new Trade(
        asked,
        row.real("p"),
        // The decimal text has the fraction that the number may lack; a size of 0 is not sent.
        row.realOr("ds", row.realOr("s", 0)),
        row.conditions("c"),
        row.whole("t"),
        row.wholeOr("y", 0),
        row.smallOr("x", 0),
        row.textOr("i", ""),
        row.smallOr("z", 0),
        row.wholeOr("q", 0),
        row.smallOr("r", 0),
        row.wholeOr("f", 0),
        row.smallOr("e", 0));
  }

  /** The last national best bid and offer of a stock. */
  static Quote lastQuote(Row row, Ticker asked) {
    WireTicker.ticker(row, "T", asked);
    return new Quote(
        asked,
        row.smallOr("x", 0),
        row.realOr("p", 0),
        row.realOr("s", 0),
        row.smallOr("X", 0),
        row.realOr("P", 0),
        row.realOr("S", 0),
        row.conditions("c"),
        row.conditions("i"),
        row.whole("t"),
        row.wholeOr("y", 0),
        row.smallOr("z", 0),
        row.wholeOr("q", 0));
  }

  /** The last trade of a crypto pair. */
  static Trade cryptoTrade(Row row, Ticker ticker) {
    return plainTrade(
        ticker,
        row.real("price"),
        row.realOr("size", 0),
        row.conditions("conditions"),
        nanos(row, "timestamp"),
        row.smallOr("exchange", 0),
        "");
  }

  /** The last quote of a forex pair. */
  static Quote forexQuote(Row row, Ticker ticker) {
    return plainQuote(
        ticker,
        row.real("bid"),
        row.real("ask"),
        nanos(row, "timestamp"),
        row.smallOr("exchange", 0));
  }

  static Trade plainTrade(
      Ticker ticker,
      double price,
      double size,
      Conditions conditions,
      long time,
      int exchange,
      String id) {
    return new Trade(ticker, price, size, conditions, time, 0, exchange, id, 0, 0, 0, 0);
  }

  static Quote plainQuote(Ticker ticker, double bid, double ask, long time, int exchange) {
    return new Quote(
        ticker,
        exchange,
        bid,
        0,
        exchange,
        ask,
        0,
        Conditions.NONE,
        Conditions.NONE,
        time,
        0,
        0,
        0);
  }

  /** A time in milliseconds, in nanoseconds. */
  static long nanos(Row row, String name) {
    try {
      return Math.multiplyExact(row.whole(name), NANOS_PER_MILLI);
    } catch (ArithmeticException e) {
      throw row.bad(name, "is after the year 2262");
    }
  }

  static Conversion conversion(Row row, CurrencyPair pair) {
    return new Conversion(
        pair,
        row.real("initialAmount"),
        row.real("converted"),
        forexQuote(
            row.object("last").orElseThrow(() -> row.lacks("last")), pair.ticker(Market.FOREX)));
  }

  static OpenClose openClose(Row row, Ticker asked) {
    return new OpenClose(
        WireTicker.ticker(row, "symbol", asked),
        row.date("from"),
        row.real("open"),
        row.real("high"),
        row.real("low"),
        row.real("close"),
        row.realIfAny("volume"),
        row.realIfAny("preMarket"),
        row.realIfAny("afterHours"),
        row.flag("otc").orElse(false));
  }

  static CryptoOpenClose cryptoOpenClose(Row row, CurrencyPair pair, LocalDate asked) {
    Ticker ticker = pair.ticker(Market.CRYPTO);
    List<Rejected> rejected = new ArrayList<>();
    return new CryptoOpenClose(
        pair,
        utcDay(row, "day").orElse(asked),
        row.real("open"),
        row.real("close"),
        trades(row, "openTrades", ticker, rejected),
        trades(row, "closingTrades", ticker, rejected),
        rejected);
  }

  /** Documented as a day, sent as the time at which it begins. */
  private static Optional<LocalDate> utcDay(Row row, String name) {
    return row.textOr(name, "").indexOf('T') < 0
        ? row.dateIfAny(name)
        : row.timeIfAny(name).map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC));
  }

  private static List<Trade> trades(Row row, String name, Ticker ticker, List<Rejected> rejected) {
    List<Trade> trades = new ArrayList<>();
    List<Row> rows = row.objects(name);
    for (int i = 0; i < rows.size(); i++) {
      Row trade = rows.get(i);
      try {
        trades.add(
            plainTrade(
                ticker,
                trade.real("p"),
                trade.realOr("s", 0),
                trade.conditions("c"),
                nanos(trade, "t"),
                trade.smallOr("x", 0),
                trade.textOr("i", "")));
      } catch (BadData e) {
        rejected.add(new Rejected(1, i + 1, String.valueOf(e.getMessage())));
      }
    }
    return trades;
  }

  /**
   * The bar of a day.
   *
   * @param asked the ticker that it must be of; null for any
   * @param day the day asked for; null to take it from the bar's own time
   */
  static DayBar dayBar(Row row, @Nullable Ticker asked, @Nullable LocalDate day) {
    Ticker ticker = WireTicker.ticker(row, "T", asked);
    Instant stamp = Instant.ofEpochMilli(row.whole("t"));
    LocalDate of = day == null ? LocalDate.ofInstant(stamp, ticker.market().zone()) : day;
    OptionalLong transactions = row.wholeIfAny("n");
    if (transactions.orElse(0) < 0) {
      throw row.bad("n", "is %d, not a count".formatted(transactions.getAsLong()));
    }
    OptionalDouble volume = row.realIfAny("v");
    if (volume.isEmpty() && ticker.market() != Market.INDICES) {
      throw row.lacks("v");
    }
    return new DayBar(
        ticker,
        of,
        new Bar(
            of.atStartOfDay(ticker.market().zone()).toInstant(),
            row.real("o"),
            row.real("h"),
            row.real("l"),
            row.real("c"),
            volume.orElse(0),
            row.realIfAny("vw"),
            transactions),
        row.flag("otc").orElse(false));
  }

  static IndicatorValue indicatorValue(Row row) {
    return new IndicatorValue(Instant.ofEpochMilli(row.whole("timestamp")), row.real("value"));
  }

  static MacdValue macdValue(Row row) {
    return new MacdValue(
        Instant.ofEpochMilli(row.whole("timestamp")),
        row.real("value"),
        row.real("signal"),
        row.real("histogram"));
  }
}
