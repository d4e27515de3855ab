package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Tier;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the plan of a key gives and refuses. */
class EntitlementTest {
  /** A Friday noon in New York. */
  private static final Instant NOW = Instant.parse("2024-01-26T17:30:00Z");

  private static final String UPGRADE =
      " Please upgrade your plan at https://massive.com/pricing\"}";
  private static Simulator simulator;
  private static Web web;

  @BeforeAll
  static void start() {
    simulator =
        Simulator.start(
            Scenario.builder().clock(() -> NOW).tier("a-key-of-its-own", Tier.STARTER).build());
    web = new Web(simulator);
  }

  @AfterAll
  static void stop() {
    web.close();
    simulator.close();
  }

  private static HttpResponse<String> get(String key, String target) throws Exception {
    return web.get(target, "Authorization", "Bearer " + key);
  }

  private static String day(String from, String to) {
    return "/v2/aggs/ticker/KO/range/1/day/%s/%s".formatted(from, to);
  }

  @ParameterizedTest
  @CsvSource({
    "basic-1,     200, 403, 403",
    "starter-1,   200, 403, 403",
    "developer-1, 200, 200, 403",
    "advanced-1,  200, 200, 200",
    "business-1,  200, 200, 200",
    "any,         200, 200, 200",
    "a-key-of-its-own, 200, 403, 403",
  })
  void givesWhatThePlanIncludes(String key, int bars, int trades, int quotes) throws Exception {
    assertThat(get(key, day("2024-01-02", "2024-01-05")).statusCode()).isEqualTo(bars);
    assertThat(get(key, "/v3/trades/KO?timestamp=2024-01-05&limit=1").statusCode())
        .isEqualTo(trades);
    assertThat(get(key, "/v2/last/trade/KO").statusCode()).isEqualTo(trades);
    assertThat(get(key, "/v3/quotes/KO?timestamp=2024-01-05&limit=1").statusCode())
        .isEqualTo(quotes);
    assertThat(get(key, "/v2/last/nbbo/KO").statusCode()).isEqualTo(quotes);
    assertThat(get(key, "/v3/reference/tickers/KO").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesAFeatureInTheVendorsWords() throws Exception {
    assertThat(get("basic", "/v2/last/trade/KO").body())
        .startsWith("{\"status\":\"NOT_AUTHORIZED\",\"request_id\":\"")
        .endsWith("\"message\":\"You are not entitled to this data." + UPGRADE);
  }

  @ParameterizedTest
  @CsvSource({
    "basic,     2022-01-25, 2022-01-26, 403",
    "basic,     2022-01-26, 2022-01-27, 200",
    "starter,   2019-01-25, 2019-01-26, 403",
    "starter,   2019-01-28, 2019-01-29, 200",
    "developer, 2014-01-25, 2014-01-27, 403",
    "developer, 2014-01-27, 2014-01-28, 200",
    "advanced,  2004-01-27, 2004-01-28, 200",
    "starter,   2024-01-26, 2024-01-27, 403",
    "advanced,  2024-01-27, 2024-01-28, 200",
  })
  void reachesAsFarAsThePlansHistory(String key, String from, String to, int status)
      throws Exception {
    HttpResponse<String> answer = get(key, day(from, to));
    assertThat(answer.statusCode()).isEqualTo(status);
    if (status == 403) {
      assertThat(answer.body())
          .contains("\"message\":\"Your plan doesn't include this data timeframe." + UPGRADE);
    }
  }

  @Test
  void givesAPlanOfWholeDaysNothingOfToday() throws Exception {
    HttpResponse<String> today = get("basic", day("2024-01-25", "2024-01-26"));
    assertThat(today.statusCode()).isEqualTo(403);
    assertThat(today.body())
        .contains("\"message\":\"Attempted to request today's data before end of day." + UPGRADE);
    HttpResponse<String> yesterday = get("basic", day("2024-01-24", "2024-01-25"));
    assertThat(Web.object(yesterday.body()))
        .containsEntry("status", "OK")
        .containsEntry("count", 2L);
  }

  @Test
  void showsADelayedPlanWhatWasAQuarterOfAnHourAgo() throws Exception {
    String minutes = "/v2/aggs/ticker/KO/range/1/minute/2024-01-26/2024-01-26?limit=50000";
    Map<String, Object> present = Web.object(get("advanced", minutes).body());
    Map<String, Object> delayed = Web.object(get("developer", minutes).body());
    long then = NOW.minus(Duration.ofMinutes(15)).toEpochMilli();
    assertThat(present).containsEntry("status", "OK");
    assertThat(delayed).containsEntry("status", "DELAYED");
    assertThat(newest(present)).isBetween(NOW.toEpochMilli() - 300_000, NOW.toEpochMilli());
    assertThat(newest(delayed)).isBetween(then - 300_000, then);
    Map<String, Object> trade = Web.object(get("developer", "/v2/last/trade/KO").body());
    assertThat(trade).containsEntry("status", "DELAYED");
    @SuppressWarnings("unchecked")
    var result = (Map<String, Object>) trade.get("results");
    assertThat((Long) result.get("t")).isLessThanOrEqualTo(then * 1_000_000);
  }

  private static long newest(Map<String, Object> answer) {
    return (Long) Web.results(answer).getLast().get("t");
  }

  @Test
  void countsRequestsInASlidingMinuteWhenToldTo() throws Exception {
    var clock = new ManualNanoClock();
    try (var strict =
            Simulator.start(Scenario.builder().nanoClock(clock).enforcesRates(true).build());
        var caller = new Web(strict)) {
      String target = "/v3/reference/tickers/KO";
      for (int i = 0; i < 5; i++) {
        assertThat(caller.get(target, "Authorization", "Bearer basic").statusCode()).isEqualTo(200);
        clock.advanceSeconds(5);
      }
      HttpResponse<String> sixth = caller.get(target, "Authorization", "Bearer basic");
      assertThat(sixth.statusCode()).isEqualTo(429);
      assertThat(sixth.body()).contains("You've exceeded the maximum requests per minute");
      assertThat(caller.get(target, "Authorization", "Bearer basic-2").statusCode()).isEqualTo(200);
      clock.advanceSeconds(35);
      List<Integer> later =
          List.of(
              caller.get(target, "Authorization", "Bearer basic").statusCode(),
              caller.get(target, "Authorization", "Bearer basic").statusCode());
      assertThat(later).containsExactly(200, 429);
    }
  }

  @Test
  void tellsADelayedPlanWhatIsOpenNow() throws Exception {
    Object time = Web.object(get("advanced", "/v1/marketstatus/now").body()).get("serverTime");
    assertThat(time).isEqualTo("2024-01-26T12:30:00-05:00");
    assertThat(Web.object(get("starter", "/v1/marketstatus/now").body()))
        .containsEntry("serverTime", time);
  }

  @Test
  @SuppressWarnings("unchecked")
  void computesIndicatorsOfWhatThePlanReaches() throws Exception {
    for (String key : List.of("basic", "starter", "developer")) {
      Map<String, Object> answer =
          Web.object(get(key, "/v1/indicators/sma/KO?window=1&limit=5000").body());
      var results = (Map<String, Object>) answer.get("results");
      String url = (String) ((Map<String, Object>) results.get("underlying")).get("url");
      HttpResponse<String> bars = get(key, url);
      assertThat(bars.statusCode()).as(key).isEqualTo(200);
      assertThat((List<?>) results.get("values"))
          .hasSameSizeAs(Web.results(Web.object(bars.body())));
    }
  }
}
