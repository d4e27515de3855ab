package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Indicators are what one computes from the bars that they name. */
class IndicatorTest {
  private static final Instant NOW = Instant.parse("2024-01-26T21:30:00Z");
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
  private static Map<String, Object> results(String target) throws Exception {
    return (Map<String, Object>) web.json("/v1/indicators/" + target).get("results");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> values(Map<String, Object> results) {
    return (List<Map<String, Object>>) results.get("values");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> bars(Map<String, Object> results) throws Exception {
    String url = (String) ((Map<String, Object>) results.get("underlying")).get("url");
    assertThat(url).startsWith(simulator.baseUrl() + "/v2/aggs/").doesNotContain("apiKey");
    return web.all(url);
  }

  private static double close(List<Map<String, Object>> bars, int fromEnd) {
    return Web.number(bars.get(bars.size() - 1 - fromEnd), "c");
  }

  @Test
  void averagesTheBarsNewestFirst() throws Exception {
    Map<String, Object> results = results("sma/AAPL?window=3&limit=4");
    List<Map<String, Object>> bars = bars(results);
    assertThat(values(results)).hasSize(4);
    for (int i = 0; i < 4; i++) {
      double mean = (close(bars, i) + close(bars, i + 1) + close(bars, i + 2)) / 3;
      Map<String, Object> value = values(results).get(i);
      assertThat(Web.number(value, "value")).isCloseTo(mean, within(1e-9));
      assertThat(value).containsEntry("timestamp", bars.get(bars.size() - 1 - i).get("t"));
    }
  }

  @Test
  void weighsExponentially() throws Exception {
    Map<String, Object> results = results("ema/MSFT?window=5&limit=1&timespan=hour");
    List<Map<String, Object>> bars = bars(results);
    double mean = 0;
    for (int i = 0; i < bars.size(); i++) {
      double close = Web.number(bars.get(i), "c");
      mean = i < 5 ? mean + close / 5 : close / 3 + mean * 2 / 3;
    }
    assertThat(Web.number(values(results).getFirst(), "value")).isCloseTo(mean, within(1e-6));
  }

  @Test
  void measuresStrengthBetweenNoneAndAll() throws Exception {
    List<Map<String, Object>> values = values(results("rsi/IBM?limit=500"));
    assertThat(values)
        .hasSize(500)
        .extracting(v -> Web.number(v, "value"))
        .allMatch(v -> v > 0 && v < 100);
  }

  @Test
  void tellsSignalAndHistogramOfADivergence() throws Exception {
    Map<String, Object> results = results("macd/AAPL?limit=3&timespan=week");
    for (Map<String, Object> value : values(results)) {
      assertThat(Web.number(value, "histogram"))
          .isCloseTo(Web.number(value, "value") - Web.number(value, "signal"), within(1e-12));
    }
  }

  @Test
  void pagesToTheSameValues() throws Exception {
    String target =
        "/v1/indicators/sma/AAPL?timestamp.gte=2023-11-01&timestamp.lt=2024-01-20&window=10&limit=";
    List<Object> whole = all(target + 5_000);
    assertThat(all(target + 7)).isEqualTo(whole).hasSize(54);
    assertThat(all(target + "7&order=asc")).isEqualTo(whole.reversed());
  }

  @SuppressWarnings("unchecked")
  private static List<Object> all(String target) throws Exception {
    var all = new java.util.ArrayList<Object>();
    String next = target;
    while (next != null) {
      Map<String, Object> page = web.json(next);
      all.addAll((List<Object>) ((Map<String, Object>) page.get("results")).get("values"));
      next = (String) page.get("next_url");
    }
    return all;
  }

  @Test
  @SuppressWarnings("unchecked")
  void showsTheBarsBelowWhenAsked() throws Exception {
    Map<String, Object> results = results("sma/AAPL?window=3&limit=2&expand_underlying=true");
    var shown =
        (List<Map<String, Object>>)
            ((Map<String, Object>) results.get("underlying")).get("aggregates");
    List<Map<String, Object>> bars = bars(results);
    assertThat(shown).isEqualTo(bars.subList(bars.size() - 4, bars.size()).reversed());
  }

  @Test
  void hasNoValuesOfAnUnknownTickerAndRefusesNonsense() throws Exception {
    assertThat(results("sma/NOPE")).doesNotContainKey("values");
    for (String bad :
        List.of("window=0", "window=x", "timespan=age", "series_type=volume", "timestamp.gte=x")) {
      assertThat(web.get("/v1/indicators/sma/AAPL?" + bad).statusCode()).as(bad).isEqualTo(400);
    }
    assertThat(web.get("/v1/indicators/wma/AAPL").body()).isEqualTo("404 page not found");
  }
}
