package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.alphaxiii.polygon.catalogue.Catalogue;
import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.catalogue.Field;
import com.alphaxiii.polygon.catalogue.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists of every kind: their columns, their order, their filters, their pages. */
class TablesTest {
  private static final Instant NOW = Instant.parse("2024-01-26T16:00:00Z");
  private static Simulator simulator;
  private static Web web;

  @BeforeAll
  @BeforeContainer
  static void start() {
    simulator = Simulator.start(Scenario.builder().clock(() -> NOW).build());
    web = new Web(simulator);
  }

  @AfterAll
  @AfterContainer
  static void stop() {
    web.close();
    simulator.close();
  }

  /** Lists under {@code results} that a parameter {@code limit} cuts. */
  static Stream<Endpoint> lists() {
    return Catalogue.of().all().stream()
        .filter(e -> e.state() == State.SERVED || e.state() == State.DRAFT)
        .filter(e -> e.answer().list() && e.answer().key().equals(List.of("results")))
        .filter(e -> e.answer().paged() && e.parameter("limit").isPresent())
        .filter(e -> !e.name().equals("bars"));
  }

  private static String target(Endpoint endpoint) {
    String filing = "AAPL";
    return endpoint
            .path()
            .replace("/futures/v1/aggs/{ticker}", "/futures/v1/aggs/ESH4")
            .replace("/futures/v1/quotes/{ticker}", "/futures/v1/quotes/ESH4")
            .replace("/futures/v1/trades/{ticker}", "/futures/v1/trades/ESH4")
            .replaceAll("\\{\\w+}", filing)
        + (endpoint.path().startsWith("/v3/trades") || endpoint.path().startsWith("/v3/quotes")
            ? "?timestamp=2024-01-25"
            : "?");
  }

  @ParameterizedTest
  @MethodSource("lists")
  void rowsHaveTheColumnsDescribedAndPagesHaveTheRows(Endpoint endpoint) throws Exception {
    if (endpoint.path().contains("{filing_id}")) {
      return;
    }
    String target = target(endpoint);
    Map<String, Object> first = web.json(target);
    List<Map<String, Object>> rows = Web.results(first);
    for (Map<String, Object> row : rows) {
      assertKnown(endpoint.fields(), row, endpoint.path());
    }
    if (first.get("next_url") instanceof String next) {
      assertThat(next)
          .startsWith(simulator.baseUrl().toString())
          .contains("?cursor=")
          .doesNotContain("apiKey");
    }
    if (rows.size() > 3) {
      var pages = new ArrayList<Map<String, Object>>();
      String next = target + "&limit=" + (rows.size() / 3 + 1);
      for (int i = 0; i < 3 && next != null; i++) {
        Map<String, Object> page = web.json(next);
        pages.addAll(Web.results(page));
        next = (String) page.get("next_url");
      }
      int common = Math.min(rows.size(), pages.size());
      assertThat(pages.subList(0, common)).isEqualTo(rows.subList(0, common));
      assertThat(new HashSet<>(pages)).hasSameSizeAs(pages);
    }
  }

  @SuppressWarnings("unchecked")
  private static void assertKnown(List<Field> fields, Map<String, Object> row, String path) {
    row.forEach(
        (name, value) -> {
          var field = Field.find(fields, name);
          assertThat(field).as(path + " " + name).isPresent();
          if (value instanceof Map<?, ?> inner) {
            assertKnown(field.get().members(), (Map<String, Object>) inner, path);
          }
          assertThat(value instanceof List<?>).as(path + " " + name).isEqualTo(field.get().list());
        });
  }

  /** What is listed without asking about a ticker. */
  private static final List<String> TABLES =
      List.of(
          "/benzinga/v1/earnings?ticker.any_of=AAPL,MSFT",
          "/stocks/filings/vX/form-4?tickers=AAPL",
          "/v3/reference/conditions?asset_class=stocks",
          "/v3/reference/options/contracts?underlying_ticker=AAPL&expiration_date=2024-02-16",
          "/stocks/v1/splits?sort=ticker.asc,execution_date.desc",
          "/v2/reference/news?ticker=AAPL&published_utc.gte=2022-01-01",
          "/vX/reference/ipos?order=asc");

