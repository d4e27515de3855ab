package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.TradingDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the modelled market looks like from outside. */
class ModelMarketTest {
  private static final Instant NOW = Instant.parse("2024-01-26T17:30:00Z");
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

  @Test
  void isTheSameForTheSameSeedAndAnotherForAnother() throws Exception {
    String bars = "/v2/aggs/ticker/MSFT/range/1/minute/2023-05-04/2023-05-05?limit=50000";
    Instant later = Instant.parse("2025-03-03T12:00:00Z");
    try (var same = Simulator.start(Scenario.builder().seed(1).clock(() -> later).build());
        var sameWeb = new Web(same);
        var other = Simulator.start(Scenario.builder().seed(2).clock(() -> NOW).build());
        var otherWeb = new Web(other)) {
      List<Map<String, Object>> expected = web.all(bars);
      assertThat(expected).hasSizeGreaterThan(700);
      assertThat(sameWeb.all(bars)).isEqualTo(expected);
      assertThat(otherWeb.all(bars)).isNotEqualTo(expected);
    }
  }

  @Test
  void hasQuietMinutesOutsideHoursAndIsBusiestAtOpenAndClose() throws Exception {
    List<Map<String, Object>> bars =
        web.all("/v2/aggs/ticker/IBM/range/1/minute/2024-01-25/2024-01-25?limit=50000");
    long open = Instant.parse("2024-01-25T14:30:00Z").toEpochMilli();
    long before = bars.stream().filter(b -> (Long) b.get("t") < open).count();
    assertThat(before).isBetween(5L, 200L);
    assertThat((Long) bars.getFirst().get("t"))
        .isGreaterThanOrEqualTo(Instant.parse("2024-01-25T09:00:00Z").toEpochMilli());
    assertThat((Long) bars.getLast().get("t"))
        .isLessThan(Instant.parse("2024-01-26T01:00:00Z").toEpochMilli());
    assertThat(trades(bars, open, 30)).isGreaterThan(trades(bars, open + 180 * 60_000L, 30) * 1.5);
    assertThat(trades(bars, open + 360 * 60_000L, 30))
        .isGreaterThan(trades(bars, open + 180 * 60_000L, 30) * 1.5);
  }

  private static double trades(List<Map<String, Object>> bars, long from, int minutes) {
    return bars.stream()
        .filter(b -> (Long) b.get("t") >= from && (Long) b.get("t") < from + minutes * 60_000L)
        .mapToDouble(b -> Web.number(b, "n"))
        .sum();
  }

  @Test
  void hasADayBarForEveryTradingDayOfTwentyYears() throws Exception {
    List<Long> starts =
        web.all("/v2/aggs/ticker/KO/range/1/day/2003-01-01/2024-12-31?limit=50000").stream()
            .map(b -> (Long) b.get("t"))
            .toList();
    var expected = new ArrayList<Long>();
    for (TradingDay day :
        MarketCalendar.usEquities()
            .tradingDays(LocalDate.of(2003, 9, 10), LocalDate.of(2024, 1, 26))) {
      expected.add(Days.startOf(day.date()));
    }
    assertThat(starts).isEqualTo(expected);
  }

  @Test
  void keepsAdjustedPricesSmoothOverASplit() throws Exception {
    String days = "/v2/aggs/ticker/AAPL/range/1/day/2020-08-28/2020-08-31";
    List<Map<String, Object>> adjusted = web.all(days);
    List<Map<String, Object>> raw = web.all(days + "?adjusted=false");
    assertThat(Web.number(adjusted.get(1), "c"))
        .isCloseTo(
            Web.number(adjusted.get(0), "c"), within(Web.number(adjusted.get(0), "c") * 0.15));
    assertThat(Web.number(raw.get(0), "c") / Web.number(raw.get(1), "c")).isBetween(3.4, 4.7);
    assertThat(web.all("/v3/reference/splits?ticker=AAPL&execution_date.gt=2014-01-01"))
        .extracting(s -> s.get("execution_date"))
        .containsExactly("2020-08-31", "2014-06-09");
  }

  @Test
  void knowsNothingOfTheFuture() throws Exception {
    List<Map<String, Object>> minutes =
        web.all("/v2/aggs/ticker/AAPL/range/1/minute/2024-01-26/2024-01-30?limit=50000");
    assertThat((Long) minutes.getLast().get("t")).isLessThanOrEqualTo(NOW.toEpochMilli());
    List<Map<String, Object>> days =
        web.all("/v2/aggs/ticker/AAPL/range/1/day/2024-01-25/2024-02-10");
    assertThat(days).hasSize(2);
    assertThat(days.getLast()).containsEntry("c", lastEligible(minutes));
    assertThat(web.all("/v2/aggs/ticker/AAPL/range/1/day/2024-01-27/2024-02-10")).isEmpty();
    @SuppressWarnings("unchecked")
    var trade = (Map<String, Object>) web.json("/v2/last/trade/AAPL").get("results");
    assertThat((Long) trade.get("t")).isLessThanOrEqualTo(NOW.toEpochMilli() * 1_000_000);
  }

  private static Object lastEligible(List<Map<String, Object>> minutes) {
    return minutes.getLast().get("c");
  }

  @Test
  void knowsNeitherSymbolsThatCannotBeNorThoseListedAsUnknown() throws Exception {
    for (String symbol : List.of("NOPE", "INVALID", "lower", "TOOLONG", "A-B")) {
      assertThat(web.json("/v2/aggs/ticker/" + symbol + "/range/1/day/2024-01-02/2024-01-05"))
          .containsEntry("resultsCount", 0L)
          .doesNotContainKey("results");
      assertThat(web.get("/v3/reference/tickers/" + symbol).statusCode()).isEqualTo(404);
      assertThat(web.get("/v2/last/trade/" + symbol).statusCode()).isEqualTo(404);
      assertThat(web.get("/v2/aggs/ticker/" + symbol + "/prev").body())
          .contains("\"resultsCount\":0");
    }
  }

  @Test
  void endsTheHistoryOfADelistedCompany() throws Exception {
    assertThat(web.all("/v2/aggs/ticker/TWTR/range/1/day/2022-11-01/2022-12-01")).hasSize(5);
    assertThat(web.all("/v3/reference/tickers?search=twitter")).isEmpty();
    assertThat(web.all("/v3/reference/tickers?search=twitter&active=false"))
        .singleElement()
        .satisfies(
            t ->
                assertThat(t)
                    .containsEntry("active", false)
                    .containsEntry("delisted_utc", "2022-11-08T00:00:00Z"));
  }
}
