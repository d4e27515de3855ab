package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The modelled markets beside the stocks, by REST. */
class OtherMarketsTest {
  /** A Friday, 12:30 in New York. */
  private static final Instant NOW = Instant.parse("2024-01-26T17:30:00Z");

  private static final LocalDate DAY = LocalDate.of(2024, 1, 25);
  private static Simulator simulator;
  private static Web web;
  private static View view;
  private static String call;

  @BeforeAll
  static void start() {
    Scenario scenario = Scenario.builder().clock(() -> NOW).build();
    simulator = Simulator.start(scenario);
    web = new Web(simulator);
    view = Exchange.of(scenario).view(LiveFeed.none());
    call =
        view.options().chain("AAPL", DAY).stream()
            .filter(OptionContract::call)
            .filter(c -> c.expiration().equals(LocalDate.of(2024, 2, 16)))
            .filter(c -> Math.abs(c.strike() / price("AAPL") - 1) < 0.02)
            .findFirst()
            .orElseThrow()
            .ticker();
  }

  @AfterAll
  static void stop() {
    web.close();
    simulator.close();
  }

  private static double price(String symbol) {
    return view.data().trades(symbol, DAY).getLast().price();
  }

  private static List<Map<String, Object>> bars(String ticker, String unit, String from, String to)
      throws Exception {
    return web.all(
        "/v2/aggs/ticker/%s/range/1/%s/%s/%s?limit=50000".formatted(ticker, unit, from, to));
  }

  private static List<Instant> times(List<Map<String, Object>> bars) {
    return bars.stream().map(bar -> Instant.ofEpochMilli((Long) bar.get("t"))).toList();
  }

  @ParameterizedTest
  @CsvSource({"X:BTCUSD, 7", "C:EURUSD, 6", "I:SPX, 4", "X:BTC-USD, 7"})
  void haveADayBarForEachDayTheyTrade(String ticker, int days) throws Exception {
    // Sunday to Saturday, of which Monday is a holiday of the exchanges.
    assertThat(bars(ticker, "day", "2024-01-14", "2024-01-20")).hasSize(days);
  }

  @Test
  void makeDaysOfTheVeryMinutesAndMinutesOfTheVerySeconds() throws Exception {
    for (String ticker : List.of("X:ETHUSD", "C:GBPUSD", "I:NDX", call)) {
      Map<String, Object> day = bars(ticker, "day", "2024-01-25", "2024-01-25").getFirst();
      List<Map<String, Object>> minutes = bars(ticker, "minute", "2024-01-25", "2024-01-25");
      assertThat(day.get("o")).as(ticker).isEqualTo(minutes.getFirst().get("o"));
      assertThat(day.get("c")).as(ticker).isEqualTo(minutes.getLast().get("c"));
      assertThat(Web.number(day, "h"))
          .isEqualTo(minutes.stream().mapToDouble(m -> Web.number(m, "h")).max().orElseThrow());
      assertThat(Web.number(day, "l"))
          .isEqualTo(minutes.stream().mapToDouble(m -> Web.number(m, "l")).min().orElseThrow());
      if (day.containsKey("v")) {
        double volume = minutes.stream().mapToDouble(m -> Web.number(m, "v")).sum();
        assertThat(Web.number(day, "v")).isCloseTo(volume, within(volume * 1e-9));
        assertThat(Web.number(day, "n"))
            .isEqualTo(minutes.stream().mapToDouble(m -> Web.number(m, "n")).sum());
        assertThat(Web.number(day, "vw")).isBetween(Web.number(day, "l"), Web.number(day, "h"));
      }
      long start = (Long) minutes.get(1).get("t");
      List<Map<String, Object>> seconds =
          bars(ticker, "second", Long.toString(start), Long.toString(start + 59_999));
      assertThat(seconds.getFirst().get("o")).isEqualTo(minutes.get(1).get("o"));
      assertThat(seconds.getLast().get("c")).isEqualTo(minutes.get(1).get("c"));
    }
  }

  @Test
  void countQuotesAsForexVolumeAndGiveIndicesNone() throws Exception {
    Map<String, Object> pair = bars("C:EURUSD", "hour", "2024-01-25", "2024-01-25").getFirst();
    assertThat(pair.get("v")).isEqualTo(pair.get("n"));
    Map<String, Object> answer =
        web.json("/v2/aggs/ticker/I:SPX/range/1/hour/2024-01-25/2024-01-25");
    assertThat(answer).doesNotContainKey("adjusted").containsEntry("status", "OK");
    assertThat(Web.results(answer).getFirst()).containsOnlyKeys("o", "h", "l", "c", "t");
  }

