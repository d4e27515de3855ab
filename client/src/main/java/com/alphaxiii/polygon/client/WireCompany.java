package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.reference.Article;
import com.alphaxiii.polygon.reference.FinancialReport;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Decodes news and financial reports. */
final class WireCompany {
  private static final int DIGITS_OF_A_TIME = 14;
  private static final DateTimeFormatter COMPACT_TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

  private WireCompany() {}

  static Article article(Row row) {
    return new Article(
        row.text("id"),
        row.text("title"),
        row.textOr("author", ""),
        row.timeIfAny("published_utc").orElseThrow(() -> row.lacks("published_utc")),
        row.textOr("article_url", ""),
        row.textIfAny("amp_url"),
        row.textIfAny("image_url"),
        row.textIfAny("description"),
        row.texts("keywords"),
        row.texts("tickers"),
        row.object("publisher").map(WireCompany::publisher),
        row.objects("insights").stream().map(WireCompany::insight).toList());
  }

  private static Article.Publisher publisher(Row row) {
    return new Article.Publisher(
        row.textOr("name", ""),
        row.textIfAny("homepage_url"),
        row.textIfAny("logo_url"),
        row.textIfAny("favicon_url"));
  }

  private static Article.Insight insight(Row row) {
    return new Article.Insight(
        row.text("ticker"), row.textOr("sentiment", ""), row.textOr("sentiment_reasoning", ""));
  }

  static FinancialReport report(Row row) {
    Map<String, Map<String, FinancialReport.Item>> statements = new LinkedHashMap<>();
    Row financials = row.row("financials");
    for (String statement : financials.names()) {
      Row items = financials.row(statement);
      Map<String, FinancialReport.Item> lines = new LinkedHashMap<>();
      for (String name : items.names()) {
        items.object(name).ifPresent(item -> lines.put(name, item(item)));
      }
      statements.put(statement, lines);
    }
    return new FinancialReport(
        row.textOr("company_name", ""),
        row.textOr("cik", ""),
        row.textIfAny("sic"),
        row.texts("tickers"),
        row.textOr("fiscal_period", ""),
        row.smallIfAny("fiscal_year"),
        row.textIfAny("timeframe"),
        row.dateIfAny("start_date"),
        row.dateIfAny("end_date"),
        row.dateIfAny("filing_date"),
        accepted(row),
        row.textIfAny("source_filing_url"),
        row.textIfAny("source_filing_file_url"),
        statements);
  }

  /** Documented as digits alone, of New York's clocks; sent as a time with its offset too. */
  private static Optional<Instant> accepted(Row row) {
    String name = "acceptance_datetime";
    String text = row.textOr(name, "");
    if (text.length() != DIGITS_OF_A_TIME) {
      return row.timeIfAny(name);
    }
    try {
      return Optional.of(
          LocalDateTime.parse(text, COMPACT_TIME).atZone(Market.NEW_YORK).toInstant());
    } catch (DateTimeException e) {
      throw row.bad(name, "is '%s', not a time".formatted(text));
    }
  }

  private static FinancialReport.Item item(Row row) {
    return new FinancialReport.Item(
        row.realIfAny("value"),
        row.textOr("unit", ""),
        row.textOr("label", ""),
        row.smallIfAny("order"),
        row.textIfAny("source"),
        row.textIfAny("formula"),
        row.texts("derived_from"),
        row.textIfAny("xpath"));
  }
}
