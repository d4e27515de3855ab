package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is told of currencies, options and futures agrees with their bars and ticks. */
class OtherBoardsTest {
  private static final Instant NOW = Instant.parse("2024-01-26T16:00:00Z");
  private static Simulator simulator;
  private static Web web;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(Scenario.builder().clock(() -> NOW).build());
    web = new Web(simulator);
  }

  @AfterAll
  static void stop() {
    web.close();
    simulator.close();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> part(Map<String, Object> whole, String name) {
    return (Map<String, Object>) whole.get(name);
  }

  @Test
  void convertsAtTheLastQuote() throws Exception {
    Map<String, Object> last = part(web.json("/v1/last_quote/currencies/EUR/USD"), "last");
    Map<String, Object> answer = web.json("/v1/conversion/EUR/USD?amount=250&precision=4");
    assertThat(answer)
        .containsEntry("status", "success")
        .containsEntry("initialAmount", 250L)
        .containsEntry("last", last);
    assertThat(Web.number(answer, "converted"))
        .isCloseTo(250 * Web.number(last, "bid"), within(0.0001));
    assertThat(
            part(
                part(
                    web.json("/v2/snapshot/locale/global/markets/forex/tickers/C:EURUSD"),
                    "ticker"),
                "lastQuote"))
        .containsEntry("b", last.get("bid"))
        .containsEntry("t", last.get("timestamp"));
    assertThat(web.get("/v1/conversion/EUR/USD?precision=9").statusCode()).isEqualTo(400);
  }

  @Test
  void tellsCoinsByTheirUtcDays() throws Exception {
    Map<String, Object> day = web.json("/v1/open-close/crypto/BTC/USD/2024-01-25");
    Map<String, Object> bar =
        Web.results(web.json("/v2/aggs/ticker/X:BTCUSD/range/1/day/2024-01-25/2024-01-25"))
            .getFirst();
    assertThat(day)
        .containsEntry("symbol", "BTC-USD")
        .containsEntry("isUTC", true)
        .containsEntry("open", bar.get("o"))
        .containsEntry("close", bar.get("c"))
        .doesNotContainKey("status");
    List<Map<String, Object>> first = trades(day, "openTrades");
    List<Map<String, Object>> last = trades(day, "closingTrades");
    assertThat(first.getFirst()).containsEntry("p", bar.get("o"));
    assertThat(last.getLast()).containsEntry("p", bar.get("c"));
    long midnight = Instant.parse("2024-01-25T00:00:00Z").toEpochMilli();
    assertThat((Long) first.getFirst().get("t")).isBetween(midnight, midnight + 600_000);
    List<Map<String, Object>> grouped =
        Web.results(web.json("/v2/aggs/grouped/locale/global/market/crypto/2024-01-25"));
    assertThat(grouped)
        .filteredOn(r -> "X:BTCUSD".equals(r.get("T")))
        .singleElement()
        .satisfies(r -> assertThat(r).containsEntry("c", bar.get("c")));
  }

  @Test
  void valuesContractsByTheirStock() throws Exception {
    List<Map<String, Object>> chain =
        web.all(
            "/v3/snapshot/options/AAPL?expiration_date=2024-02-16&contract_type=call&limit=250"
                + "&sort=strike_price");
    double before = 1;
    for (Map<String, Object> item : chain) {
      Map<String, Object> greeks = part(item, "greeks");
      if (greeks != null) {
        assertThat(Web.number(greeks, "delta")).isBetween(0.0, before + 1e-9);
        before = Web.number(greeks, "delta");
      }
    }
    String ticker = (String) part(chain.get(chain.size() / 2), "details").get("ticker");
    Map<String, Object> one = part(web.json("/v3/snapshot/options/AAPL/" + ticker), "results");
    assertThat(one).isEqualTo(chain.get(chain.size() / 2));
    assertThat(part(one, "underlying_asset"))
        .containsEntry("price", part(web.json("/v2/last/trade/AAPL"), "results").get("p"));
  }

  @Test
  void tellsSessionsOfFutures() throws Exception {
    List<Map<String, Object>> sessions =
        web.all("/futures/v1/aggs/ESH4?limit=5&sort=window_start.desc");
    assertThat(sessions.getFirst())
        .containsEntry("session_end_date", "2024-01-26")
        .containsEntry("ticker", "ESH4")
        .containsKeys("settlement_price", "window_start");
    assertThat(sessions)
        .extracting(s -> (Long) s.get("window_start"))
        .isSortedAccordingTo(java.util.Comparator.reverseOrder())
        .doesNotHaveDuplicates();
    assertThat(web.get("/futures/v1/aggs/ESH4?resolution=61min").statusCode()).isEqualTo(400);
    Map<String, Object> snapshot =
        Web.results(web.json("/futures/v1/snapshot?ticker=ESH4")).getFirst();
    assertThat(part(snapshot, "session")).containsEntry("close", sessions.getFirst().get("close"));
    Map<String, Object> trade = Web.results(web.json("/futures/v1/trades/ESH4?limit=1")).getFirst();
    assertThat(part(snapshot, "last_trade")).containsEntry("price", trade.get("price"));
    assertThat(Web.results(web.json("/futures/v1/contracts?product_code=ES")))
        .extracting(c -> c.get("ticker"))
        .contains("ESH4");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> trades(Map<String, Object> day, String name) {
    return (List<Map<String, Object>>) day.get(name);
  }

  @Test
  void opensIndicesAndOptionsInRegularHours() throws Exception {
    try (var noon =
            Simulator.start(
                Scenario.builder().clock(() -> Instant.parse("2024-01-26T17:30:00Z")).build());
        var evening =
            Simulator.start(
                Scenario.builder().clock(() -> Instant.parse("2024-01-26T22:30:00Z")).build());
        var then = new Web(noon);
        var later = new Web(evening)) {
      String target = "/v3/snapshot?ticker.any_of=I:SPX,O:AAPL240216C00190000";
      assertThat(Web.results(then.json(target)))
          .extracting(item -> item.get("market_status"))
          .containsExactly("open", "open");
      assertThat(Web.results(later.json(target)))
          .extracting(item -> item.get("market_status"))
          .containsExactly("closed", "closed");
    }
  }
}
