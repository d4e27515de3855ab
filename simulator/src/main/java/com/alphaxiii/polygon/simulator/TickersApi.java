package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The endpoints of tickers: the list, the details of one, its names over time, its kin. */
final class TickersApi {
  private static final Listing TICKERS =
      Listing.classic("/v3/reference/tickers")
          .ranges("ticker")
          .exact("type", "market", "primary_exchange", "cik")
          .sorted(
              "ticker.asc",
              "name",
              "market",
              "locale",
              "primary_exchange",
              "type",
              "currency_symbol",
              "currency_name",
              "base_currency_symbol",
              "base_currency_name",
              "cik",
              "composite_figi",
              "share_class_figi",
              "last_updated_utc",
              "delisted_utc")
          .limit(100, 1_000);

  /** Companies that changed their ticker, with the day of the change. */
  private static final Map<String, Renamed> RENAMED =
      Map.of("META", new Renamed("FB", LocalDate.of(2012, 5, 18), LocalDate.of(2022, 6, 9)));

  private record Renamed(String former, LocalDate listed, LocalDate changed) {}

  private final Universe universe;
  private final DayBars days;
  private final InstantSource clock;

  TickersApi(Universe universe, DayBars days, InstantSource clock) {
    this.universe = universe;
    this.days = days;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route("/v3/reference/tickers", Family.REFERENCE, this::tickers),
        new Route("/v3/reference/tickers/{ticker}", Family.REFERENCE, this::details),
        new Route("/vX/reference/tickers/{id}/events", Family.REFERENCE, this::events),
        new Route("/v1/related-companies/{ticker}", Family.REFERENCE, this::related));
  }

  private byte[] tickers(Call call) {
    return TICKERS.answer(call, clock, this::rows);
  }

  private Stream<Row> rows(Call call, Instant asOf) {
    boolean active = call.flag("active", true);
    String search = call.find("search").orElse("").toLowerCase(Locale.ROOT);
    LocalDate day = day(call);
    Optional<String> exchange = call.find("exchange");
    Optional<String> cusip = call.find("cusip");
    Stream<Row> stocks =
        universe
            .companies(call, "ticker")
            .flatMap(c -> Company.owners(c.symbol()).stream())
            .filter(c -> c.listed() == null || !c.listed().isAfter(day))
            .filter(c -> isActive(c, day) == active)
            .filter(c -> exchange.map(c.exchange()::equals).orElse(true))
            .filter(c -> cusip.map(Profile.of(c).cusip()::equals).orElse(true))
            .map(c -> ticker(c, day));
    Stream<Row> others =
        active && exchange.isEmpty() && cusip.isEmpty()
            ? Stream.of(Market.CRYPTO, Market.FOREX, Market.INDICES)
                .flatMap(market -> universe.asked(call, "ticker", market))
                .map(this::other)
            : Stream.empty();
    return Stream.concat(stocks, others).filter(row -> matches(row, search));
  }

  private static boolean matches(Row row, String search) {
    return search.isEmpty()
        || String.valueOf(row.get("ticker")).toLowerCase(Locale.ROOT).startsWith(search)
        || String.valueOf(row.get("name")).toLowerCase(Locale.ROOT).contains(search);
  }

  /** The day of {@code date}, or else the clock's. */
  private LocalDate day(Call call) {
    try {
      return call.find("date").map(LocalDate::parse).orElseGet(() -> Days.dayOf(clock.millis()));
    } catch (DateTimeParseException e) {
      throw ApiError.badRequest("The parameter 'date' is invalid: use YYYY-MM-DD");
    }
  }

  private static boolean isActive(Company company, LocalDate day) {
    return company.delisted() == null || day.isBefore(company.delisted());
  }

  private Row ticker(Company company, LocalDate day) {
    Profile profile = Profile.of(company);
    Row row =
        new Row()
            .put("ticker", company.symbol())
            .put("name", company.name())
            .put("market", "stocks")
            .put("locale", "us")
            .put("primary_exchange", company.exchange())
            .put("type", company.type())
            .put("active", isActive(company, day))
            .put("currency_name", "usd")
            .put("cik", profile.isFund() ? null : profile.cik())
            .put("composite_figi", profile.compositeFigi())
            .put("share_class_figi", profile.shareClassFigi());
    return isActive(company, day)
        ? row.put("last_updated_utc", updated())
        : row.put("delisted_utc", company.delisted() + "T00:00:00Z");
  }

  private String updated() {
    return clock.instant().truncatedTo(ChronoUnit.DAYS).toString();
  }

  /** The row of a currency pair or an index. */
  private Row other(String symbol) {
    if (symbol.startsWith(Market.INDICES.prefix())) {
      return new Row()
          .put("ticker", symbol)
          .put("name", Names.ofIndex(symbol))
          .put("market", "indices")
          .put("locale", "us")
          .put("active", true)
          .put("last_updated_utc", updated());
    }
    Pair pair = Pair.of(symbol);
    return new Row()
        .put("ticker", symbol)
        .put(
            "name",
            "%s - %s".formatted(Names.ofCurrency(pair.base()), Names.ofCurrency(pair.quote())))
        .put("market", symbol.startsWith(Market.CRYPTO.prefix()) ? "crypto" : "fx")
        .put("locale", "global")
        .put("active", true)
        .put("currency_symbol", pair.quote())
        .put("currency_name", Names.ofCurrency(pair.quote()))
        .put("base_currency_symbol", pair.base())
        .put("base_currency_name", Names.ofCurrency(pair.base()))
        .put("last_updated_utc", updated());
  }

  private byte[] details(Call call) {
    String symbol = call.path().getFirst();
    LocalDate day = day(call);
    Market market = Route.marketOf(symbol);
    if (!universe.knows(symbol) || market == Market.FUTURES || market == Market.OPTIONS) {
      throw ApiError.notFound("Ticker not found.");
    }
    if (market != Market.STOCKS) {
      Row row = other(symbol);
      row.remove("last_updated_utc");
      return call.single(row);
    }
    Company company =
        Company.owners(symbol).reversed().stream()
            .filter(owner -> owner.listed() == null || !day.isBefore(owner.listed()))
            .findFirst()
            .orElseThrow(() -> ApiError.notFound("Ticker not found."));
    Row row = ticker(company, day);
    row.remove("last_updated_utc");
    return call.single(describe(row, Profile.of(company), day));
  }

  private Row describe(Row row, Profile profile, LocalDate day) {
    Company company = profile.company();
    String symbol = company.symbol();
    if (!profile.isFund()) {
      String icons =
          "https://api.massive.com/v1/reference/company-branding/%s/images/"
              .formatted(profile.slug());
      days.before(symbol, day)
          .map(bar -> days.adjusted(symbol, bar).close() * profile.shares())
          .ifPresent(cap -> row.put("market_cap", cap));
      row.put("phone_number", "(800) 555-%04d".formatted(profile.employees() % 10_000))
          .put(
              "address",
              new Row()
                  .put("address1", "%d MAIN STREET".formatted(1 + profile.employees() % 900))
                  .put("city", profile.place().city())
                  .put("state", profile.place().state())
                  .put("postal_code", profile.place().postalCode()))
          .put(
              "description",
              "%s is a company of the sector %s with its office in %s."
                  .formatted(company.name(), profile.industry().sector(), profile.place().city()))
          .put("sic_code", profile.industry().sic())
          .put("sic_description", profile.industry().description())
          .put("homepage_url", profile.homepage())
          .put("total_employees", profile.employees())
          .put(
              "branding",
              new Row().put("logo_url", icons + "logo.svg").put("icon_url", icons + "icon.png"));
    }
    int dot = symbol.indexOf('.');
    return row.put("ticker_root", dot < 0 ? symbol : symbol.substring(0, dot))
        .put("ticker_suffix", dot < 0 ? null : symbol.substring(dot + 1))
        .put("list_date", company.listed())
        .put("share_class_shares_outstanding", profile.shares())
        .put("weighted_shares_outstanding", profile.isFund() ? null : profile.shares())
        .put("round_lot", 100);
  }

  /** The wire has {@code type} where the vendor's schema says {@code event_type}. */
  private byte[] events(Call call) {
    String id = call.path().getFirst();
    if (call.find("types").filter(types -> !types.contains("ticker_change")).isPresent()) {
      throw ApiError.badRequest("The parameter 'types' must be 'ticker_change'");
    }
    Company company =
        (universe.knows(id) && Universe.isOf(Market.STOCKS, id)
                ? Optional.of(Company.of(id))
                : universe
                    .listed(Market.STOCKS)
                    .flatMap(symbol -> Company.owners(symbol).stream())
                    .filter(c -> names(Profile.of(c), id) || hadTicker(c, id))
                    .findFirst())
            .orElseThrow(() -> ApiError.notFound("Ticker not found."));
    Profile profile = Profile.of(company);
    return call.single(
        new Row()
            .put("name", company.name())
            .put("composite_figi", profile.compositeFigi())
            .put("cik", profile.cik())
            .put("events", changes(company)));
  }

  /** Whether a company had a ticker that nobody has now. */
  private static boolean hadTicker(Company company, String symbol) {
    Renamed renamed = RENAMED.get(company.symbol());
    return renamed != null && renamed.former().equals(symbol);
  }

  private static boolean names(Profile profile, String id) {
    return profile.cusip().equals(id) || profile.compositeFigi().equals(id);
  }

  private static List<Row> changes(Company company) {
    Renamed renamed = RENAMED.get(company.symbol());
    if (renamed != null) {
      return List.of(
          change(company.symbol(), renamed.changed()), change(renamed.former(), renamed.listed()));
    }
    LocalDate listed = company.listed() == null ? ModelCalendar.FIRST : company.listed();
    return List.of(change(company.symbol(), listed));
  }

  private static Row change(String symbol, LocalDate date) {
    return new Row()
        .put("ticker_change", new Row().put("ticker", symbol))
        .put("type", "ticker_change")
        .put("date", date);
  }

  /** The wire has {@code stock_symbol} where the vendor's schema says {@code ticker}. */
  private byte[] related(Call call) {
    String symbol = call.path().getFirst();
    if (!universe.knows(symbol)) {
      throw ApiError.notFound("Ticker not found.");
    }
    String industry = Profile.of(Company.of(symbol)).industry().sector();
    List<Row> kin =
        universe
            .listed(Market.STOCKS)
            .filter(other -> !other.equals(symbol))
            .map(other -> Profile.of(Company.of(other)))
            .filter(other -> other.industry().sector().equals(industry) && !other.isFund())
            .limit(10)
            .map(other -> new Row().put("ticker", other.company().symbol()))
            .toList();
    return new Row()
        .put("request_id", call.requestId())
        .put("results", kin)
        .put("status", "OK")
        .put("stock_symbol", symbol)
        .bytes();
  }
}
