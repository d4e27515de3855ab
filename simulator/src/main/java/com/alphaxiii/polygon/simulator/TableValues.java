package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.catalogue.Field;
import com.alphaxiii.polygon.catalogue.Parameter;
import com.alphaxiii.polygon.catalogue.ValueType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The values of one row, by what the names of its columns say. As on the wire, here and there one
 * that is not needed is absent, and a whole number is spelled as {@code 12.0}.
 */
final class TableValues {
  private static final int ABSENT_ONE_IN = 16;
  private static final int POINT_ZERO_ONE_IN = 16;

  private static final Map<String, List<String>> WORDS =
      Map.ofEntries(
          Map.entry("rating", List.of("Buy", "Hold", "Sell", "Overweight", "Neutral")),
          Map.entry("previous_rating", List.of("Buy", "Hold", "Sell", "Overweight", "Neutral")),
          Map.entry("consensus_rating", List.of("buy", "hold", "sell")),
          Map.entry(
              "rating_action",
              List.of(
                  "upgrades", "downgrades", "maintains", "reiterates", "initiates_coverage_on")),
          Map.entry("price_target_action", List.of("raises", "lowers", "maintains", "announces")),
          Map.entry("date_status", List.of("projected", "confirmed")),
          Map.entry("positioning", List.of("primary", "secondary")),
          Map.entry("status", List.of("approved", "confirmed", "unconfirmed", "historical")),
          Map.entry("quant_grade", List.of("A", "B", "C", "D")),
          Map.entry("asset_class", List.of("Equity", "Fixed Income")),
          Map.entry("put_call", List.of("", "PUT", "CALL")),
          Map.entry("investment_discretion", List.of("SOLE", "SHARED", "DFND")),
          Map.entry("transaction_code", List.of("P", "S", "A", "M")),
          Map.entry("transaction_acquired_disposed", List.of("A", "D")),
          Map.entry("direct_or_indirect", List.of("D", "I")),
          Map.entry("eps_method", List.of("gaap", "adj")),
          Map.entry("revenue_method", List.of("gaap", "adj")),
          Map.entry("primary_category", List.of("business", "financial", "legal")),
          Map.entry("secondary_category", List.of("operations", "liquidity", "regulation")),
          Map.entry("tertiary_category", List.of("supply", "credit", "litigation")));

  private final Endpoint endpoint;
  private final Profile profile;
  private final LocalDate day;
  private final int number;
  private final long seed;

  TableValues(Endpoint endpoint, Profile profile, LocalDate day, int number, long seed) {
    this.endpoint = endpoint;
    this.profile = profile;
    this.day = day;
    this.number = number;
    this.seed = seed;
  }

  /** The value of a column; null where the wire leaves it out. */
  @Nullable Object of(Field field, boolean needed) {
    long own = Mix.hash(seed, field.name());
    boolean number = field.type() == ValueType.NUMBER || field.type() == ValueType.INTEGER;
    boolean filtered = endpoint.parameter(field.name()).isPresent();
    if (number && !needed && !filtered && Math.floorMod(own, ABSENT_ONE_IN) == 0) {
      return null;
    }
    return field.list() ? list(field, own) : one(field, own);
  }

  private List<?> list(Field field, long own) {
    return switch (field.name()) {
      case "tickers", "stocks" -> List.of(profile.company().symbol());
      default -> IntStream.range(0, 2).mapToObj(i -> one(field, own + i)).toList();
    };
  }

  private Object one(Field field, long own) {
    String name = field.name();
    return switch (field.type()) {
      case TEXT, TEXTS -> text(name, own);
      case INTEGER -> whole(name, own);
      case NUMBER -> number(name, own);
      case FLAG -> Math.floorMod(own, 4L) == 0;
      case DATE, DATE_OR_MILLIS, DATE_OR_NANOS, DATE_OR_DATE_TIME -> date(name).toString();
      case COMPACT_DATE -> date(name).format(DateTimeFormatter.BASIC_ISO_DATE);
      case DATE_TIME -> day + "T%02d:30:00Z".formatted(Math.floorMod(own, 24L));
      case MILLIS -> day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
      case NANOS -> Ticks.nanos(day.atStartOfDay(ZoneOffset.UTC).toInstant());
      case OBJECT -> object(field, own);
    };
  }

  private Row object(Field field, long own) {
    var row = new Row();
    for (Field member : field.members()) {
      row.put(member.name(), one(member, Mix.hash(own, member.name())));
    }
    return row;
  }

