package com.alphaxiii.polygon.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The endpoints of reports with the SEC, and of the statements in them in their older form. Dates
 * of the former have no dashes.
 */
final class FilingsApi {
  private static final String FILINGS = "/v1/reference/sec/filings";
  private static final int QUARTERS = 16;
  private static final Listing LIST =
      Listing.classic(FILINGS)
          .exact("type")
          .ranges("filing_date", "period_of_report_date")
          .sorted("filing_date.desc", "period_of_report_date");
  private static final Listing FILES =
      Listing.classic(FILINGS + "/{filing_id}/files")
          .numberRanges("sequence")
          .ranges("filename")
          .sorted("sequence.asc", "filename");
  private static final Listing STATEMENTS =
      Listing.classic("/vX/reference/financials")
          .exact("cik", "company_name", "sic", "timeframe")
          .ranges("filing_date")
          .renamed("period_of_report_date", "end_date", Filter.Kind.DATE, Filter.RANGE)
          .sorted("period_of_report_date.desc", "filing_date")
          .limit(10, 100);

  private final Universe universe;
  private final InstantSource clock;

  FilingsApi(Universe universe, InstantSource clock) {
    this.universe = universe;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route(FILINGS, Family.REFERENCE, call -> LIST.answer(call, clock, this::reports)),
        new Route(FILINGS + "/{filing_id}", Family.REFERENCE, this::report),
        new Route(FILINGS + "/{filing_id}/files", Family.REFERENCE, this::files),
        new Route(FILINGS + "/{filing_id}/files/{file_id}", Family.REFERENCE, this::file),
        new Route(
            "/vX/reference/financials",
            Family.REFERENCE,
            call -> STATEMENTS.answer(call, clock, this::statements)));
  }

  private Stream<Profile> profiles(Call call, String column) {
    return universe.companies(call, column).map(Profile::of).filter(profile -> !profile.isFund());
  }

  private Stream<Row> reports(Call call, Instant asOf) {
    LocalDate today = Days.dayOf(asOf.toEpochMilli());
    return profiles(call, "entities.company_data.ticker")
        .filter(p -> same(call, "entities.company_data.cik", p.cik()))
        .filter(p -> same(call, "entities.company_data.sic", p.industry().sic()))
        .filter(p -> same(call, "entities.company_data.name", p.company().name()))
        .flatMap(
            profile ->
                Quarter.publishedBy(today, QUARTERS).map(quarter -> report(profile, quarter)));
  }

  private static boolean same(Call call, String parameter, String value) {
    return call.find(parameter).map(value::equals).orElse(true);
  }

  private static String accession(Profile profile, Quarter quarter) {
    return "%s-%02d-%06d"
        .formatted(profile.cik(), quarter.year() % 100, 100 * quarter.number() + quarter.number());
  }

  private static String compact(LocalDate date) {
    return date.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private static Row report(Profile profile, Quarter quarter) {
    String accession = accession(profile, quarter);
    return new Row()
        .put("id", accession)
        .put("accession_number", accession)
        .put("type", quarter.number() == 4 ? "10-K" : "10-Q")
        .put("filing_date", compact(quarter.filed()))
        .put("period_of_report_date", compact(quarter.end()))
        .put("acceptance_datetime", compact(quarter.filed()) + "163000")
        .put("source_url", "https://filings.example.com/" + accession)
        .put("files_count", 2)
        .put(
            "entities",
            List.of(
                new Row()
                    .put("relation", "filer")
                    .put(
                        "company_data",
                        new Row()
                            .put("cik", profile.cik())
                            .put("name", profile.company().name())
                            .put("sic", profile.industry().sic())
                            .put("ticker", profile.company().symbol()))));
  }

  /** The report of an id among those of listed companies. */
  private Row find(Call call) {
    String id = call.path().getFirst();
    return reports(new Call(List.of(), Map.of(), "", "", call.access()), clock.instant())
        .filter(row -> id.equals(row.get("id")))
        .findFirst()
        .orElseThrow(() -> ApiError.notFound("Data not found."));
  }

  private byte[] report(Call call) {
    return call.single(find(call));
  }

  private byte[] files(Call call) {
    Row report = find(call);
    return FILES.answer(
        call, clock, (c, asOf) -> IntStream.rangeClosed(1, 2).mapToObj(i -> file(report, i)));
  }

  private static Row file(Row report, int sequence) {
    String name = sequence == 1 ? "report.htm" : "exhibit-31.htm";
    return new Row()
        .put("id", report.get("id") + "-" + sequence)
        .put("filename", name)
        .put("sequence", sequence)
        .put("size_bytes", 10_000 * sequence)
        .put("type", sequence == 1 ? report.get("type") : "EX-31")
        .put("description", sequence == 1 ? "The report" : "A certification")
        .put("source_url", report.get("source_url") + "/" + name);
  }

  private byte[] file(Call call) {
    Row report = find(call);
    return IntStream.rangeClosed(1, 2)
        .mapToObj(i -> file(report, i))
        .filter(file -> call.path().getLast().equals(file.get("id")))
        .findFirst()
        .orElseThrow(() -> ApiError.notFound("Data not found."))
        .bytes();
  }

  /** Many companies file no report of their own for the fourth quarter. */
  private Stream<Row> statements(Call call, Instant asOf) {
    LocalDate today = Days.dayOf(asOf.toEpochMilli());
    String search = call.find("company_name.search").orElse("").toLowerCase(Locale.ROOT);
    return profiles(call, "ticker")
        .filter(p -> p.company().name().toLowerCase(Locale.ROOT).contains(search))
        .flatMap(
            profile ->
                Quarter.publishedBy(today, QUARTERS)
                    .flatMap(
                        quarter ->
                            Stream.of(
                                statement(profile, quarter, quarter.number() == 4 ? 4 : 1),
                                statement(profile, quarter, 0))));
  }

  /**
   * @param quarters 1 for a quarter, 4 for a year, 0 for the trailing twelve months
   */
  private static Row statement(Profile profile, Quarter quarter, int quarters) {
    List<Fundamentals> all = Fundamentals.trailing(profile, quarter, quarters == 1 ? 1 : 4);
    String address = "https://api.massive.com" + FILINGS + "/" + accession(profile, quarter);
    Quarter first = quarter.minus(all.size() - 1);
    return new Row()
        .put("tickers", List.of(profile.company().symbol()))
        .put("cik", profile.cik())
        .put("company_name", profile.company().name())
        .put("sic", profile.industry().sic())
        .put("start_date", first.start().toString())
        .put("end_date", quarter.end().toString())
        .put("filing_date", quarters == 0 ? null : quarter.filed().toString())
        .put("acceptance_datetime", quarters == 0 ? null : quarter.filed() + "T16:30:00Z")
        .put("timeframe", quarters == 0 ? "ttm" : quarters == 4 ? "annual" : "quarterly")
        .put("fiscal_period", quarters == 0 ? "TTM" : quarters == 4 ? "FY" : "Q" + quarter.number())
        .put("fiscal_year", quarters == 0 ? null : Integer.toString(quarter.year()))
        .put("source_filing_url", quarters == 0 ? null : address)
        .put("financials", figures(all));
  }

  private static Row figures(List<Fundamentals> all) {
    Fundamentals now = all.getFirst();
    return new Row()
        .put(
            "income_statement",
            new Row()
                .put("revenues", value("Revenues", 100, sum(all, Fundamentals::revenue)))
                .put(
                    "cost_of_revenue",
                    value("Cost Of Revenue", 300, sum(all, Fundamentals::costOfRevenue)))
                .put(
                    "gross_profit", value("Gross Profit", 800, sum(all, Fundamentals::grossProfit)))
                .put(
                    "net_income_loss",
                    value("Net Income/Loss", 3200, sum(all, Fundamentals::netIncome))))
        .put(
            "balance_sheet",
            new Row()
                .put("assets", value("Assets", 100, now.assets()))
                .put("liabilities", value("Liabilities", 600, now.liabilities()))
                .put("equity", value("Equity", 1400, now.equity())))
        .put(
            "cash_flow_statement",
            new Row()
                .put(
                    "net_cash_flow",
                    value("Net Cash Flow", 1100, sum(all, Fundamentals::changeInCash)))
                .put(
                    "net_cash_flow_from_operating_activities",
                    value(
                        "Net Cash Flow From Operating Activities",
                        100,
                        sum(all, Fundamentals::operatingCash))))
        .put(
            "comprehensive_income",
            new Row()
                .put(
                    "comprehensive_income_loss",
                    value("Comprehensive Income/Loss", 100, sum(all, Fundamentals::netIncome))));
  }

  private static double sum(List<Fundamentals> all, ToDoubleFunction<Fundamentals> figure) {
    return Fundamentals.sum(all, figure);
  }

  private static Row value(String label, int order, double amount) {
    return new Row()
        .put("value", amount)
        .put("unit", "USD")
        .put("label", label)
        .put("order", order);
  }
}