  @Property(tries = 21)
  void anyLimitPagesToTheSameRows(
      @ForAll @IntRange(min = 0, max = 6) int table, @ForAll @IntRange(min = 3, max = 90) int limit)
      throws Exception {
    String target = TABLES.get(table) + (TABLES.get(table).contains("?") ? "&" : "?") + "limit=";
    List<Map<String, Object>> whole = web.all(target + 1000);
    assertThat(web.all(target + limit)).isEqualTo(whole).isNotEmpty();
    assertThat(new HashSet<>(whole)).hasSameSizeAs(whole);
  }

  @Test
  void filtersByTheNewGrammar() throws Exception {
    String earnings = "/benzinga/v1/earnings?limit=1000";
    List<Map<String, Object>> all = web.all(earnings);
    assertThat(all).hasSizeGreaterThan(100);
    assertThat(web.all(earnings + "&importance.gte=3&importance.lt=5"))
        .isEqualTo(
            all.stream()
                .filter(r -> Web.number(r, "importance") >= 3 && Web.number(r, "importance") < 5)
                .toList())
        .isNotEmpty();
    assertThat(web.all(earnings + "&ticker.any_of=AAPL,MSFT"))
        .extracting(r -> r.get("ticker"))
        .containsOnly("AAPL", "MSFT");
    assertThat(web.all(earnings + "&date.gte=2023-12-01&sort=date.asc,ticker.desc"))
        .isNotEmpty()
        .extracting(r -> (String) r.get("date"))
        .isSorted()
        .allMatch(date -> date.compareTo("2023-12-01") >= 0);
    assertThat(web.all("/benzinga/v2/news?tickers.all_of=AAPL")).isNotEmpty();
    assertThat(web.all("/benzinga/v2/news?tickers.all_of=AAPL,MSFT")).isEmpty();
  }

  @Test
  void refusesWhatTheNewGrammarDoesNotKnow() throws Exception {
    for (String bad :
        List.of(
            "limit=0",
            "limit=x",
            "limit=50001",
            "sort=nothing.asc",
            "nothing.gt=1",
            "importance.gte=high",
            "date.gte=soon",
            "ticker.all_of=A")) {
      var answer = web.get("/benzinga/v1/earnings?" + bad);
      assertThat(answer.statusCode()).as(bad).isEqualTo(400);
      assertThat(Web.object(answer.body()))
          .containsEntry("status", "ERROR")
          .containsKeys("request_id", "error");
    }
    assertThat(web.get("/v3/reference/splits?nothing.gt=1&limit=5000").statusCode()).isEqualTo(200);
  }

  @Test
  void asksForAnAddOnForPartnersData() throws Exception {
    var answer = web.get("/benzinga/v1/ratings", "Authorization", "Bearer starter-1");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("You are not entitled to this data");
  }

  @Test
  void splitsInBothFormsAgreeWithTheBars() throws Exception {
    List<Map<String, Object>> splits = web.all("/stocks/v1/splits?ticker=AAPL");
    assertThat(splits)
        .extracting(s -> s.get("execution_date") + " " + s.get("split_to") + " " + s.get("id"))
        .isEqualTo(
            web.all("/v3/reference/splits?ticker=AAPL").stream()
                .map(s -> s.get("execution_date") + " " + s.get("split_to") + " " + s.get("id"))
                .toList());
    assertThat(Web.number(splits.getLast(), "historical_adjustment_factor"))
        .isCloseTo(1 / 56.0, within(1e-12));
    String day = "/v2/aggs/ticker/AAPL/range/1/day/2014-06-06/2014-06-06?adjusted=";
    double raw = Web.number(web.all(day + "false").getFirst(), "c");
    double adjusted = Web.number(web.all(day + "true").getFirst(), "c");
    assertThat(raw * Web.number(splits.get(1), "historical_adjustment_factor"))
        .isCloseTo(adjusted, within(1e-9));
  }

  @Test
  void dividendsInBothFormsAgree() throws Exception {
    String symbol = null;
    for (String candidate : List.of("AAPL", "IBM", "KO", "JPM", "JNJ", "HD")) {
      if (!web.all("/v3/reference/dividends?ticker=" + candidate).isEmpty()) {
        symbol = candidate;
        break;
      }
    }
    assertThat(symbol).isNotNull();
    List<Map<String, Object>> old =
        web.all("/v3/reference/dividends?order=asc&limit=1000&ticker=" + symbol);
    List<Map<String, Object>> now =
        web.all("/stocks/v1/dividends?sort=ex_dividend_date.asc&ticker=" + symbol);
    assertThat(now)
        .extracting(d -> d.get("ex_dividend_date") + " " + d.get("cash_amount"))
        .isEqualTo(
            old.stream().map(d -> d.get("ex_dividend_date") + " " + d.get("cash_amount")).toList());
    assertThat(now)
        .extracting(d -> Web.number(d, "historical_adjustment_factor"))
        .isSorted()
        .allMatch(f -> f > 0 && f <= 1);
  }