  @Test
  void keepTheirHours() throws Exception {
    List<Instant> forex = times(bars("C:EURUSD", "minute", "2024-01-19", "2024-01-21"));
    assertThat(forex)
        .noneMatch(
            t ->
                !t.isBefore(Instant.parse("2024-01-19T22:00:00Z"))
                    && t.isBefore(Instant.parse("2024-01-21T22:00:00Z")))
        .contains(Instant.parse("2024-01-21T22:00:00Z"));
    List<Instant> crypto = times(bars("X:BTCUSD", "day", "2024-01-20", "2024-01-21"));
    assertThat(crypto)
        .containsExactly(
            Instant.parse("2024-01-20T00:00:00Z"), Instant.parse("2024-01-21T00:00:00Z"));
    List<Instant> index = times(bars("I:SPX", "minute", "2024-01-25", "2024-01-25"));
    assertThat(index.getFirst()).isEqualTo(Instant.parse("2024-01-25T14:30:00Z"));
    assertThat(index.getLast()).isEqualTo(Instant.parse("2024-01-25T20:59:00Z"));
    List<Instant> future =
        view.data().trades("ESH4", DAY).stream()
            .map(t -> Instant.ofEpochMilli(t.sipTime() / 1_000_000))
            .toList();
    assertThat(future)
        .isNotEmpty()
        .noneMatch(
            t ->
                !t.isBefore(Instant.parse("2024-01-25T22:00:00Z"))
                    && t.isBefore(Instant.parse("2024-01-25T23:00:00Z")));
  }

  @Test
  void agreeOnCrosses() throws Exception {
    double euro = close("C:EURUSD");
    double pound = close("C:GBPUSD");
    assertThat(close("C:EURGBP")).isCloseTo(euro / pound, within(0.0005));
    assertThat(close("X:BTCEUR")).isCloseTo(close("X:BTCUSD") / euro, within(60.0));
  }

  private static double close(String ticker) throws Exception {
    return Web.number(bars(ticker, "minute", "2024-01-25", "2024-01-25").get(600), "c");
  }

  @Test
  void tellTicksInTheVendorsFields() throws Exception {
    assertThat(first("/v3/trades/X:BTCUSD"))
        .containsOnlyKeys(
            "conditions",
            "exchange",
            "id",
            "participant_timestamp",
            "price",
            "received_timestamp",
            "size");
    assertThat(first("/v3/quotes/C:EURUSD"))
        .containsOnlyKeys(
            "ask_exchange", "ask_price", "bid_exchange", "bid_price", "participant_timestamp")
        .containsEntry("ask_exchange", 48L);
    assertThat(first("/v3/trades/" + call))
        .containsKeys(
            "exchange",
            "participant_timestamp",
            "price",
            "sequence_number",
            "sip_timestamp",
            "size")
        .doesNotContainKeys("id", "tape", "decimal_size");
    assertThat(first("/v3/quotes/" + call))
        .containsOnlyKeys(
            "ask_exchange",
            "ask_price",
            "ask_size",
            "bid_exchange",
            "bid_price",
            "bid_size",
            "sequence_number",
            "sip_timestamp");
    @SuppressWarnings("unchecked")
    var last = (Map<String, Object>) web.json("/v2/last/trade/" + call).get("results");
    assertThat(last).containsEntry("T", call).doesNotContainKeys("ds", "z");
  }

  private static Map<String, Object> first(String path) throws Exception {
    return Web.results(web.json(path + "?timestamp=2024-01-25&limit=5")).getFirst();
  }

  @Test
  void priceOptionsByTheirUnderlying() throws Exception {
    double spot = price("AAPL");
    List<Double> calls = new ArrayList<>();
    for (OptionContract contract : view.options().chain("AAPL", DAY)) {
      if (contract.call() && contract.expiration().equals(LocalDate.of(2024, 2, 16))) {
        OptionModel model = OptionModel.of(contract, spot, NOW.toEpochMilli() * 1_000_000);
        calls.add(model.price());
        assertThat(model.price()).isGreaterThanOrEqualTo(Math.max(0, spot - contract.strike()));
        OptionModel put =
            OptionModel.of(
                OptionContract.of("AAPL", contract.expiration(), false, contract.strike()),
                spot,
                NOW.toEpochMilli() * 1_000_000);
        double years = 21.15 / 365.25;
        assertThat(model.price() - put.price())
            .as("put-call parity at %s", contract.strike())
            .isCloseTo(spot - contract.strike() * Math.exp(-0.04 * years), within(spot * 0.0005));
        assertThat(model.delta() - put.delta()).isCloseTo(1, within(1e-6));
      }
    }
    assertThat(calls).hasSizeGreaterThan(20).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    for (TradeTick trade : view.data().trades(call, DAY)) {
      assertThat(trade.price()).isBetween(0.01, spot * 0.2);
    }
  }

