package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Split;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** The endpoints of tickers, splits and dividends. */
final class ReferenceApi {
  private static final String TICKERS = "/v3/reference/tickers";
  private static final String SPLITS = "/v3/reference/splits";
  private static final String DIVIDENDS = "/v3/reference/dividends";
  private static final int LARGEST_PAGE = 1_000;

  private final MarketData data;
  private final InstantSource clock;

  ReferenceApi(MarketData data, InstantSource clock) {
    this.data = data;
    this.clock = clock;
  }

  /** {@code /v3/reference/tickers}. */
  byte[] tickers(Call first) {
    Call call = first.resumed();
    boolean active = call.flag("active", true);
    String search = call.find("search").orElse("").toLowerCase(Locale.ROOT);
    boolean stocks = call.find("market").map(Market.STOCKS.path()::equals).orElse(true);
    // A symbol that is named need not be in the list: the model knows more than it lists.
    Stream<String> symbols =
        call.find("ticker").isPresent()
            ? call.find("ticker").filter(data::knows).stream()
            : data.symbols().stream();
    List<Company> rows =
        symbols
            .filter(symbol -> stocks)
            .map(Company::of)
            .filter(c -> isActive(c) == active)
            .filter(c -> call.admits("ticker", c.symbol()))
            .filter(c -> call.find("type").map(c.type()::equals).orElse(true))
            .filter(c -> call.find("exchange").map(c.exchange()::equals).orElse(true))
            .filter(
                c ->
                    search.isEmpty()
                        || c.symbol().toLowerCase(Locale.ROOT).startsWith(search)
                        || c.name().toLowerCase(Locale.ROOT).contains(search))
            .toList();
    Comparator<Company> order =
        switch (call.find("sort").orElse("ticker")) {
          case "ticker" -> Comparator.comparing(Company::symbol);
          case "name" -> Comparator.comparing(Company::name).thenComparing(Company::symbol);
          case "type" -> Comparator.comparing(Company::type).thenComparing(Company::symbol);
          default -> throw unsortable(call);
        };
    return Listing.page(
        call,
        TICKERS,
        rows,
        call.descending("order", false) ? order.reversed() : order,
        call.limit(100, LARGEST_PAGE),
        this::ticker);
  }

  /** {@code /v3/reference/tickers/{ticker}}. */
  byte[] details(Call call) {
    String symbol = call.path().getFirst();
    if (!data.knows(symbol)) {
      throw ApiError.notFound("Ticker not found.");
    }
    Company company = Company.of(symbol);
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("request_id", call.requestId());
          json.writeObjectPropertyStart("results");
          ticker(json, company);
          json.writeStringProperty("ticker_root", symbol.replaceAll("\\..*", ""));
          Optional.ofNullable(company.listed())
              .ifPresent(day -> json.writeStringProperty("list_date", day.toString()));
          json.writeNumberProperty("round_lot", 100);
          json.writeEndObject();
          json.writeStringProperty("status", "OK");
          json.writeEndObject();
        });
  }

  private boolean isActive(Company company) {
    LocalDate delisted = company.delisted();
    return delisted == null || Days.dayOf(clock.millis()).isBefore(delisted);
  }

  private void ticker(JsonGenerator json, Company company) {
    json.writeStringProperty("ticker", company.symbol());
    json.writeStringProperty("name", company.name());
    json.writeStringProperty("market", "stocks");
    json.writeStringProperty("locale", "us");
    json.writeStringProperty("primary_exchange", company.exchange());
    json.writeStringProperty("type", company.type());
    json.writeBooleanProperty("active", isActive(company));
    json.writeStringProperty("currency_name", "usd");
    if (isActive(company)) {
      Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
      json.writeStringProperty("last_updated_utc", today.toString());
    } else {
      json.writeStringProperty("delisted_utc", company.delisted() + "T00:00:00Z");
    }
  }

  /** {@code /v3/reference/splits}. */
  byte[] splits(Call first) {
    Call call = first.resumed();
    List<Split> rows =
        symbols(call)
            .flatMap(symbol -> data.splits(symbol).stream())
            .filter(s -> call.admits("execution_date", s.executionDate().toString()))
            .filter(
                s ->
                    call.find("reverse_split")
                        .map(text -> text.equals("true") == s.from() > s.to())
                        .orElse(true))
            .toList();
    Comparator<Split> byDate =
        Comparator.comparing(Split::executionDate).thenComparing(Split::ticker);
    Comparator<Split> order =
        switch (call.find("sort").orElse("execution_date")) {
          case "execution_date" -> byDate;
          case "ticker" -> Comparator.comparing(Split::ticker).thenComparing(byDate);
          default -> throw unsortable(call);
        };
    return Listing.page(
        call,
        SPLITS,
        rows,
        call.descending("order", true) ? order.reversed() : order,
        call.limit(10, LARGEST_PAGE),
        ReferenceApi::split);
  }

  private static void split(JsonGenerator json, Split split) {
    json.writeStringProperty(
        "id", id("E", split.ticker().symbol(), split.executionDate().toString()));
    json.writeStringProperty("execution_date", split.executionDate().toString());
    Json.number(json, "split_from", split.from());
    Json.number(json, "split_to", split.to());
    json.writeStringProperty("ticker", split.ticker().symbol());
  }

  /** {@code /v3/reference/dividends}. */
  byte[] dividends(Call first) {
    Call call = first.resumed();
    List<Dividend> rows =
        symbols(call)
            .flatMap(symbol -> data.dividends(symbol).stream())
            .filter(d -> call.admits("ex_dividend_date", d.exDate().toString()))
            .toList();
    Comparator<Dividend> byDate =
        Comparator.comparing(Dividend::exDate).thenComparing(Dividend::ticker);
    Comparator<Dividend> order =
        switch (call.find("sort").orElse("ex_dividend_date")) {
          case "ex_dividend_date" -> byDate;
          case "ticker" -> Comparator.comparing(Dividend::ticker).thenComparing(byDate);
          case "cash_amount" -> Comparator.comparingDouble(Dividend::cash).thenComparing(byDate);
          default -> throw unsortable(call);
        };
    return Listing.page(
        call,
        DIVIDENDS,
        rows,
        call.descending("order", true) ? order.reversed() : order,
        call.limit(10, LARGEST_PAGE),
        ReferenceApi::dividend);
  }

  private static void dividend(JsonGenerator json, Dividend dividend) {
    Json.number(json, "cash_amount", dividend.cash());
    json.writeStringProperty("currency", dividend.currency());
    json.writeStringProperty("dividend_type", "CD");
    json.writeStringProperty("ex_dividend_date", dividend.exDate().toString());
    json.writeNumberProperty("frequency", 4);
    json.writeStringProperty(
        "id", id("D", dividend.ticker().symbol(), dividend.exDate().toString()));
    json.writeStringProperty("ticker", dividend.ticker().symbol());
  }

  private Stream<String> symbols(Call call) {
    return call.find("ticker").isPresent()
        ? call.find("ticker").filter(data::knows).stream()
        : data.symbols().stream().filter(symbol -> call.admits("ticker", symbol));
  }

  private static String id(String kind, String symbol, String date) {
    return kind + "%016x".formatted(Mix.hash(0, symbol + date));
  }

  private static ApiError unsortable(Call call) {
    return ApiError.badRequest(
        "Cannot sort by '%s'".formatted(call.query().getOrDefault("sort", "")));
  }
}
