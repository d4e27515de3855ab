package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bars of the recorded days, as the vendor would have sent them. */
class RecordedBarsTest {
  private static final String MINUTES = "/v2/aggs/ticker/AIG/range/1/minute/2013-10-08/2013-10-08";
  private static Path data;
  private static Simulator simulator;
  private static Web web;

  @BeforeAll
  static void start() {
    data = MarketDataFolder.orSkip();
    simulator = Simulator.start(Scenario.builder().data(data).build());
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
  void answersInTheVendorsEnvelope() throws Exception {
    var answer = web.get("/v2/aggs/ticker/AIG/range/1/minute/1381232340000/1381233000000?limit=1");
    String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
    assertThat(answer.body())
        .isEqualTo(
            "{\"ticker\":\"AIG\",\"queryCount\":1,\"resultsCount\":1,\"adjusted\":true,"
                + "\"results\":[{\"v\":500,\"o\":48.8,\"c\":48.8,\"h\":48.8,\"l\":48.8,"
                + "\"t\":1381232340000,\"n\":1}],\"status\":\"OK\",\"request_id\":\""
                + id
                + "\",\"count\":1,\"next_url\":\""
                + simulator.baseUrl()
                + "/v2/aggs/ticker/AIG/range/1/minute/1381233000000/1381233000000"
                + "?cursor=YWRqdXN0ZWQ9dHJ1ZSZsaW1pdD0xJnNvcnQ9YXNj\"}");
  }

  @Test
  void passesMinuteRowsOnExactly() throws Exception {
    var expected = new ArrayList<List<Object>>();
    CsvFile.read(
        data.resolve("flatfiles/us_stocks_sip/minute_aggs_v1/2013/10/2013-10-08.csv.gz"),
        row -> {
          if (row.text("ticker").equals("AIG")) {
            expected.add(
                List.of(
                    row.integer("window_start", 0) / 1_000_000,
                    row.number("open"),
                    row.number("high"),
                    row.number("low"),
                    row.number("close"),
                    row.number("volume"),
                    row.integer("transactions", -1)));
          }
        });
    assertThat(expected).hasSizeGreaterThan(390);
    List<Map<String, Object>> bars = web.all(MINUTES + "?limit=50000");
    assertThat(bars)
        .extracting(
            b ->
                List.<Object>of(
                    b.get("t"),
                    Web.number(b, "o"),
                    Web.number(b, "h"),
                    Web.number(b, "l"),
                    Web.number(b, "c"),
                    Web.number(b, "v"),
                    b.get("n")))
        .isEqualTo(expected);
    assertThat(bars).noneMatch(b -> b.containsKey("vw"));
  }

  @Test
  void leavesOutTransactionsThatWereNotRecorded() throws Exception {
    assertThat(web.all("/v2/aggs/ticker/AIG/range/1/minute/2013-10-07/2013-10-07"))
        .isNotEmpty()
        .noneMatch(b -> b.containsKey("n"));
  }

  @Test
  void adjustsForSplitsThatCameAfterABar() throws Exception {
    String days = "/v2/aggs/ticker/AAPL/range/1/day/2014-06-05/2014-06-09";
    List<Map<String, Object>> raw = web.all(days + "?adjusted=false");
    List<Map<String, Object>> adjusted = web.all(days);
    assertThat(raw).hasSize(3);
    double[] ratios = {28, 28, 4};
    for (int i = 0; i < 3; i++) {
      for (String price : List.of("o", "h", "l", "c")) {
        assertThat(Web.number(adjusted.get(i), price))
            .isCloseTo(Web.number(raw.get(i), price) / ratios[i], within(1e-9));
      }
      assertThat(Web.number(adjusted.get(i), "v"))
          .isCloseTo(Web.number(raw.get(i), "v") * ratios[i], within(1e-3));
    }
    assertThat(Web.number(raw.get(1), "c")).isGreaterThan(640);
    assertThat(Web.number(raw.get(2), "c")).isLessThan(95);
  }

  @Test
  void knowsOnlySplitsThatHaveHappenedByItsClock() throws Exception {
    Instant summer2014 = Instant.parse("2014-07-01T12:00:00Z");
    try (var then = Simulator.start(Scenario.builder().data(data).clock(() -> summer2014).build());
        var past = new Web(then)) {
      String day = "/v2/aggs/ticker/AAPL/range/1/day/2014-06-05/2014-06-05";
      double raw = Web.number(past.all(day + "?adjusted=false").getFirst(), "c");
      assertThat(Web.number(past.all(day).getFirst(), "c")).isCloseTo(raw / 7, within(1e-9));
      assertThat(past.all("/v2/aggs/ticker/AAPL/range/1/day/2014-06-25/2014-12-31")).hasSize(4);
    }
  }

  @Test
  void makesHoursOfRecordedMinutesAndElseTakesRecordedHours() throws Exception {
    List<Map<String, Object>> fromMinutes =
        web.all("/v2/aggs/ticker/AAPL/range/1/hour/2014-06-06/2014-06-06?adjusted=false");
    List<Map<String, Object>> minutes =
        web.all("/v2/aggs/ticker/AAPL/range/1/minute/2014-06-06/2014-06-06?adjusted=false");
    assertThat(fromMinutes.stream().mapToDouble(b -> Web.number(b, "v")).sum())
        .isCloseTo(minutes.stream().mapToDouble(b -> Web.number(b, "v")).sum(), within(0.5));
    assertThat(fromMinutes.getFirst().get("t")).isEqualTo(1402041600000L);

    List<Map<String, Object>> recorded =
        web.all("/v2/aggs/ticker/AAPL/range/1/hour/1998-01-02/1998-01-02?adjusted=false");
    assertThat(recorded.getFirst())
        .containsEntry("o", 13.63)
        .containsEntry("v", 540700L)
        .containsEntry("t", Instant.parse("1998-01-02T14:00:00Z").toEpochMilli());
  }

  @Test
  void dropsTheWindowThatTheLimitCutsAndContinuesThere() throws Exception {
    String hours = "/v2/aggs/ticker/SPY/range/1/hour/2013-10-08/2013-10-08";
    Map<String, Object> page = web.json(hours + "?limit=100");
    assertThat(page).containsEntry("queryCount", 100L);
    List<Map<String, Object>> bars = Web.results(page);
    long next =
        Long.parseLong(((String) page.get("next_url")).replaceAll(".*/hour/(\\d+)/.*", "$1"));
    assertThat((Long) bars.getLast().get("t")).isLessThan(next);
    assertThat(web.all(hours + "?limit=100")).isEqualTo(web.all(hours));
  }

  @Test
  void startsWeeksOnSundaysAndMonthsOnTheFirst() throws Exception {
    assertThat(web.all("/v2/aggs/ticker/SPY/range/1/week/2013-10-09/2013-10-09").getFirst())
        .containsEntry("t", Instant.parse("2013-10-06T04:00:00Z").toEpochMilli());
    Map<String, Object> month =
        web.all("/v2/aggs/ticker/SPY/range/1/month/2013-11-09/2013-11-09").getFirst();
    assertThat(month).containsEntry("t", Instant.parse("2013-11-01T04:00:00Z").toEpochMilli());
    List<Map<String, Object>> days =
        web.all("/v2/aggs/ticker/SPY/range/1/day/2013-11-01/2013-11-30");
    assertThat(days).hasSize(20);
    assertThat(month)
        .containsEntry("o", days.getFirst().get("o"))
        .containsEntry("c", days.getLast().get("c"));
  }

  @Test
  void groupsSeveralUnitsFromTheSnappedStart() throws Exception {
    long from = Instant.parse("2013-10-08T13:30:30Z").toEpochMilli();
    List<Map<String, Object>> bars =
        web.all("/v2/aggs/ticker/SPY/range/7/minute/%d/2013-10-08".formatted(from));
    long start = Instant.parse("2013-10-08T13:30:00Z").toEpochMilli();
    assertThat(bars.getFirst()).containsEntry("t", start);
    assertThat(bars).allMatch(b -> ((Long) b.get("t") - start) % (7 * 60_000) == 0);
  }

  @Test
  void makesSecondsOfRecordedTrades() throws Exception {
    List<Map<String, Object>> seconds =
        web.all("/v2/aggs/ticker/AIG/range/1/second/2013-10-08/2013-10-08?limit=50000");
    List<Map<String, Object>> minutes = web.all(MINUTES + "?limit=50000");
    assertThat(seconds.size()).isGreaterThan(minutes.size());
    assertThat(seconds.stream().mapToLong(b -> (Long) b.get("n")).sum())
        .isEqualTo(minutes.stream().mapToLong(b -> (Long) b.get("n")).sum());
  }
}
