package com.alphaxiii.polygon.client;

import static com.alphaxiii.polygon.client.ScriptedServer.answer;
import static com.alphaxiii.polygon.client.ScriptedServer.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.PolygonException.NotFound;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any endpoint by its name or path: what is sent, what is refused before, what comes back. */
@Timeout(60)
class EndpointCallTest {
  private static void against(String answer, Consumer<Upstream> call, Consumer<String> line) {
    try (ScriptedServer server = ScriptedServer.of(answer);
        Upstream upstream = Upstream.of(server)) {
      call.accept(upstream);
      line.accept(
          server.heads().isEmpty() ? "" : server.heads().getLast().lines().findFirst().orElse(""));
    }
  }

  private static InvalidRequest refused(String endpoint, Map<String, String> parameters) {
    try (ScriptedServer server = ScriptedServer.of(ok("{}"));
        Upstream upstream = Upstream.of(server)) {
      InvalidRequest error =
          Upstream.error(InvalidRequest.class, () -> upstream.client.get(endpoint, parameters));
      assertThat(server.heads()).isEmpty();
      return error;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ticker-details | ticker=AAPL | /v3/reference/tickers/AAPL",
        "/v3/reference/tickers/AAPL | | /v3/reference/tickers/AAPL",
        "/v3/reference/tickers/{ticker} | ticker=AAPL | /v3/reference/tickers/AAPL",
        "/v3/reference/tickers/AAPL?date=2024-01-31 | | /v3/reference/tickers/AAPL?date=2024-01-31",
        "ticker-details | ticker=O:AAPL1;date=2024-01-31 |"
            + " /v3/reference/tickers/O%3AAAPL1?date=2024-01-31",
        "ticker-details | ticker=A/../B | /v3/reference/tickers/A%2F..%2FB"
      })
  void namesAndPathsLeadToTheSame(String endpoint, String given, String target) {
    Map<String, String> parameters =
        given == null
            ? Map.of()
            : java.util.Arrays.stream(given.split(";"))
                .map(p -> p.split("=", 2))
                .collect(java.util.stream.Collectors.toMap(p -> p[0], p -> p[1]));
    against(
        ok("{\"status\":\"OK\",\"results\":{\"ticker\":\"AAPL\"}}"),
        upstream -> upstream.client.get(endpoint, parameters),
        line -> assertThat(line).isEqualTo("GET " + target + " HTTP/1.1"));
  }