  @Test
  void statementsAddUp() throws Exception {
    for (Map<String, Object> row : web.all("/stocks/financials/v1/balance-sheets?tickers=AAPL")) {
      assertThat(Web.number(row, "total_assets"))
          .isEqualTo(Web.number(row, "total_liabilities") + Web.number(row, "total_equity"));
    }
    String flows = "/stocks/financials/v1/cash-flow-statements?tickers=AAPL&timeframe=quarterly";
    for (Map<String, Object> row : web.all(flows)) {
      assertThat(Web.number(row, "change_in_cash_and_equivalents"))
          .isCloseTo(
              Web.number(row, "net_cash_from_operating_activities")
                  + Web.number(row, "net_cash_from_investing_activities")
                  + Web.number(row, "net_cash_from_financing_activities"),
              within(1.0));
    }
    String quarters = "/stocks/financials/v1/income-statements?tickers=AAPL&fiscal_year=2022";
    double sum =
        web.all(quarters + "&timeframe=quarterly").stream()
            .mapToDouble(r -> Web.number(r, "revenue"))
            .sum();
    Map<String, Object> year = web.all(quarters + "&timeframe=annual").getFirst();
    assertThat(Web.number(year, "revenue")).isEqualTo(sum);
    assertThat(web.all("/vX/reference/financials?ticker=AAPL&timeframe=annual"))
        .filteredOn(r -> "2022".equals(r.get("fiscal_year")))
        .singleElement()
        .satisfies(
            r ->
                assertThat(r.get("financials").toString())
                    .contains("revenues={value=" + year.get("revenue")));
  }

  @Test
  void ratiosFollowThePrice() throws Exception {
    Map<String, Object> ratio = web.all("/stocks/financials/v1/ratios?ticker=MSFT").getFirst();
    Map<String, Object> previous = Web.results(web.json("/v2/aggs/ticker/MSFT/prev")).getFirst();
    assertThat(ratio).containsEntry("price", previous.get("c"));
    @SuppressWarnings("unchecked")
    var details = (Map<String, Object>) web.json("/v3/reference/tickers/MSFT").get("results");
    assertThat(ratio)
        .containsEntry("market_cap", details.get("market_cap"))
        .containsEntry("cik", details.get("cik"));
    assertThat(Web.number(ratio, "price") / Web.number(ratio, "earnings_per_share"))
        .isCloseTo(Web.number(ratio, "price_to_earnings"), within(1e-6));
  }

  @Test
  void shortDataIsConsistent() throws Exception {
    for (Map<String, Object> row : web.all("/stocks/v1/short-volume?ticker=AAPL")) {
      assertThat(Web.number(row, "short_volume"))
          .isEqualTo(Web.number(row, "exempt_volume") + Web.number(row, "non_exempt_volume"));
      assertThat(Web.number(row, "short_volume_ratio"))
          .isCloseTo(
              100 * Web.number(row, "short_volume") / Web.number(row, "total_volume"),
              within(0.01));
    }
    assertThat(web.all("/stocks/v1/short-interest?ticker=AAPL&sort=settlement_date.desc"))
        .hasSizeGreaterThan(20)
        .allSatisfy(
            row -> assertThat(Web.number(row, "days_to_cover")).isGreaterThanOrEqualTo(1.0));
  }

  @Test
  void yieldsBeginWithTheMaturitiesOfTheirTime() throws Exception {
    Map<String, Object> first = Web.results(web.json("/fed/v1/treasury-yields?limit=1")).getFirst();
    assertThat(first)
        .containsEntry("date", "1962-01-02")
        .containsKeys("yield_1_year", "yield_5_year", "yield_10_year")
        .doesNotContainKeys("yield_30_year", "yield_1_month");
    assertThat(web.all("/fed/v1/inflation?date.gte=2023-01-01"))
        .extracting(r -> (String) r.get("date"))
        .allMatch(date -> date.endsWith("-01"))
        .hasSize(12);
  }