  @Test
  void listOptionsThatCanBeFoundAndNoOthers() throws Exception {
    List<OptionContract> chain = view.options().chain("MSFT", DAY);
    assertThat(chain).hasSizeGreaterThan(300);
    for (OptionContract contract : chain.subList(0, 50)) {
      assertThat(view.data().knows(contract.ticker())).as(contract.ticker()).isTrue();
      assertThat(OptionContract.parse(contract.ticker())).contains(contract);
    }
    for (String ticker :
        List.of(
            "O:MSFT240126C99999000",
            "O:MSFT240125C00400000",
            "O:MSFT241399C00400000",
            "O:NOPE240126C00100000",
            "C:ABCUSD",
            "X:NOPEUSD",
            "I:NONE",
            "QQZ4",
            "C:EUREUR")) {
      assertThat(web.json("/v2/aggs/ticker/" + ticker + "/range/1/day/2024-01-02/2024-01-25"))
          .as(ticker)
          .containsEntry("resultsCount", 0L);
    }
  }

  @Test
  void endOptionsAtTheirExpirationAndBeginThemWhenListed() throws Exception {
    String expired =
        view.options().chain("AAPL", LocalDate.of(2024, 1, 16)).stream()
            .filter(c -> c.expiration().equals(LocalDate.of(2024, 1, 19)) && c.call())
            .filter(c -> Math.abs(c.strike() / price("AAPL") - 1) < 0.04)
            .findFirst()
            .orElseThrow()
            .ticker();
    List<Instant> days = times(bars(expired, "day", "2020-01-01", "2024-01-26"));
    assertThat(days).isNotEmpty().allMatch(t -> t.isBefore(Instant.parse("2024-01-20T00:00:00Z")));
  }

  @Test
  void giveFuturesSessionsOfTheirOwnMonths() {
    assertThat(view.data().symbols(Market.FUTURES)).contains("ESH4", "CLH4", "GCG4", "NQM4");
    List<Days> portions =
        view.data().portions("ESH4", Base.DAY, LocalDate.of(2024, 1, 1), LocalDate.of(2024, 1, 26));
    BarColumns sessions = view.data().bars("ESH4", Base.DAY, portions.getLast());
    assertThat(Hours.dayOf(Market.FUTURES, sessions.start[sessions.size() - 1]))
        .isEqualTo(LocalDate.of(2024, 1, 26));
    assertThat(sessions.close[0] * 4).isEqualTo(Math.rint(sessions.close[0] * 4));
    assertThat(FuturesContract.find("ESZ6", DAY).orElseThrow().lastTradeDate())
        .isEqualTo(LocalDate.of(2016, 12, 16));
    assertThat(view.data().portions("ESH4", Base.DAY, DAY.minusYears(8), DAY.minusYears(6)))
        .isEmpty();
  }

  @Test
  void areTheSameForTheSameSeed() throws Exception {
    try (var same = Simulator.start(Scenario.builder().clock(() -> NOW.plusSeconds(999)).build());
        var sameWeb = new Web(same);
        var other = Simulator.start(Scenario.builder().seed(2).clock(() -> NOW).build());
        var otherWeb = new Web(other)) {
      String target = "/v2/aggs/ticker/X:SOLUSD/range/1/hour/2023-05-01/2023-05-03";
      assertThat(sameWeb.all(target)).isEqualTo(web.all(target)).hasSize(72);
      assertThat(otherWeb.all(target)).isNotEqualTo(web.all(target));
    }
  }

  @Test
  void knowNothingOfTheFuture() throws Exception {
    for (String ticker : List.of("X:BTCUSD", "C:EURUSD", "I:SPX")) {
      assertThat(times(bars(ticker, "second", "2024-01-26", "2024-01-27")).getLast())
          .isBetween(NOW.minusSeconds(60), NOW);
    }
  }

  @Test
  void findsTicksAndBarsOfFuturesBeforeATime() throws Exception {
    for (String target :
        List.of(
            "trades/ESH4?limit=3&timestamp.lte=2024-01-10",
            "quotes/ESH4?limit=3&timestamp.lt=2024-01-10")) {
      assertThat(Web.results(web.json("/futures/v1/" + target))).as(target).hasSize(3);
    }
    assertThat(
            Web.results(
                web.json("/futures/v1/aggs/ESH4?resolution=1hour&window_start.lte=2024-01-10")))
        .isNotEmpty();
  }

  @Test
  void pagesThroughTicksWhileNewOnesCome() throws Exception {
    var now = new AtomicReference<>(NOW);
    try (var moving = Simulator.start(Scenario.builder().clock(now::get).build());
        var caller = new Web(moving)) {
      var times = new ArrayList<Object>();
      String target = "/v3/trades/AAPL?timestamp=2024-01-26&limit=5";
      for (int page = 0; page < 3; page++) {
        Map<String, Object> answer = caller.json(target);
        Web.results(answer).forEach(trade -> times.add(trade.get("sip_timestamp")));
        target = (String) answer.get("next_url");
        now.set(now.get().plusSeconds(60));
      }
      assertThat(times).hasSize(15).doesNotHaveDuplicates();
    }
  }

  @Test
  void refusesACursorThatLeadsNowhere() throws Exception {
    // offset=4294967295
    assertThat(web.get("/v3/reference/tickers?cursor=b2Zmc2V0PTQyOTQ5NjcyOTU").statusCode())
        .isEqualTo(400);
  }
}
