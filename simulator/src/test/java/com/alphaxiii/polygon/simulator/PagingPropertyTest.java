package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever the limit, the pages together hold the same bars. */
class PagingPropertyTest {
  private static Simulator simulator;
  private static Web web;

  @BeforeContainer
  static void start() {
    simulator = Simulator.start(Scenario.builder().data(MarketDataFolder.orSkip()).build());
    web = new Web(simulator);
  }

  @AfterContainer
  static void stop() {
    if (simulator != null) {
      web.close();
      simulator.close();
    }
  }

  @Property(tries = 40)
  void anyLimitPagesToTheSameBars(
      @ForAll @IntRange(min = 40, max = 2000) int limit,
      @ForAll @IntRange(min = 1, max = 45) int multiplier,
      @ForAll boolean descending,
      @ForAll boolean hours)
      throws Exception {
    String range =
        "/v2/aggs/ticker/IBM/range/%d/%s/2013-10-04/2013-10-09?sort=%s"
            .formatted(multiplier, hours ? "hour" : "minute", descending ? "desc" : "asc");
    List<Map<String, Object>> whole = web.all(range + "&limit=50000");
    List<Map<String, Object>> paged = web.all(range + "&limit=" + limit);
    assertThat(paged).isEqualTo(whole);
    assertThat(whole).extracting(b -> (Long) b.get("t")).doesNotHaveDuplicates();
  }

  @Property(tries = 30)
  void anyLimitPagesToTheSameDaysAndLonger(
      @ForAll @IntRange(min = 1, max = 400) int limit,
      @ForAll @IntRange(min = 1, max = 3) int multiplier,
      @ForAll @IntRange(min = 0, max = 4) int unit,
      @ForAll boolean descending)
      throws Exception {
    String timespan = List.of("day", "week", "month", "quarter", "year").get(unit);
    String range =
        "/v2/aggs/ticker/AAPL/range/%d/%s/2012-02-03/2015-05-06?sort=%s"
            .formatted(multiplier, timespan, descending ? "desc" : "asc");
    assertThat(web.all(range + "&limit=" + limit)).isEqualTo(web.all(range + "&limit=50000"));
  }
}