  @Test
  void contractsOfAChainAreListed() throws Exception {
    List<Map<String, Object>> chain =
        web.all("/v3/snapshot/options/AAPL?expiration_date=2024-02-16&limit=250");
    assertThat(chain).hasSizeGreaterThan(20);
    List<Object> listed =
        web
            .all(
                "/v3/reference/options/contracts?underlying_ticker=AAPL&limit=1000"
                    + "&expiration_date=2024-02-16")
            .stream()
            .map(c -> c.get("ticker"))
            .toList();
    assertThat(chain)
        .extracting(c -> ((Map<?, ?>) c.get("details")).get("ticker"))
        .isEqualTo(listed);
    assertThat(web.get("/v3/reference/options/contracts/O:AAPL").statusCode()).isEqualTo(404);
    assertThat(web.get("/v3/snapshot/options/MSFT/" + listed.getFirst()).body())
        .contains("Option Ticker not found.");
  }

  @Test
  void tellsWhatHardlyChanges() throws Exception {
    assertThat(Web.results(web.json("/v3/reference/exchanges?asset_class=stocks")))
        .anySatisfy(e -> assertThat(e).containsEntry("id", 10L).containsEntry("mic", "XNYS"));
    assertThat(Web.results(web.json("/v3/reference/tickers/types?asset_class=stocks")))
        .extracting(t -> t.get("code"))
        .contains("CS", "ETF");
    Map<String, Object> odd =
        web.all("/v3/reference/conditions?asset_class=stocks&data_type=trade&id=37").getFirst();
    assertThat(odd)
        .containsEntry(
            "update_rules",
            Map.of(
                "consolidated",
                Map.of(
                    "updates_high_low", false,
                    "updates_open_close", false,
                    "updates_volume", true),
                "market_center",
                Map.of(
                    "updates_high_low", false,
                    "updates_open_close", false,
                    "updates_volume", true)));
  }

  @Test
  @SuppressWarnings("unchecked")
  void tellsFormerNamesAndKin() throws Exception {
    var meta = (Map<String, Object>) web.json("/vX/reference/tickers/META/events").get("results");
    assertThat((List<Map<String, Object>>) meta.get("events"))
        .extracting(e -> e.get("type") + " " + e.get("date"))
        .containsExactly("ticker_change 2022-06-09", "ticker_change 2012-05-18");
    assertThat(web.json("/v1/related-companies/AAPL"))
        .containsEntry("stock_symbol", "AAPL")
        .containsKey("results");
  }

  @Test
  @SuppressWarnings("unchecked")
  void aTickerMayHaveHadAnotherOwner() throws Exception {
    var sprint =
        (Map<String, Object>) web.json("/v3/reference/tickers/S?date=2019-03-01").get("results");
    var sentinel = (Map<String, Object>) web.json("/v3/reference/tickers/S").get("results");
    assertThat(sprint).containsEntry("name", "Sprint Corporation").containsEntry("active", true);
    assertThat(sentinel).containsEntry("list_date", "2021-06-30");
    assertThat(List.of(sprint.get("cik"), sprint.get("composite_figi")))
        .doesNotContain(sentinel.get("cik"), sentinel.get("composite_figi"));
    assertThat(web.all("/v3/reference/tickers?ticker=S&active=false"))
        .extracting(row -> row.get("cik") + " " + row.get("delisted_utc"))
        .containsExactly(sprint.get("cik") + " 2020-04-01T00:00:00Z");
    assertThat(web.all("/v2/aggs/ticker/S/range/1/day/2020-03-25/2021-07-02"))
        .as("nobody has it between")
        .hasSize(5 + 3);
  }

  @Test
  void newsAndFilingsAreFoundAgain() throws Exception {
    List<Map<String, Object>> news = web.all("/v2/reference/news?ticker=AAPL&limit=1000");
    assertThat(news)
        .hasSizeGreaterThan(100)
        .extracting(n -> (String) n.get("published_utc"))
        .isSortedAccordingTo(Comparator.reverseOrder());
    Map<String, Object> filing =
        Web.results(web.json("/v1/reference/sec/filings?entities.company_data.ticker=AAPL"))
            .getFirst();
    String path = "/v1/reference/sec/filings/" + filing.get("id");
    assertThat(web.json(path).get("results")).isEqualTo(filing);
    Map<String, Object> file = web.all(path + "/files?limit=1").getLast();
    assertThat(web.json(path + "/files/" + file.get("id"))).isEqualTo(file);
  }
}
