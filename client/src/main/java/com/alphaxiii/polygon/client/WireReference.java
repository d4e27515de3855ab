package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.core.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Decodes the small answers: one record or a list of them into values of core. */
final class WireReference {
  private WireReference() {}

  /** An answer whose results are one object. */
  static final class One<T> implements Requests.Reading<T> {
    private final String subject;
    private final Function<Row, T> decode;
    private @Nullable T value;

    One(String subject, Function<Row, T> decode) {
      this.subject = subject;
      this.decode = decode;
    }

    @Override
    public int read(JsonParser parser) {
      value = decode.apply(Row.read(parser, subject));
      return 1;
    }

    @Override
    public T content() {
      if (value == null) {
        throw new BadData(subject + " is not in the answer");
      }
      return value;
    }
  }

  /** One page of a list. */
  static final class Rows<T> implements Requests.Reading<Rows<T>> {
    private final String word;
    private final Function<Row, T> decode;
    private final List<T> values = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();

    Rows(String word, Function<Row, T> decode) {
      this.word = word;
      this.decode = decode;
    }

    @Override
    public int read(JsonParser parser) {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw new BadData("results is not a list");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        Row row = Row.read(parser, "%s %d".formatted(word, values.size() + 1));
        values.add(decode.apply(row));
        String id = row.textOrNull("id");
        if (id != null) {
          ids.add(id);
        }
      }
      return values.size();
    }

    @Override
    public Rows<T> content() {
      return this;
    }

    List<T> values() {
      return values;
    }

    /** What tells the rows apart, where the vendor sends it. */
    List<String> ids() {
      return ids;
    }
  }

  static Trade trade(Row row, Ticker asked) {
    requireTicker(row, "T", asked);
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
        row.wholeOr("f", 0));
  }

  static TickerInfo tickerInfo(Row row) {
    Ticker ticker = row.ticker("ticker");
    String symbol = row.textOrNull("currency_symbol");
    return new TickerInfo(
        ticker,
        row.textOr("name", ""),
        row.textOrNull("type"),
        row.textOr("market", ticker.market().path()),
        row.textOrNull("primary_exchange"),
        // Of crypto and forex the name is a sentence and the symbol the code; stocks have no
        // symbol.
        symbol == null ? row.textOrNull("currency_name") : symbol.toLowerCase(Locale.ROOT),
        row.flag("active").orElse(row.textOrNull("delisted_utc") == null));
  }

  static Split split(Row row, Ticker asked) {
    requireTicker(row, "ticker", asked);
    double from = positive(row, "split_from");
    double to = positive(row, "split_to");
    return new Split(asked, row.date("execution_date"), from, to);
  }

  static Dividend dividend(Row row, Ticker asked) {
    requireTicker(row, "ticker", asked);
    return new Dividend(
        asked, row.date("ex_dividend_date"), cash(row), row.textOr("currency", "USD"));
  }

  private static double positive(Row row, String name) {
    double value = row.real(name);
    if (value <= 0) {
      throw row.bad("has %s for '%s'".formatted(value, name));
    }
    return value;
  }

  private static double cash(Row row) {
    double value = row.real("cash_amount");
    if (value < 0) {
      throw row.bad("has %s for 'cash_amount'".formatted(value));
    }
    return value;
  }

  private static void requireTicker(Row row, String name, Ticker asked) {
    String sent = row.textOrNull(name);
    if (sent != null && !sent.equals(asked.symbol())) {
      throw row.bad("is of %s, not of %s".formatted(row.ticker(name), asked));
    }
  }
}
