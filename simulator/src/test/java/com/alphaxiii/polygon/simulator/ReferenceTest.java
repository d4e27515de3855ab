package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tickers, corporate actions, ticks and the market's state, over recorded data. */
class ReferenceTest {
  private static final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2024-01-26T16:00:00Z"));
  private static Simulator simulator;
  private static Web web;

  @BeforeAll
  static void start() {
    simulator =
        Simulator.start(Scenario.builder().data(MarketDataFolder.orSkip()).clock(now::get).build());
    web = new Web(simulator);
  }

  @AfterAll
  static void stop() {
    if (simulator != null) {
      web.close();
      simulator.close();
    }
  }

  @Test
  void listsRecordedSymbolsPageByPage() throws Exception {
    Map<String, Object> first = web.json("/v3/reference/tickers?limit=2");
    assertThat(first).containsEntry("count", 2L).containsEntry("status", "OK");
    assertThat((String) first.get("next_url")).startsWith(simulator.baseUrl() + "/v3/reference");
    List<Object> symbols =
        web.all("/v3/reference/tickers?limit=2").stream().map(t -> t.get("ticker")).toList();
    assertThat(symbols)
        .contains("AAPL", "AIG", "BAC", "IBM", "SPY")
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void findsATickerByNameAndBySymbol() throws Exception {
    assertThat(web.all("/v3/reference/tickers?search=business%20mach"))
        .singleElement()
        .satisfies(t -> assertThat(t).containsEntry("ticker", "IBM").containsEntry("type", "CS"));
    assertThat(web.all("/v3/reference/tickers?ticker=SPY"))
        .singleElement()
        .satisfies(
            t ->
                assertThat(t)
                    .containsEntry("type", "ETF")
                    .containsEntry("active", true)
                    .containsEntry("primary_exchange", "ARCX"));
    assertThat(web.all("/v3/reference/tickers?ticker=NOPE")).isEmpty();
    assertThat(web.all("/v3/reference/tickers?market=crypto"))
        .extracting(t -> t.get("ticker"))
        .contains("X:BTCUSD");
    assertThat(web.all("/v3/reference/tickers?market=otc")).isEmpty();
  }

  @Test
  void describesOneTickerAndKnowsNoOther() throws Exception {
    assertThat(web.json("/v3/reference/tickers/AIG").get("results"))
        .isInstanceOf(Map.class)
        .hasFieldOrPropertyWithValue("ticker", "AIG");
    HttpResponse<String> unknown = web.get("/v3/reference/tickers/NOPE");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(Web.object(unknown.body()))
        .containsEntry("status", "NOT_FOUND")
        .containsEntry("message", "Ticker not found.");
  }

  @Test
  void tellsSplitsNewestFirstWithinTheRangeAskedFor() throws Exception {
    assertThat(web.all("/v3/reference/splits?ticker=AAPL&limit=1"))
        .extracting(
            s -> s.get("execution_date") + " " + s.get("split_from") + " " + s.get("split_to"))
        .containsExactly("2020-08-31 1 4", "2014-06-09 1 7", "2005-02-28 1 2", "2000-06-21 1 2");
    assertThat(
            web.all(
                "/v3/reference/splits?ticker=AAPL&execution_date.gte=2005-02-28"
                    + "&execution_date.lt=2020-08-31&order=asc"))
        .extracting(s -> s.get("execution_date"))
        .containsExactly("2005-02-28", "2014-06-09");
  }

  @Test
  void tellsDividendsPageByPage() throws Exception {
    List<Map<String, Object>> dividends =
        web.all("/v3/reference/dividends?ticker=AAPL&order=asc&limit=3");
    assertThat(dividends.getFirst())
        .containsEntry("ex_dividend_date", "2012-08-09")
        .containsEntry("cash_amount", 2.6499)
        .containsEntry("currency", "USD");
    assertThat(dividends)
        .isEqualTo(web.all("/v3/reference/dividends?ticker=AAPL&order=asc&limit=1000"));
  }

  @Test
  void tellsTheLastTradeRecorded() throws Exception {
    @SuppressWarnings("unchecked")
    var trade = (Map<String, Object>) web.json("/v2/last/trade/SPY").get("results");
    assertThat(trade)
        .containsEntry("T", "SPY")
        .containsKeys("p", "s", "t", "q", "x", "y", "z", "i");
    assertThat((Long) trade.get("t")).isBetween(1381190400000000000L, 1381276800000000000L);
    assertThat(web.get("/v2/last/trade/NOPE").statusCode()).isEqualTo(404);
  }

  @Test
  void pagesTradesInBothDirections() throws Exception {
    String trades = "/v3/trades/AIG?timestamp=2013-10-08";
    List<Map<String, Object>> ascending = web.all(trades + "&order=asc&limit=50000");
    assertThat(ascending).hasSizeGreaterThan(30_000);
    assertThat(ascending.getFirst())
        .containsEntry("sip_timestamp", 1381232396477000000L)
        .containsEntry("price", 48.8)
        .containsEntry("sequence_number", 1L)
        .doesNotContainKey("conditions");
    assertThat(web.all(trades + "&limit=7000")).isEqualTo(ascending.reversed());
    String morning =
        "/v3/trades/AIG?timestamp.gte=1381232396477000001&timestamp.lte=2013-10-08T13:30:00Z"
            + "&order=asc";
    List<Map<String, Object>> some = web.all(morning + "&limit=17");
    assertThat(some)
        .isEqualTo(
            ascending.stream()
                .filter(t -> (Long) t.get("sip_timestamp") > 1381232396477000000L)
                .filter(t -> (Long) t.get("sip_timestamp") <= 1381239000000000000L)
                .toList());
  }

  @Test
  void tellsQuotes() throws Exception {
    assertThat(web.all("/v3/quotes/AIG?timestamp=2013-10-08&order=asc&limit=50000").getFirst())
        .containsEntry("bid_price", 48.18)
        .containsEntry("ask_price", 49.1)
        .containsEntry("bid_size", 100L)
        .containsEntry("sequence_number", 2L);
  }

  @Test
  void tellsThePreviousDay() throws Exception {
    now.set(Instant.parse("2014-06-09T15:00:00Z"));
    try {
      List<Map<String, Object>> previous =
          Web.results(web.json("/v2/aggs/ticker/AAPL/prev?adjusted=false"));
      assertThat(previous)
          .singleElement()
          .satisfies(
              b ->
                  assertThat(b)
                      .containsEntry("T", "AAPL")
                      .containsEntry("t", Instant.parse("2014-06-06T20:00:00Z").toEpochMilli()));
      assertThat(Web.number(previous.getFirst(), "c")).isGreaterThan(640);
    } finally {
      now.set(Instant.parse("2024-01-26T16:00:00Z"));
    }
  }

  @Test
  void showsTheRunningDayOnlySoFar() throws Exception {
    now.set(Instant.parse("2013-10-08T15:00:00Z"));
    try {
      List<Map<String, Object>> minutes =
          web.all("/v2/aggs/ticker/IBM/range/1/minute/2013-10-08/2013-10-09");
      assertThat((Long) minutes.getLast().get("t"))
          .isEqualTo(Instant.parse("2013-10-08T14:59:00Z").toEpochMilli());
      List<Map<String, Object>> days =
          web.all("/v2/aggs/ticker/IBM/range/1/day/2013-10-07/2013-10-09");
      assertThat(days).hasSize(2);
      assertThat(days.getLast()).containsEntry("c", minutes.getLast().get("c"));
    } finally {
      now.set(Instant.parse("2024-01-26T16:00:00Z"));
    }
  }

  @Test
  void knowsWhetherTheMarketIsOpen() throws Exception {
    assertThat(web.json("/v1/marketstatus/now"))
        .containsEntry("market", "open")
        .containsEntry("earlyHours", false)
        .containsEntry("serverTime", "2024-01-26T11:00:00-05:00")
        .containsEntry("exchanges", Map.of("nasdaq", "open", "nyse", "open", "otc", "open"));
    now.set(Instant.parse("2024-01-26T21:30:00Z"));
    assertThat(web.json("/v1/marketstatus/now"))
        .containsEntry("market", "extended-hours")
        .containsEntry("afterHours", true);
    now.set(Instant.parse("2024-01-27T16:00:00Z"));
    assertThat(web.json("/v1/marketstatus/now")).containsEntry("market", "closed");
    now.set(Instant.parse("2024-01-26T16:00:00Z"));
  }

  @Test
  @SuppressWarnings("unchecked")
  void announcesClosuresAsABareArray() throws Exception {
    var rows = (List<Map<String, Object>>) Web.parse(web.get("/v1/marketstatus/upcoming").body());
    assertThat(rows.getFirst())
        .containsEntry("date", "2024-02-19")
        .containsEntry("name", "Washington's Birthday")
        .containsEntry("exchange", "NYSE")
        .containsEntry("status", "closed");
    assertThat(rows)
        .anySatisfy(
            r ->
                assertThat(r)
                    .containsEntry("date", "2024-07-03")
                    .containsEntry("status", "early-close")
                    .containsEntry("close", "2024-07-03T17:00:00.000Z"));
  }
}
