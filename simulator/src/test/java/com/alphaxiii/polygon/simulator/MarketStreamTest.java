package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The live streams of all markets, each event with the vendor's fields in the vendor's order. */
class MarketStreamTest {
  private static InstantSource clock;
  private static Simulator simulator;

  @BeforeAll
  static void start() {
    InstantSource system = InstantSource.system();
    // A Friday, a minute and a half before New York opens.
    clock =
        InstantSource.offset(
            system, Duration.between(system.instant(), Instant.parse("2024-01-26T14:28:30Z")));
    simulator =
        Simulator.start(
            Scenario.builder()
                .clock(clock)
                .live(Replay.model(20))
                .delay(Duration.ofMillis(1))
                .maxConnections(9)
                .build());
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  /** One event of each channel, from a market's stream. */
  private static Map<String, Map<String, Object>> heard(
      String path, String topics, Set<String> channels) throws Exception {
    try (var socket = new Socket(simulator, path)) {
      socket.send("auth", "business-key");
      socket.send("subscribe", topics);
      socket.awaitStatus("subscribed to: " + topics.substring(topics.lastIndexOf(',') + 1));
      var first = new HashMap<String, Map<String, Object>>();
      while (!first.keySet().containsAll(channels)) {
        for (Map<String, Object> event : socket.events()) {
          first.putIfAbsent((String) event.get("ev"), event);
        }
      }
      return first;
    }
  }

  private static void assertKeys(Map<String, Object> event, String keys) {
    assertThat(String.join(" ", event.keySet())).isEqualTo(keys);
  }

  @Test
  void playsPairsOfCurrenciesHoweverTheyAreSpelled() throws Exception {
    var events = heard("/forex", "C.EUR/USD,CAS.EURUSD,FMV.C:EURUSD", Set.of("C", "CAS", "FMV"));
    assertKeys(events.get("C"), "ev p x a b t");
    assertThat(events.get("C")).containsEntry("p", "EUR/USD").containsEntry("x", 48L);
    assertThat(Web.number(events.get("C"), "a")).isGreaterThan(Web.number(events.get("C"), "b"));
    assertKeys(events.get("CAS"), "ev pair o c h l v s e");
    assertKeys(events.get("FMV"), "ev fmv sym t");
    assertThat(events.get("FMV")).containsEntry("sym", "C:EURUSD");
  }

  @Test
  void playsCoins() throws Exception {
    var events =
        heard(
            "/crypto", "XT.BTC-USD,XQ.BTC-USD,XL2.BTC-USD,XAS.*", Set.of("XT", "XQ", "XL2", "XAS"));
    assertKeys(events.get("XT"), "ev pair p t s c i x r");
    assertThat(events.get("XT")).containsEntry("pair", "BTC-USD");
    assertKeys(events.get("XQ"), "ev pair bp bs ap as t x r");
    assertKeys(events.get("XL2"), "ev pair t r x b a");
    assertKeys(events.get("XAS"), "ev pair v vw z o c h l s e");
  }

  @Test
  void playsIndices() throws Exception {
    var events = heard("/indices", "V.I:SPX,A.I:SPX", Set.of("V", "A"));
    assertKeys(events.get("V"), "ev val T t");
    assertKeys(events.get("A"), "ev sym op o c h l s e");
  }

  @Test
  void playsFuturesAndOnAnExchangesPathItsOwn() throws Exception {
    var events = heard("/futures", "T.ESH4,Q.ESH4,A.ESH4", Set.of("T", "Q", "A"));
    assertKeys(events.get("T"), "ev sym p s t q");
    assertKeys(events.get("Q"), "ev sym bp bs bt ap as at t");
    assertKeys(events.get("A"), "ev sym v dv o c h l n s e");
    double dollars = Web.number(events.get("A"), "dv");
    assertThat(dollars / Web.number(events.get("A"), "v"))
        .isBetween(
            Web.number(events.get("A"), "l") * 50 - 1, Web.number(events.get("A"), "h") * 50 + 1);
    try (var socket = new Socket(simulator, "/futures/comex")) {
      socket.send("auth", "business-key");
      socket.send("subscribe", "T.*");
      socket.awaitStatus("subscribed to: T.*");
      for (int i = 0; i < 20; i++) {
        assertThat(socket.events())
            .allMatch(
                e -> List.of("GC", "SI", "HG").contains(((String) e.get("sym")).substring(0, 2)));
      }
    }
  }

  @Test
  void playsOptionsThatFollowTheirStock() throws Exception {
    View view = Exchange.of(Scenario.builder().clock(clock).build()).view(LiveFeed.none());
    double spot = view.data().trades("AAPL", LocalDate.of(2024, 1, 25)).getLast().price();
    String contract =
        view.options().chain("AAPL", LocalDate.of(2024, 1, 26)).stream()
            .filter(c -> c.expiration().equals(LocalDate.of(2024, 2, 16)) && c.call())
            .filter(c -> Math.abs(c.strike() / spot - 1) < 0.03)
            .findFirst()
            .orElseThrow()
            .ticker();
    var events =
        heard(
            "/options",
            "T.%1$s,Q.%1$s,A.%1$s,FMV.%1$s".formatted(contract),
            Set.of("T", "Q", "A", "FMV"));
    assertThat(String.join(" ", events.get("T").keySet())).matches("ev sym x p s (c )?t q");
    assertThat((Long) events.get("T").get("x")).isBetween(300L, 330L);
    assertKeys(events.get("Q"), "ev sym bx ax bp ap bs as t q");
    assertKeys(events.get("A"), "ev sym v av op vw o c h l a z s e");
  }

  @Test
  void playsBandsImbalancesAndEstimatesOfStocks() throws Exception {
    var events =
        heard(
            "/stocks",
            "LULD.*,NOI.*,FMV.AAPL,LV.AAPL,T.AAPL",
            Set.of("LULD", "NOI", "FMV", "LV", "T"));
    assertKeys(events.get("LULD"), "ev T h l i z t q");
    assertThat((Long) events.get("LULD").get("t")).isGreaterThan(1_000_000_000_000_000_000L);
    assertKeys(events.get("NOI"), "ev T t at a i x o p b");
    assertThat(events.get("NOI")).containsEntry("at", 930L).containsEntry("a", "M");
    assertKeys(events.get("FMV"), "ev fmv sym t");
    assertKeys(events.get("LV"), "ev val sym t");
  }

  @Test
  void agreesWithRestOnWhatItPlayed() throws Exception {
    try (var web = new Web(simulator)) {
      for (String[] each :
          List.of(
              new String[] {"/crypto", "XAS.ETH-USD", "X:ETHUSD"},
              new String[] {"/forex", "CAS.GBP/USD", "C:GBPUSD"},
              new String[] {"/indices", "A.I:NDX", "I:NDX"})) {
        try (var socket = new Socket(simulator, each[0])) {
          socket.send("auth", "k");
          socket.send("subscribe", each[1]);
          socket.awaitStatus("subscribed to: " + each[1]);
          socket.events();
          Map<String, Object> second = socket.events().getFirst();
          Map<String, Object> bar =
              web.all(
                      "/v2/aggs/ticker/%s/range/1/second/%d/%d"
                          .formatted(each[2], second.get("s"), second.get("s")))
                  .getFirst();
          for (String name : List.of("o", "h", "l", "c", "v")) {
            if (second.containsKey(name)) {
              assertThat(second).as(each[1]).containsEntry(name, bar.get(name));
            }
          }
        }
      }
    }
  }
}