  @Test
  void everyFormOfAnswerIsReadFromItsPlace() {
    Function<String, RestAnswer> get =
        call -> {
          String[] parts = call.split(" ", 2);
          RestAnswer[] read = new RestAnswer[1];
          against(ok(parts[1]), u -> read[0] = u.client.get(parts[0], Map.of()), _ -> {});
          return read[0];
        };

    RestAnswer list =
        get.apply("exchanges {\"status\":\"OK\",\"results\":[{\"id\":1},{\"id\":2}]}");
    assertThat(list.rows()).hasSize(2);
    assertThat(list.more()).isFalse();

    RestAnswer tickers =
        get.apply(
            "snapshots-stocks"
                + " {\"status\":\"DELAYED\",\"count\":1,\"tickers\":[{\"ticker\":\"A\"}]}");
    assertThat(tickers.rows().getFirst().text("ticker")).isEqualTo("A");
    assertThat(tickers.delayed()).isTrue();

    assertThat(
            get.apply(
                    "/v2/snapshot/locale/us/markets/stocks/tickers/A"
                        + " {\"status\":\"OK\",\"request_id\":7,\"ticker\":{\"ticker\":\"A\"}}")
                .rows())
        .hasSize(1);

    RestAnswer last =
        get.apply(
            "/v1/last/crypto/BTC/USD"
                + " {\"status\":\"success\",\"request_id\":\"r\",\"symbol\":\"BTC-USD\",\"last\":{\"price\":16835.42}}");
    assertThat(last.rows().getFirst().real("price")).isEqualTo(16_835.42);
    assertThat(last.requestId()).contains("r");

    RestAnswer flat =
        get.apply("market-status {\"market\":\"open\",\"exchanges\":{\"nyse\":\"open\"}}");
    assertThat(flat.rows().getFirst().text("market")).isEqualTo("open");

    assertThat(
            get.apply("market-holidays [{\"date\":\"2026-11-26\"},{\"date\":\"2026-12-25\"}]")
                .rows())
        .hasSize(2);

    assertThat(
            get.apply(
                    "/v1/indicators/sma/AAPL"
                        + " {\"status\":\"OK\",\"results\":{\"underlying\":{\"url\":\"x\"},\"values\":[{\"timestamp\":1,\"value\":2}]}}")
                .rows())
        .hasSize(1);
    assertThat(
            get.apply(
                    "/v1/indicators/sma/AAPL"
                        + " {\"status\":\"OK\",\"results\":{\"underlying\":{\"url\":\"x\"}}}")
                .rows())
        .isEmpty();

    assertThat(get.apply("/v1/reference/sec/filings/1/files/2 <html>10-K</html>").body().asString())
        .isEqualTo("<html>10-K</html>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exchanges | {\"status\":\"OK\"} | neither results nor a count",
        "exchanges | {\"results\":{\"id\":1}} | results is not a list",
        "exchanges | [] | not a JSON object",
        "exchanges | {\"results\":[],\"results\":[]} | has results twice",
        "exchanges | <html></html> | cut or garbled",
        "snapshots-stocks | {\"status\":\"OK\",\"results\":[]} | neither tickers nor a count",
        "/v2/last/trade/AAPL | {\"status\":\"OK\",\"results\":[]} | results is not an object",
        "market-status | {\"status\":\"OK\",\"request_id\":\"r\"} | neither data nor a count",
        "market-status | [] | not a JSON object",
        "market-holidays | {\"a\":1} | not a JSON list",
        "market-holidays | [{} | cut or garbled",
        "/v1/indicators/sma/AAPL | {\"results\":[]} | results is not an object",
        "/v1/indicators/sma/AAPL | {\"status\":\"OK\"} | neither results.values nor a count"
      })
  void anAnswerWithoutItsDataIsAnError(String endpoint, String body, String problem) {
    against(
        ok(body),
        upstream ->
            assertThat(Upstream.error(BadData.class, () -> upstream.client.get(endpoint, Map.of())))
                .hasMessageContaining(problem),
        _ -> {});
  }

  @Test
  void numbersComeAsTheyWereSent() {
    String body =
        "{\"results\":{\"t\":1617901342969834001,\"p\":129.840,\"s\":7.09E+7},\"status\":\"OK\"}";
    against(
        ok(body),
        upstream ->
            assertThat(upstream.client.get("/v2/last/trade/AAPL", Map.of()).body().toString())
                .isEqualTo(body),
        _ -> {});
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    InvalidRequest error =
        refused(
            "trades",
            Map.of(
                "timestamp.gte", "yesterday",
                "limit", "50001",
                "ordre", "asc",
                "sort", "price",
                "timestamp.any_of", "1"));

    assertThat(error)
        .hasMessageContaining("trades: ")
        .hasMessageContaining("'limit' is 50001, at most 50000")
        .hasMessageContaining("'ordre' is not a parameter (did you mean 'order'?)")
        .hasMessageContaining("'sort' is 'price', not one of timestamp")
        .hasMessageContaining("'timestamp.gte' is 'yesterday', expected a date")
        .hasMessageContaining("'timestamp.any_of' is not a parameter")
        .hasMessageContaining("'ticker' is missing, expected a text");
    assertThat(error.field()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "bars,multiplier,0,at least 1",
    "bars,multiplier,1.5,expected a whole number",
    "bars,timespan,minutes,did you mean 'minute'?",
    "bars,from,2024-02-30,expected a date",
    "bars,adjusted,yes,expected true or false",
    "tickers,date,20240131,expected a date",
    "sec-filings,filing_date,2024-01-31,such as 20240131",
    "news,published_utc.gte,2024-01-31 10:00,a time such as",
    "options-contracts,strike_price.gte,ten,expected a number",
    "short-interest,settlement_date.any_of,'2024-01-31,x',is 'x'",
    "tickers,ticker,'',is empty",
    "tickers,active,,is empty"
  })
  void aValueThatCannotBeIsNamed(String endpoint, String name, String value, String problem) {
    assertThat(refused(endpoint, Map.of(name, value == null ? "" : value)))
        .hasMessageContaining("'" + name + "'")
        .hasMessageContaining(problem);
  }

