package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Recorded days played on the stream. */
class ReplayTest {
  private static final LocalDate DAY = LocalDate.of(2013, 10, 8);
  private static final double AS_FAST_AS_IT_GOES = 1e9;
  private static Path data;

  @BeforeAll
  static void find() {
    data = MarketDataFolder.orSkip();
  }

  private static Simulator replaying(Replay replay) {
    return Simulator.start(Scenario.builder().data(data).live(replay).build());
  }

  /** All events of a channel until the replay has ended and a last mark has come. */
  private static List<Map<String, Object>> heard(Simulator simulator, Socket socket)
      throws Exception {
    var events = new ArrayList<Map<String, Object>>();
    simulator.stream()
        .replayDone()
        .thenRunAsync(() -> simulator.stream().sendFrame("[{\"ev\":\"end\"}]"));
    while (true) {
      for (Map<String, Object> event : socket.events()) {
        if ("end".equals(event.get("ev"))) {
          return events;
        }
        events.add(event);
      }
    }
  }

  @Test
  void deliversEachTradeOnceAndInOrder() throws Exception {
    var expected = new ArrayList<Object>();
    CsvFile.read(
        data.resolve("flatfiles/us_stocks_sip/trades_v1/2013/10/2013-10-08.csv.gz"),
        row -> {
          if (row.text("ticker").equals("SPY")) {
            expected.add(row.integer("sequence_number", 0));
          }
        });
    try (var simulator = replaying(Replay.recorded(DAY, AS_FAST_AS_IT_GOES));
        var socket = Socket.subscribed(simulator, "T.SPY")) {
      List<Object> sequences = heard(simulator, socket).stream().map(e -> e.get("q")).toList();
      assertThat(sequences).hasSizeGreaterThan(400_000).isEqualTo(expected);
      assertThat(simulator.stream().replayDone().get(1, TimeUnit.SECONDS))
          .isGreaterThan(sequences.size());
    }
  }

  @Test
  void sendsTradesQuotesAndTheAggregatesOfTheTrades() throws Exception {
    try (var simulator =
            replaying(Replay.recorded(DAY, AS_FAST_AS_IT_GOES).startingAt(LocalTime.of(15, 50)));
        var socket = Socket.subscribed(simulator, "T.AIG,Q.AIG,A.AIG,AM.AIG");
        var web = new Web(simulator)) {
      List<Map<String, Object>> events = heard(simulator, socket);
      Map<Object, List<Map<String, Object>>> byKind = new HashMap<>();
      events.forEach(e -> byKind.computeIfAbsent(e.get("ev"), k -> new ArrayList<>()).add(e));
      assertThat(byKind).containsOnlyKeys("T", "Q", "A", "AM");
      assertThat(byKind.get("T").getFirst())
          .containsEntry("sym", "AIG")
          .containsKeys("x", "i", "z", "p", "s", "t", "q")
          .doesNotContainKey("c");
      assertThat(byKind.get("Q").getFirst())
          .containsKeys("bx", "bp", "bs", "ax", "ap", "as", "t", "q", "z");
      long start = (Long) byKind.get("T").getFirst().get("t");
      List<Map<String, Object>> rest =
          web.all("/v2/aggs/ticker/AIG/range/1/second/%d/2013-10-08?limit=50000".formatted(start));
      assertThat(byKind.get("A"))
          .extracting(
              e -> List.of(e.get("s"), e.get("o"), e.get("h"), e.get("l"), e.get("c"), e.get("v")))
          .isEqualTo(
              rest.stream()
                  .map(
                      b ->
                          List.of(
                              b.get("t"),
                              b.get("o"),
                              b.get("h"),
                              b.get("l"),
                              b.get("c"),
                              b.get("v")))
                  .toList());
      double volume = byKind.get("T").stream().mapToDouble(e -> Web.number(e, "s")).sum();
      assertThat(byKind.get("AM").stream().mapToDouble(e -> Web.number(e, "v")).sum())
          .isEqualTo(volume);
      double dayVolume =
          web.all("/v3/trades/AIG?timestamp=2013-10-08&limit=50000").stream()
              .mapToDouble(t -> Web.number(t, "size"))
              .sum();
      Map<String, Object> last = byKind.get("AM").getLast();
      assertThat(Web.number(last, "av")).isEqualTo(dayVolume);
      assertThat(last)
          .containsEntry("e", (Long) last.get("s") + 60_000)
          .containsKeys("op", "a", "z", "vw");
      assertThat(
              events.stream().filter(e -> e.containsKey("t")).map(e -> (Long) e.get("t")).toList())
          .isSorted();
    }
  }

  @Test
  void knowsTheLastTradePlayed() throws Exception {
    try (var simulator = replaying(Replay.recorded(DAY, AS_FAST_AS_IT_GOES));
        var socket = Socket.subscribed(simulator, "T.IBM");
        var web = new Web(simulator)) {
      Map<String, Object> last = heard(simulator, socket).getLast();
      @SuppressWarnings("unchecked")
      var trade = (Map<String, Object>) web.json("/v2/last/trade/IBM").get("results");
      assertThat(trade).containsEntry("q", last.get("q")).containsEntry("p", last.get("p"));
    }
  }

  @Test
  void keepsToThePaceOfItsClock() throws Exception {
    var clock = new ManualNanoClock();
    try (var simulator =
            Simulator.start(
                Scenario.builder()
                    .data(data)
                    .nanoClock(clock)
                    .live(Replay.recorded(DAY, 60).startingAt(LocalTime.of(12, 0)))
                    .build());
        var socket = Socket.subscribed(simulator, "AM.SPY")) {
      Wait.until("waiting for the next trade", clock::hasSleeper);
      clock.advanceSeconds(1);
      Wait.until("waiting for the second minute's trades", clock::hasSleeper);
      clock.advanceSeconds(2);
      List<Map<String, Object>> bars = new ArrayList<>();
      while (bars.size() < 2) {
        bars.addAll(socket.events());
      }
      assertThat(bars.get(0).get("s")).isEqualTo(1381248000000L);
      assertThat(bars.get(1).get("s")).isEqualTo(1381248060000L);
    }
  }

  @Test
  void closesAConnectionThatNeverReads() throws Exception {
    try (var simulator = Simulator.start(Scenario.builder().bufferBytes(64 << 10).build());
        var http = java.net.http.HttpClient.newHttpClient()) {
      WebSocket deaf =
          http.newWebSocketBuilder()
              .buildAsync(
                  java.net.URI.create(simulator.streamUrl() + "/stocks"),
                  new WebSocket.Listener() {
                    @Override
                    public void onOpen(WebSocket socket) {
                      // Asks for nothing, ever.
                    }
                  })
              .get(10, TimeUnit.SECONDS);
      deaf.sendText("{\"action\":\"auth\",\"params\":\"k\"}", true).get(10, TimeUnit.SECONDS);
      deaf.sendText("{\"action\":\"subscribe\",\"params\":\"T.*\"}", true)
          .get(10, TimeUnit.SECONDS);
      Wait.until("subscribed", () -> simulator.stream().symbols().contains("*"));
      String event = "{\"ev\":\"T\",\"sym\":\"AAPL\",\"i\":\"%s\"}".formatted("x".repeat(60_000));
      Wait.until(
          "dropped as slow",
          () -> {
            simulator.stream().publish(event, event, event);
            return simulator.stream().connections() == 0;
          });
      deaf.abort();
    }
  }
}
