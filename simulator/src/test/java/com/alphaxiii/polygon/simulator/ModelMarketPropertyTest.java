package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.TradingDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Days, minutes and seconds of the modelled market are made of its trades. */
class ModelMarketPropertyTest {
  private static final Instant NOW = Instant.parse("2024-01-26T17:30:00Z");
  private static Simulator simulator;
  private static Web web;

  @BeforeContainer
  static void start() {
    simulator = Simulator.start(Scenario.builder().clock(() -> NOW).build());
    web = new Web(simulator);
  }

  @AfterContainer
  static void stop() {
    web.close();
    simulator.close();
  }

  @Provide
  Arbitrary<String> symbols() {
    return Arbitraries.of("AAPL", "BRK.A", "SPY", "ZZZZ", "QXYB", "F", "PLUGH");
  }

  /** A bar that this test makes of trades, by rules written down here once more. */
  private static final class Bar {
    private double open = Double.NaN;
    private double high = Double.NEGATIVE_INFINITY;
    private double low = Double.POSITIVE_INFINITY;
    private double close;
    private double volume;
    private long count;

    void add(Map<String, Object> trade, boolean intraday) {
      @SuppressWarnings("unchecked")
      var conditions = (List<Long>) trade.getOrDefault("conditions", List.of());
      volume += Web.number(trade, "size");
      count++;
      boolean onlyVolume =
          conditions.contains(37L)
              || conditions.contains(2L)
              || (conditions.contains(12L) && !intraday);
      if (!onlyVolume) {
        double price = Web.number(trade, "price");
        open = Double.isNaN(open) ? price : open;
        high = Math.max(high, price);
        low = Math.min(low, price);
        close = price;
      }
    }

    boolean exists() {
      return !Double.isNaN(open);
    }

    List<Object> values() {
      return List.of(open, high, low, close, volume, count);
    }

    static List<Object> of(Map<String, Object> bar) {
      return List.of(
          Web.number(bar, "o"),
          Web.number(bar, "h"),
          Web.number(bar, "l"),
          Web.number(bar, "c"),
          Web.number(bar, "v"),
          bar.get("n"));
    }
  }

  private static TreeMap<Long, List<Object>> barsOf(List<Map<String, Object>> trades, long length) {
    var bars = new TreeMap<Long, Bar>();
    for (Map<String, Object> trade : trades) {
      long millis = (Long) trade.get("sip_timestamp") / 1_000_000;
      bars.computeIfAbsent(millis / length * length, t -> new Bar()).add(trade, true);
    }
    var values = new TreeMap<Long, List<Object>>();
    bars.forEach(
        (start, bar) -> {
          if (bar.exists()) {
            values.put(start, bar.values());
          }
        });
    return values;
  }

  private static TreeMap<Long, List<Object>> answered(String target) throws Exception {
    var values = new TreeMap<Long, List<Object>>();
    for (Map<String, Object> bar : web.all(target)) {
      values.put((Long) bar.get("t"), Bar.of(bar));
    }
    return values;
  }

  @Property(tries = 12)
  void secondsMinutesAndDaysAreMadeOfTheVeryTrades(
      @ForAll("symbols") String symbol, @ForAll @IntRange(min = 0, max = 5_000) int back)
      throws Exception {
    TradingDay day =
        MarketCalendar.usEquities().previous(LocalDate.of(2024, 1, 26).minusDays(back));
    String range = day.date() + "/" + day.date() + "?adjusted=false&limit=50000";
    List<Map<String, Object>> trades =
        web.all("/v3/trades/%s?timestamp=%s&order=asc&limit=50000".formatted(symbol, day.date()));
    assertThat(trades).isNotEmpty();
    assertThat(trades).extracting(t -> (Long) t.get("sip_timestamp")).isSorted();
    assertThat(trades)
        .extracting(t -> (Long) t.get("sequence_number"))
        .isSorted()
        .doesNotHaveDuplicates();

    String bars = "/v2/aggs/ticker/" + symbol + "/range/1/";
    assertThat(answered(bars + "second/" + range)).isEqualTo(barsOf(trades, 1_000));
    assertThat(answered(bars + "minute/" + range)).isEqualTo(barsOf(trades, 60_000));

    var expected = new Bar();
    trades.forEach(trade -> expected.add(trade, false));
    List<Map<String, Object>> days = web.all(bars + "day/" + range);
    assertThat(days).hasSize(1);
    assertThat(Bar.of(days.getFirst())).isEqualTo(expected.values());
    assertThat(Web.number(days.getFirst(), "vw"))
        .isBetween(Web.number(days.getFirst(), "l") * 0.9, Web.number(days.getFirst(), "h") * 1.1);
  }

  @Property(tries = 8)
  void hoursAddUpTheirMinutes(@ForAll("symbols") String symbol) throws Exception {
    String range = "/2023-11-24/2023-11-27?adjusted=false&limit=50000";
    String bars = "/v2/aggs/ticker/" + symbol + "/range/1/";
    var minutes = web.all(bars + "minute" + range);
    var hours = web.all(bars + "hour" + range);
    assertThat(hours.stream().mapToDouble(b -> Web.number(b, "v")).sum())
        .isEqualTo(minutes.stream().mapToDouble(b -> Web.number(b, "v")).sum());
    assertThat(hours.getFirst()).containsEntry("o", minutes.getFirst().get("o"));
    assertThat(hours.getLast()).containsEntry("c", minutes.getLast().get("c"));
  }
}