  @Test
  void unknownEndpointsSuggestTheNearest() {
    assertThat(refused("trade", Map.of())).hasMessageContaining("did you mean 'trades'?");
    assertThat(refused("/v3/trade/AAPL", Map.of()))
        .hasMessageContaining("no endpoint has the path '/v3/trade/AAPL'");
    assertThat(refused("zzzzzzzzzz", Map.of())).hasMessageNotContaining("did you mean");
  }

  @Test
  void aKeyAmongTheParametersIsNeitherSentNorTold() {
    assertThat(refused("/v3/reference/exchanges?apiKey=" + Upstream.KEY, Map.of()))
        .hasMessageContaining("the key goes in a header of its own");
    assertThat(refused("exchanges", Map.of("apikey", Upstream.KEY)).value()).isEmpty();
    assertThat(refused("exchanges", Map.of("api_key", Upstream.KEY)).value()).isEmpty();
    assertThat(
            refused(
                    "/v3/reference/exchanges?apiKey=" + Upstream.KEY,
                    Map.of("apiKey", "another-of-the-users"))
                .getMessage())
        .doesNotContain("another-of-the-users");
  }

  @Test
  void aValueGivenTwiceMustBeTheSame() {
    assertThat(refused("/v3/trades/AAPL", Map.of("ticker", "MSFT")))
        .hasMessageContaining("'ticker' is given twice, as 'AAPL' and 'MSFT'");
    assertThat(refused("/v3/trades/AAPL?ticker=MSFT", Map.of()))
        .hasMessageContaining("'ticker' is given twice, as 'AAPL' and 'MSFT'");
    assertThat(refused("/v3/trades/AAPL?limit=1&limit=2", Map.of()))
        .hasMessageContaining("'limit' is given twice, as '1' and '2'");
  }

  @Test
  void pagesAreAsLargeAsTheVendorAllowsUnlessSaid() {
    String empty = ok("{\"status\":\"OK\",\"results\":[]}");
    Map<String, String> ticker = Map.of("ticker", "AAPL");
    against(
        empty,
        u -> assertThat(u.client.pages("trades", ticker, r -> r).hasNext()).isFalse(),
        line -> assertThat(line).startsWith("GET /v3/trades/AAPL?limit=50000 "));
    against(
        empty,
        u ->
            assertThat(
                    u.client
                        .pages("trades", Map.of("ticker", "AAPL", "limit", "7"), r -> r)
                        .hasNext())
                .isFalse(),
        line -> assertThat(line).startsWith("GET /v3/trades/AAPL?limit=7 "));
    against(
        empty,
        u -> assertThat(u.client.pages("exchanges", Map.of(), r -> r).hasNext()).isFalse(),
        line -> assertThat(line).startsWith("GET /v3/reference/exchanges HTTP"));
  }

  @Test
  void oneObjectHasNoPages() {
    try (ScriptedServer server = ScriptedServer.of(ok("{}"));
        Upstream upstream = Upstream.of(server)) {
      assertThat(
              Upstream.error(
                  InvalidRequest.class,
                  () -> upstream.client.pages("last-trade", Map.of("ticker", "A"), r -> r)))
          .hasMessageContaining("one object");
      assertThat(server.heads()).isEmpty();
    }
  }

  @Test
  void nothingIsAskedForBeforeItIsWanted() {
    try (ScriptedServer server =
            ScriptedServer.of(
                ok(
                    "{\"results\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"next_url\":\"$BASE/v2/reference/news?cursor=x\"}"),
                ok("{\"results\":[{\"id\":\"c\"}]}"));
        Upstream upstream = Upstream.of(server)) {
      Cursor<String> news = upstream.client.pages("news", Map.of(), r -> r.text("id"));
      assertThat(server.heads()).isEmpty();
      assertThat(List.of(news.next(), news.next())).containsExactly("a", "b");
      assertThat(server.heads()).hasSize(1);
      assertThat(news.next()).isEqualTo("c");
      assertThat(news.hasNext()).isFalse();
      assertThat(server.heads()).hasSize(2);
    }
  }

  @Test
  void aBadElementCostsNoOtherAndIsTold() {
    against(
        ok("{\"results\":[{\"id\":\"a\"},7,{\"name\":\"x\"},{\"id\":\"b\"}],\"count\":4}"),
        upstream -> {
          Cursor<String> news = upstream.client.pages("news", Map.of(), r -> r.text("id"));
          assertThat(news.stream().toList()).containsExactly("a", "b");
          assertThat(news.rejectedCount()).isEqualTo(2);
          assertThat(news.rejected())
              .extracting(Object::toString)
              .containsExactly(
                  "page 1, element 2: is not an object", "page 1, element 3: it has no 'id'");
        },
        _ -> {});
  }

