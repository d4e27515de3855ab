package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.OptionTerms;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.reference.Condition;
import com.alphaxiii.polygon.reference.Exchange;
import com.alphaxiii.polygon.reference.MarketHoliday;
import com.alphaxiii.polygon.reference.MarketStatus;
import com.alphaxiii.polygon.reference.OptionContract;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes what the vendor says of venues, codes, opening hours and listed contracts. */
final class WireMarket {
  private WireMarket() {}

  static Exchange exchange(Row row) {
    return new Exchange(
        row.small("id"),
        row.textOr("name", ""),
        row.textOr("type", ""),
        row.textOr("asset_class", ""),
        row.textOr("locale", ""),
        row.textIfAny("acronym"),
        row.textIfAny("mic"),
        row.textIfAny("operating_mic"),
        row.textIfAny("participant_id"),
        row.textIfAny("url"));
  }

  static Condition condition(Row row) {
    Row rules = row.row("update_rules");
    return new Condition(
        row.small("id"),
        row.textOr("name", ""),
        row.textOr("asset_class", ""),
        row.textOr("type", ""),
        row.texts("data_types"),
        texts(row.row("sip_mapping")),
        rules.object("consolidated").map(WireMarket::rule),
        rules.object("market_center").map(WireMarket::rule),
        row.textIfAny("abbreviation"),
        row.textIfAny("description"),
        row.smallIfAny("exchange"),
        row.flag("legacy").orElse(false));
  }

  private static Condition.UpdateRule rule(Row row) {
    return new Condition.UpdateRule(
        row.flag("updates_high_low").orElse(false),
        row.flag("updates_open_close").orElse(false),
        row.flag("updates_volume").orElse(false));
  }

  static MarketStatus status(Row row) {
    return new MarketStatus(
        row.text("market"),
        row.flag("earlyHours").orElse(false),
        row.flag("afterHours").orElse(false),
        row.timeIfAny("serverTime"),
        texts(row.row("exchanges")),
        texts(row.row("currencies")),
        texts(row.row("indicesGroups")));
  }

  private static Map<String, String> texts(Row row) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : row.names()) {
      row.textIfAny(name).ifPresent(text -> texts.put(name, text));
    }
    return texts;
  }

  static MarketHoliday holiday(Row row) {
    return new MarketHoliday(
        row.text("exchange"),
        row.textOr("name", ""),
        row.date("date"),
        row.text("status"),
        row.timeIfAny("open"),
        row.timeIfAny("close"));
  }

  /** {@code asked} is the contract that it must be; null for any. */
  static OptionContract contract(Row row, @Nullable Ticker asked) {
    return new OptionContract(
        WireTicker.ticker(row, "ticker", asked),
        row.textOr("underlying_ticker", ""),
        terms(row),
        row.textIfAny("primary_exchange"),
        row.textIfAny("cfi"),
        row.smallIfAny("correction"),
        row.objects("additional_underlyings").stream()
            .map(
                part ->
                    new OptionContract.Deliverable(
                        part.text("underlying"), part.textOr("type", ""), part.real("amount")))
            .toList());
  }

  static OptionTerms terms(Row row) {
    return new OptionTerms(
        switch (row.text("contract_type")) {
          case "call" -> OptionTerms.Right.CALL;
          case "put" -> OptionTerms.Right.PUT;
          default -> OptionTerms.Right.OTHER;
        },
        row.textOr("exercise_style", ""),
        row.date("expiration_date"),
        row.real("strike_price"),
        row.realOr("shares_per_contract", Double.NaN));
  }

  static Optional<OptionTerms> findTerms(Row row) {
    return row.textIfAny("contract_type").map(type -> terms(row));
  }
}
