package com.alphaxiii.polygon.client;

import static com.alphaxiii.polygon.client.ScriptedServer.answer;
import static com.alphaxiii.polygon.client.ScriptedServer.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Dividend;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.core.Trade;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RestReferenceTest {
  private static final Ticker AAPL = Ticker.of("AAPL");
  private static final String NOT_FOUND =
      "{\"status\":\"NOT_FOUND\",\"request_id\":\"r\",\"message\":\"Ticker not found.\"}";

  @Test
  void theLastTradeKeepsItsNanoseconds() {
    try (ScriptedServer server =
            ScriptedServer.of(
                ok(
                    """
                    {"request_id":"r","results":{"T":"AAPL","c":[37,12],"ds":"25.5","f":1617901342969796417,\
                    "i":"118749","p":129.8473,"q":3135876,"r":202,"s":25,"t":1617901342969834001,"x":4,\
                    "y":1617901342968000000,"z":3,"unknown":{"a":[1]}},"status":"OK"}\
                    """));
        Upstream upstream = Upstream.of(server)) {
      assertThat(upstream.client.lastTrade(AAPL))
          .contains(
              new Trade(
                  AAPL,
                  129.8473,
                  25.5,
                  Conditions.of(37, 12),
                  1_617_901_342_969_834_001L,
                  1_617_901_342_968_000_000L,
                  4,
                  "118749",
                  3,
                  3_135_876,
                  202,
                  1_617_901_342_969_796_417L));
      assertThat(server.heads().getFirst()).startsWith("GET /v2/last/trade/AAPL HTTP/1.1");
    }
  }

  @Test
  void aTradeMayLackAllButPriceAndTime() {
    try (ScriptedServer server =
            ScriptedServer.of(
                ok("{\"results\":{\"p\":1,\"t\":1.7e18,\"c\":null},\"status\":\"OK\"}"));
        Upstream upstream = Upstream.of(server)) {
      Trade trade = upstream.client.lastTrade(AAPL).orElseThrow();
      assertThat(trade.size()).isZero();
      assertThat(trade.sipTime()).isEqualTo(1_700_000_000_000_000_000L);
      assertThat(trade.conditions()).isEqualTo(Conditions.NONE);
    }
  }

  @Test
  void unknownTickersAreEmptyAnswers() {
    try (ScriptedServer server = ScriptedServer.of(answer(404, NOT_FOUND));
        Upstream upstream = Upstream.of(server)) {
      assertThat(upstream.client.lastTrade(AAPL)).isEmpty();
      assertThat(upstream.client.ticker(AAPL)).isEmpty();
    }
  }

  @Test
  void aTickerIsReadWithWhatIsSent() {
    try (ScriptedServer server =
            ScriptedServer.of(
                ok(
                    """
                    {"request_id":"r","results":{"ticker":"AAPL","name":"Apple Inc.","market":"stocks","locale":"us",\
                    "primary_exchange":"XNAS","type":"CS","active":true,"currency_name":"usd",\
                    "address":{"city":"CUPERTINO"},"market_cap":2.7e12},"status":"OK"}\
                    """),
                ok(
                    """
                    {"results":{"ticker":"X:BTCUSD","name":"Bitcoin - United States Dollar","market":"crypto",\
                    "currency_symbol":"USD","currency_name":"United States Dollar"},"status":"OK"}\
                    """));
        Upstream upstream = Upstream.of(server)) {
      assertThat(upstream.client.ticker(AAPL))
          .contains(new TickerInfo(AAPL, "Apple Inc.", "CS", "stocks", "XNAS", "usd", true));
      TickerInfo coin = upstream.client.ticker(Ticker.of("X:BTCUSD")).orElseThrow();
      assertThat(coin.currency()).isEqualTo("usd");
      assertThat(coin.exchange()).isEmpty();
      assertThat(coin.active()).isTrue();
    }
  }

  @Test
  void splitsOfAllPagesComeOldestFirst() {
    try (ScriptedServer server =
            ScriptedServer.of(
                ok(
                    """
                    {"results":[{"id":"E1","ticker":"AAPL","execution_date":"2014-06-09","split_from":1,"split_to":7}],\
                    "status":"OK","count":1,"next_url":"$BASE/v3/reference/splits?cursor=b"}\
                    """),
                ok(
                    """
                    {"results":[{"id":"E2","ticker":"AAPL","execution_date":"2020-08-31","split_from":1,"split_to":4.0}],\
                    "status":"OK"}\
                    """));
        Upstream upstream = Upstream.of(server)) {
      assertThat(upstream.client.splits(AAPL))
          .containsExactly(
              new Split(AAPL, LocalDate.of(2014, 6, 9), 1, 7),
              new Split(AAPL, LocalDate.of(2020, 8, 31), 1, 4));
      assertThat(server.heads().getFirst())
          .startsWith(
              "GET /v3/reference/splits?ticker=AAPL&order=asc&limit=1000&sort=execution_date ");
    }
  }

  @Test
  void dividendsDefaultToDollars() {
    try (ScriptedServer server =
            ScriptedServer.of(
                ok(
                    """
                    {"results":[{"id":"E1","ticker":"AAPL","ex_dividend_date":"2024-02-09","cash_amount":0.24}],"status":"OK"}\
                    """));
        Upstream upstream = Upstream.of(server)) {
      assertThat(upstream.client.dividends(AAPL))
          .containsExactly(new Dividend(AAPL, LocalDate.of(2024, 2, 9), 0.24, "USD"));
    }
  }

  @Test
  void searchReadsNoMorePagesThanAsked() {
    String page =
        """
        {"results":[{"ticker":"A%s","name":"Apple Inc."},{"ticker":"B%1$s","name":"Apple Hospitality"}],\
        "status":"OK","count":2,"next_url":"$BASE/v3/reference/tickers?cursor=%1$s"}\
        """;
    try (ScriptedServer server =
            ScriptedServer.of(ok(page.formatted("b")), ok(page.formatted("c")));
        Upstream upstream = Upstream.of(server)) {
      assertThat(upstream.client.search(" apple inc&x ", 3)).hasSize(3);
      assertThat(server.heads()).hasSize(2);
      assertThat(server.heads().getFirst())
          .startsWith("GET /v3/reference/tickers?search=apple%20inc%26x&active=true&");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ticker\":\"AAPL\",\"execution_date\":\"2014-06-31\",\"split_from\":1,\"split_to\":7}",
        "{\"ticker\":\"AAPL\",\"split_from\":1,\"split_to\":7}",
        "{\"ticker\":\"AAPL\",\"execution_date\":\"2014-06-09\",\"split_from\":0,\"split_to\":7}",
        "{\"ticker\":\"AAPL\",\"execution_date\":\"2014-06-09\",\"split_from\":\"x\",\"split_to\":7}",
        "{\"ticker\":\"MSFT\",\"execution_date\":\"2014-06-09\",\"split_from\":1,\"split_to\":7}",
        "7"
      })
  void aMalformedElementIsNamed(String element) {
    try (ScriptedServer server =
            ScriptedServer.of(ok("{\"results\":[" + element + "],\"status\":\"OK\"}"));
        Upstream upstream = Upstream.of(server)) {
      assertThat(Upstream.error(BadData.class, () -> upstream.client.splits(AAPL)))
          .hasMessageContaining("splits of AAPL, page 1: element 1 cannot be read")
          .hasMessageContaining("attempt 1 of 1");
    }
  }

  @Test
  void whatCannotBeAskedIsRefusedWithoutARequest() {
    try (ScriptedServer server = ScriptedServer.of(answer(500, ""));
        Upstream upstream = Upstream.of(server)) {
      Upstream.error(InvalidRequest.class, () -> upstream.client.search(" ", 5));
      Upstream.error(InvalidRequest.class, () -> upstream.client.search("apple", 0));
      Upstream.error(InvalidRequest.class, () -> upstream.client.lastTrade(Ticker.of("C:EURUSD")));
      Upstream.error(InvalidRequest.class, () -> upstream.client.lastQuote(Ticker.of("X:BTCUSD")));
      assertThat(server.heads()).isEmpty();
    }
  }
}