  @Test
  void withoutAnythingThatTellsElementsApartAPageMayNotComeAgain() {
    String rows = "{\"cik\":\"1\",\"text\":\"x\"},{\"cik\":\"2\",\"text\":\"y\"}";
    String next = ",\"next_url\":\"$BASE/stocks/filings/8-K/vX/text?cursor=";
    try (ScriptedServer server =
            ScriptedServer.of(
                ok("{\"results\":[" + rows + "]" + next + "b\"}"),
                ok("{\"results\":[" + rows + "]" + next + "c\"}"));
        Upstream upstream = Upstream.of(server)) {
      assertThat(
              Upstream.error(
                  BadData.class,
                  () -> upstream.client.pages("filings-8k-text", Map.of(), r -> r).rest()))
          .hasMessageContaining("page 2")
          .hasMessageContaining("its elements are those of page 1 again");
    }
  }

  @Test
  void aPageThatDidNotFitIsHeldAgainstNothingWhenItComesRight() {
    String dividends = "{\"results\":[%s]%s}";
    String first = "{\"id\":\"a\",\"pay_date\":\"2024-01-15\"}";
    String second = "{\"id\":\"b\",\"pay_date\":\"2024-02-15\"}";
    String third = "{\"id\":\"c\",\"pay_date\":\"2024-03-15\"}";
    String next = ",\"next_url\":\"$BASE/v3/reference/dividends?cursor=b\"";
    try (ScriptedServer server =
            ScriptedServer.of(
                ok(dividends.formatted(first, next)),
                ok(dividends.formatted(third + "," + second, "")),
                ok(dividends.formatted(second + "," + third, "")));
        Upstream upstream = Upstream.of(server)) {
      Cursor<String> rows =
          upstream.client.pages(
              "dividends", Map.of("sort", "pay_date", "order", "asc"), row -> row.text("id"));
      assertThat(rows.next()).isEqualTo("a");
      Upstream.error(BadData.class, rows::next);

      assertThat(rows.rest().values()).containsExactly("b", "c");
    }
  }

  @Test
  void theOrderAskedForIsTheOneThatHolds() {
    String rows =
        "{\"results\":[{\"id\":\"a\",\"pay_date\":\"2024-02-15\"},{\"id\":\"b\"},{\"id\":\"c\",\"pay_date\":\"2024-05-15\"}]}";
    against(
        ok(rows),
        u -> {
          assertThat(
                  u.client
                      .pages("dividends", Map.of("sort", "pay_date", "order", "asc"), r -> r)
                      .rest()
                      .values())
              .hasSize(3);
          assertThat(
                  Upstream.error(
                      BadData.class,
                      () ->
                          u.client
                              .pages(
                                  "dividends", Map.of("sort", "pay_date", "order", "desc"), r -> r)
                              .rest()))
              .hasMessageContaining(
                  "element 3 has pay_date 2024-05-15, which cannot come after 2024-02-15");
        },
        _ -> {});
  }

  @Test
  void anUnknownSingleThingIsNotFound() {
    against(
        answer(
            404,
            "{\"status\":\"NOT_FOUND\",\"request_id\":\"r\",\"message\":\"Ticker not found.\"}"),
        u ->
            assertThat(
                    Upstream.error(
                        NotFound.class,
                        () -> u.client.get("ticker-details", Map.of("ticker", "NOPE"))))
                .hasMessageContaining("ticker-details NOPE"),
        _ -> {});
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../x", "a b", "ä", "%2e%2e", "?limit=1", "#"})
  void whatStandsInAPathStaysInItsSegment(String ticker) {
    against(
        ok("{\"status\":\"OK\",\"results\":{\"ticker\":\"A\"}}"),
        u -> u.client.get("ticker-details", Map.of("ticker", ticker)),
        line -> {
          String target = line.split(" ")[1];
          assertThat(target).startsWith("/v3/reference/tickers/");
          assertThat(target.substring("/v3/reference/tickers/".length()))
              .doesNotContain("/")
              .doesNotContain("?")
              .doesNotContain("#");
        });
  }
}
