package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Days and snapshots of stocks agree with their bars and ticks. */
class DailyTest {
  private static final Instant FRIDAY_AT_11 = Instant.parse("2024-01-26T16:00:00Z");
  private static final AtomicReference<Instant> now = new AtomicReference<>(FRIDAY_AT_11);
  private static Simulator simulator;
  private static Web web;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(Scenario.builder().clock(now::get).build());
    web = new Web(simulator);
  }

  @AfterAll
  static void stop() {
    web.close();
    simulator.close();
  }

  @BeforeEach
  void reset() {
    now.set(FRIDAY_AT_11);
  }

  private static Map<String, Object> day(String symbol, String date) throws Exception {
    return Web.results(
            web.json("/v2/aggs/ticker/%s/range/1/day/%s/%s".formatted(symbol, date, date)))
        .getFirst();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> part(Map<String, Object> whole, String name) {
    return (Map<String, Object>) whole.get(name);
  }

  private static final String GROUPED = "/v2/aggs/grouped/locale/us/market/stocks/";

  @Test
  void groupsTheDayBarsOfAllStocks() throws Exception {
    Map<String, Object> answer = web.json(GROUPED + "2024-01-25");
    List<Map<String, Object>> rows = Web.results(answer);
    assertThat(answer)
        .containsEntry("resultsCount", (long) rows.size())
        .containsEntry("queryCount", (long) rows.size())
        .containsEntry("adjusted", true);
    assertThat(rows).extracting(r -> r.get("T")).contains("AAPL", "SPY").doesNotHaveDuplicates();
    for (String symbol : List.of("AAPL", "NVDA")) {
      Map<String, Object> row =
          rows.stream().filter(r -> symbol.equals(r.get("T"))).findFirst().orElseThrow();
      Map<String, Object> bar = day(symbol, "2024-01-25");
      for (String field : List.of("o", "h", "l", "c", "v", "vw", "n")) {
        assertThat(row).containsEntry(field, bar.get(field));
      }
      assertThat(row).containsEntry("t", Instant.parse("2024-01-25T21:00:00Z").toEpochMilli());
    }
  }

  @Test
  void groupsNothingOnAHoliday() throws Exception {
    assertThat(web.json(GROUPED + "2024-01-15"))
        .containsEntry("queryCount", 0L)
        .containsEntry("resultsCount", 0L)
        .containsEntry("status", "OK")
        .doesNotContainKey("results");
    assertThat(web.get(GROUPED + "2024-1-5").statusCode()).isEqualTo(400);
    assertThat(web.get(GROUPED + "yesterday").body())
        .contains("\"error\":\"The path parameter `date` is invalid\"");
  }

  @Test
  void keepsBasicPlansFromTodaysDay() throws Exception {
    var answer = web.get(GROUPED + "2024-01-26", "Authorization", "Bearer basic-1");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("before end of day");
  }

  @Test
  void tellsOpenAndCloseWithTheHoursAround() throws Exception {
    Map<String, Object> answer = web.json("/v1/open-close/AAPL/2024-01-25");
    Map<String, Object> bar = day("AAPL", "2024-01-25");
    assertThat(answer)
        .containsEntry("status", "OK")
        .containsEntry("from", "2024-01-25")
        .containsEntry("symbol", "AAPL")
        .containsEntry("open", bar.get("o"))
        .containsEntry("high", bar.get("h"))
        .containsEntry("low", bar.get("l"))
        .containsEntry("close", bar.get("c"))
        .containsEntry("volume", bar.get("v"));
    List<Map<String, Object>> minutes =
        web.all("/v2/aggs/ticker/AAPL/range/1/minute/2024-01-25/2024-01-25?limit=50000");
    assertThat(answer)
        .containsEntry("preMarket", minutes.getFirst().get("o"))
        .containsEntry("afterHours", minutes.getLast().get("c"));
  }

  @Test
  void tellsOpenAndCloseInTheTermsAskedFor() throws Exception {
    Map<String, Object> raw = web.json("/v1/open-close/AAPL/2020-08-28?adjusted=false");
    Map<String, Object> adjusted = web.json("/v1/open-close/AAPL/2020-08-28");
    for (String price : List.of("open", "close", "preMarket", "afterHours")) {
      assertThat(Web.number(adjusted, price) * 4).isCloseTo(Web.number(raw, price), within(1e-9));
    }
    assertThat(Web.number(raw, "volume") * 4)
        .isCloseTo(Web.number(adjusted, "volume"), within(1e-6));
  }

  @Test
  void findsNoDataOnADayWithoutSession() throws Exception {
    for (String target : List.of("AAPL/2024-01-27", "AAPL/2024-02-02", "NOPE/2024-01-25")) {
      var answer = web.get("/v1/open-close/" + target);
      assertThat(answer.statusCode()).as(target).isEqualTo(404);
      assertThat(Web.object(answer.body()))
          .containsEntry("status", "NOT_FOUND")
          .containsEntry("message", "Data not found.");
    }
  }

  private static final String SNAPSHOT = "/v2/snapshot/locale/us/markets/stocks/";

  @Test
  void showsASnapshotOfBarsAndTicks() throws Exception {
    Map<String, Object> ticker = part(web.json(SNAPSHOT + "tickers/AAPL"), "ticker");
    Map<String, Object> before = day("AAPL", "2024-01-25");
    Map<String, Object> today = day("AAPL", "2024-01-26");
    for (String field : List.of("o", "h", "l", "c", "v", "vw")) {
      assertThat(part(ticker, "prevDay")).containsEntry(field, before.get(field));
      assertThat(part(ticker, "day")).containsEntry(field, today.get(field));
    }
    Map<String, Object> minute =
        web.all("/v2/aggs/ticker/AAPL/range/1/minute/2024-01-26/2024-01-26").getLast();
    assertThat(part(ticker, "min"))
        .containsEntry("t", minute.get("t"))
        .containsEntry("c", minute.get("c"))
        .containsEntry("av", today.get("v"));
    Map<String, Object> trade = part(web.json("/v2/last/trade/AAPL"), "results");
    assertThat(part(ticker, "lastTrade"))
        .containsEntry("p", trade.get("p"))
        .containsEntry("t", trade.get("t"))
        .containsEntry("i", trade.get("i"))
        .containsKey("c");
    Map<String, Object> quote = part(web.json("/v2/last/nbbo/AAPL"), "results");
    assertThat(part(ticker, "lastQuote"))
        .containsEntry("P", quote.get("P"))
        .containsEntry("t", quote.get("t"));
    assertThat(Web.number(ticker, "todaysChange"))
        .isCloseTo(Web.number(trade, "p") - Web.number(before, "c"), within(1e-9));
  }

  @Test
  void snapshotsInTodaysSplitTerms() throws Exception {
    now.set(Instant.parse("2020-08-31T16:00:00Z"));
    Map<String, Object> ticker = part(web.json(SNAPSHOT + "tickers/AAPL"), "ticker");
    assertThat(part(ticker, "prevDay")).containsEntry("c", day("AAPL", "2020-08-28").get("c"));
    assertThat(Math.abs(Web.number(ticker, "todaysChangePerc"))).isLessThan(20);
  }

  @Test
  void leavesUnknownTickersOutOfMany() throws Exception {
    Map<String, Object> answer = web.json(SNAPSHOT + "tickers?tickers=MSFT,NOPE,AAPL");
    assertThat(answer).containsEntry("count", 2L);
    assertThat((List<?>) answer.get("tickers")).hasSize(2);
    assertThat(web.get(SNAPSHOT + "tickers/NOPE").statusCode()).isEqualTo(404);
  }

  @Test
  @SuppressWarnings("unchecked")
  void findsThoseThatMovedMost() throws Exception {
    var gainers = (List<Map<String, Object>>) web.json(SNAPSHOT + "gainers").get("tickers");
    var losers = (List<Map<String, Object>>) web.json(SNAPSHOT + "losers").get("tickers");
    assertThat(gainers).hasSizeBetween(1, 20);
    assertThat(gainers)
        .extracting(t -> Web.number(t, "todaysChangePerc"))
        .allMatch(change -> change > 0)
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(losers)
        .extracting(t -> Web.number(t, "todaysChangePerc"))
        .allMatch(change -> change < 0)
        .isSorted();
    assertThat(web.get(SNAPSHOT + "sideways").statusCode()).isEqualTo(404);
  }

  @Test
  void showsZerosBeforeTheFirstTradeAndFridayOnSaturday() throws Exception {
    now.set(Instant.parse("2024-01-26T08:45:00Z"));
    Map<String, Object> early = part(web.json(SNAPSHOT + "tickers/AAPL"), "ticker");
    assertThat(part(early, "day")).containsEntry("c", 0L).containsEntry("v", 0L);
    assertThat(early).containsEntry("todaysChange", 0L);
    now.set(Instant.parse("2024-01-27T18:00:00Z"));
    Map<String, Object> weekend = part(web.json(SNAPSHOT + "tickers/AAPL"), "ticker");
    assertThat(part(weekend, "day")).containsEntry("c", day("AAPL", "2024-01-26").get("c"));
  }

  @Test
  void showsAllMarketsInOneForm() throws Exception {
    List<Map<String, Object>> items = web.all("/v3/snapshot?ticker.any_of=AAPL,NOPE,MSFT&limit=1");
    assertThat(items).extracting(i -> i.get("ticker")).containsExactly("AAPL", "MSFT", "NOPE");
    assertThat(items.getLast())
        .containsEntry("error", "NOT_FOUND")
        .containsEntry("message", "Ticker not found.");
    Map<String, Object> apple = items.getFirst();
    assertThat(apple)
        .containsEntry("type", "stocks")
        .containsEntry("market_status", "open")
        .containsEntry("name", "Apple Inc.")
        .containsEntry("timeframe", "REAL-TIME");
    Map<String, Object> session = part(apple, "session");
    assertThat(session)
        .containsEntry("previous_close", day("AAPL", "2024-01-25").get("c"))
        .containsEntry("close", day("AAPL", "2024-01-26").get("c"));
    assertThat(part(apple, "last_trade"))
        .containsEntry("price", part(web.json("/v2/last/trade/AAPL"), "results").get("p"));
  }

  @Test
  void showsAPlanOnlyItsPart() throws Exception {
    var answer =
        web.get("/v3/snapshot?ticker.any_of=AAPL", "Authorization", "Bearer starter-1").body();
    assertThat(Web.object(answer)).containsEntry("status", "DELAYED");
    assertThat(Web.results(Web.object(answer)).getFirst())
        .containsEntry("timeframe", "DELAYED")
        .doesNotContainKeys("last_trade", "last_quote");
  }
}
