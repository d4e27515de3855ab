package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.Rejected;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.reference.CashDividend;
import com.alphaxiii.polygon.reference.TickerDetails;
import com.alphaxiii.polygon.reference.TickerHistory;
import com.alphaxiii.polygon.reference.TickerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes what the vendor knows of tickers and their corporate actions. */
final class WireTicker {
  private WireTicker() {}

  static TickerInfo info(Row row) {
    Ticker ticker = row.ticker("ticker");
    Optional<String> symbol = row.textIfAny("currency_symbol");
    return new TickerInfo(
        ticker,
        row.textOr("name", ""),
        row.textIfAny("type").orElse(null),
        row.textIfAny("market").orElse(ticker.market().path()),
        row.textIfAny("primary_exchange").orElse(null),
        // Of crypto and forex the name is a sentence and the symbol the code; stocks have no
        // symbol.
        symbol.isPresent()
            ? symbol.get().toLowerCase(Locale.ROOT)
            : row.textIfAny("currency_name").orElse(null),
        row.flag("active").orElse(row.textIfAny("delisted_utc").isEmpty()));
  }

  static TickerDetails details(Row row) {
    return new TickerDetails(
        info(row),
        row.textIfAny("locale"),
        row.textIfAny("cik"),
        row.textIfAny("composite_figi"),
        row.textIfAny("share_class_figi"),
        row.textIfAny("base_currency_symbol"),
        row.timeIfAny("delisted_utc"),
        row.timeIfAny("last_updated_utc"),
        row.textIfAny("ticker_root"),
        row.textIfAny("ticker_suffix"),
        row.dateIfAny("list_date"),
        row.textIfAny("description"),
        row.textIfAny("homepage_url"),
        row.textIfAny("phone_number"),
        row.object("address").map(WireTicker::address),
        row.object("branding")
            .map(b -> new TickerDetails.Branding(b.textIfAny("icon_url"), b.textIfAny("logo_url"))),
        row.realIfAny("market_cap"),
        row.realIfAny("share_class_shares_outstanding"),
        row.realIfAny("weighted_shares_outstanding"),
        row.wholeIfAny("total_employees"),
        row.textIfAny("sic_code"),
        row.textIfAny("sic_description"),
        row.realIfAny("round_lot"));
  }

  private static TickerDetails.Address address(Row row) {
    return new TickerDetails.Address(
        row.textOr("address1", ""),
        row.textOr("address2", ""),
        row.textOr("city", ""),
        row.textOr("state", ""),
        row.textOr("postal_code", ""));
  }

  static TickerType type(Row row) {
    return new TickerType(
        row.text("code"),
        row.textOr("description", ""),
        row.textOr("asset_class", ""),
        row.textOr("locale", ""));
  }

  /** The kind of an event is said under either of two names. */
  static TickerHistory history(Row row) {
    List<TickerHistory.Change> changes = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    List<Row> events = row.objects("events");
    for (int i = 0; i < events.size(); i++) {
      try {
        changes.add(change(events.get(i)));
      } catch (BadData e) {
        rejected.add(new Rejected(1, i + 1, String.valueOf(e.getMessage())));
      }
    }
    return new TickerHistory(
        row.textIfAny("name"),
        row.textIfAny("composite_figi"),
        row.textIfAny("cik"),
        changes,
        rejected);
  }

  private static TickerHistory.Change change(Row event) {
    String type = event.textIfAny("type").or(() -> event.textIfAny("event_type")).orElse("");
    if (!type.isEmpty() && !type.equals("ticker_change")) {
      throw event.bad("type", "is '%s', of which nothing is known here".formatted(type));
    }
    return new TickerHistory.Change(
        event.date("date"), event.row("ticker_change").ticker("ticker"));
  }

  /** Sent under another name than the documented one. */
  static Ticker related(Row row) {
    return row.textIfAny("ticker").isPresent() ? row.ticker("ticker") : row.ticker("stock_symbol");
  }

  /** {@code asked} is whose it must be; null for anybody's. */
  static Split split(Row row, @Nullable Ticker asked) {
    return new Split(
        ticker(row, "ticker", asked),
        row.date("execution_date"),
        positive(row, "split_from"),
        positive(row, "split_to"));
  }

  /** {@code asked} is whose it must be; null for anybody's. */
  static Dividend dividend(Row row, @Nullable Ticker asked) {
    double cash = row.real("cash_amount");
    if (cash < 0) {
      throw row.bad("cash_amount", "is " + cash);
    }
    return new Dividend(
        ticker(row, "ticker", asked),
        row.date("ex_dividend_date"),
        cash,
        row.textIfAny("currency").orElse("USD"));
  }

  static CashDividend cashDividend(Row row, @Nullable Ticker asked) {
    return new CashDividend(
        dividend(row, asked),
        row.textIfAny("id"),
        row.textIfAny("dividend_type"),
        row.smallIfAny("frequency"),
        row.dateIfAny("declaration_date"),
        row.dateIfAny("record_date"),
        row.dateIfAny("pay_date"));
  }

  private static double positive(Row row, String name) {
    double value = row.real(name);
    if (value <= 0) {
      throw row.bad(name, "is " + value);
    }
    return value;
  }

  /** The ticker that was asked for, which an element need not repeat, or the one it names. */
  static Ticker ticker(Row row, String name, @Nullable Ticker asked) {
    if (asked == null || row.textIfAny(name).isPresent()) {
      Ticker sent = row.ticker(name);
      if (asked != null && !sent.equals(asked)) {
        throw row.bad(name, "is %s, not %s".formatted(sent, asked));
      }
      return sent;
    }
    return asked;
  }
}