  private LocalDate date(String name) {
    return switch (name) {
      case "period_end", "period", "period_of_report" ->
          day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % 3).minusDays(1);
      case "effective_date", "transaction_date" -> day.minusDays(1);
      case "active_from", "inception_date" -> LocalDate.of(2010, 1, 4);
      case "active_to", "expiration_date" -> day.plusYears(5);
      default -> day;
    };
  }

  private String text(String name, long own) {
    Company company = profile.company();
    List<String> known =
        endpoint
            .parameter(name)
            .map(Parameter::values)
            .filter(values -> !values.isEmpty())
            .orElseGet(() -> WORDS.getOrDefault(name, List.of()));
    if (!known.isEmpty()) {
      return known.get(Math.floorMod(own, known.size()));
    }
    return switch (name) {
      case "ticker", "composite_ticker", "merchant_ticker", "parent_ticker" -> company.symbol();
      case "company_name", "issuer_name", "issuer", "parent_name" -> company.name();
      case "cik", "issuer_cik" -> profile.cik();
      case "filer_cik", "owner_cik" -> "%010d".formatted(Math.floorMod(own, 2_000_000L));
      case "cusip", "us_code" -> profile.cusip();
      case "isin" -> profile.isin();
      case "figi" -> profile.compositeFigi();
      case "accession_number" ->
          "%s-%02d-%06d".formatted(profile.cik(), day.getYear() % 100, day.getDayOfYear());
      case "currency", "currency_traded", "transaction_currency" -> "USD";
      case "country", "country_of_exchange", "region" -> "US";
      case "exchange", "listing_exchange", "trading_venue", "primary_exchange" ->
          company.exchange();
      case "form_type" -> formType();
      case "time" -> "%02d:30:00".formatted(7 + Math.floorMod(own, 10L));
      case "date", "processed_date", "filing_date", "transaction_date" -> date(name).toString();
      case "last_updated" -> day + "T12:00:00Z";
      case "fiscal_period" -> "Q" + (1 + (day.getMonthValue() - 1) / 3);
      case "taxonomy" -> "1.0";
      case "sector", "industry" -> profile.industry().sector();
      default -> words(name, own);
    };
  }

  private String formType() {
    for (String form : List.of("10-K", "8-K", "13-F", "form-3", "form-4")) {
      if (endpoint.path().contains(form)) {
        return form.replace("13-F", "13F-HR").replace("form-", "");
      }
    }
    return number % 4 == 0 ? "10-K" : "10-Q";
  }

  private String words(String name, long own) {
    if (name.endsWith("_id") || name.equals("id")) {
      return "%016x".formatted(own);
    }
    if (name.endsWith("url")) {
      return "https://example.com/%s/%s/%016x".formatted(name, profile.slug(), own);
    }
    if (name.endsWith("name") || name.equals("firm") || name.equals("analyst")) {
      return "%s %d".formatted(title(name), 1 + number);
    }
    return "%s of %s, %d".formatted(title(name), profile.company().name(), 1 + number);
  }

  private static String title(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('_', ' ');
  }

  private Object whole(String name, long own) {
    long value =
        switch (name) {
          case "fiscal_year" -> day.getYear();
          case "importance" -> Math.floorMod(own, 6L);
          case "constituent_rank" -> 1 + number;
          case "benzinga_id", "tmx_company_id" -> Math.floorMod(own, 1L << 40);
          default ->
              name.endsWith("ratings") ? Math.floorMod(own, 30L) : Math.floorMod(own, 5_000_000L);
        };
    boolean pointed = Math.floorMod(own >>> 7, POINT_ZERO_ONE_IN) == 0;
    return pointed ? BigDecimal.valueOf(value).setScale(1) : (Object) value;
  }

  private double number(String name, long own) {
    double unit = Mix.unit(own);
    if (name.equals("taxonomy")) {
      return 1;
    }
    if (name.contains("price") && !name.contains("percent")) {
      return cents(profile.company().price() * (0.8 + 0.4 * unit));
    }
    if (name.contains("eps")) {
      return cents(-1 + 5 * unit);
    }
    if (name.contains("percent") || name.contains("score") || name.contains("quant")) {
      return cents(100 * unit);
    }
    if (name.contains("revenue") || name.contains("spend") || name.contains("value")) {
      return Math.rint(1e6 + 1e9 * unit);
    }
    if (name.contains("volume") || name.contains("shares") || name.equals("aum")) {
      return Math.rint(1e4 + 1e7 * unit);
    }
    return cents(10 * unit);
  }

  private static double cents(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
