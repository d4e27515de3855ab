package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stream's protocol, frame by frame. */
class StreamTest {
  private static final String TRADE = "{\"ev\":\"T\",\"sym\":\"AAPL\",\"p\":114.125,\"q\":%d}";
  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(Scenario.builder().build());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void greetsThenAuthenticatesInFramesOfTheirOwn() throws Exception {
    try (var socket = new Socket(simulator, "/stocks")) {
      socket.send("auth", "test-key");
      assertThat(socket.frame())
          .isEqualTo(
              "[{\"ev\":\"status\",\"status\":\"connected\","
                  + "\"message\":\"Connected Successfully\"}]");
      assertThat(socket.frame())
          .isEqualTo(
              "[{\"ev\":\"status\",\"status\":\"auth_success\",\"message\":\"authenticated\"}]");
    }
  }

  @Test
  void dropsABadKeyWithoutACloseFrame() throws Exception {
    try (var socket = new RawSocket(simulator.streamUrl(), "/stocks")) {
      socket.send("{\"action\":\"auth\",\"params\":\"bad-key\"}");
      assertThat(socket.readToEnd())
          .contains("\"status\":\"connected\"")
          .endsWith("\"status\":\"auth_failed\",\"message\":\"authentication failed\"}]");
    }
  }

  @Test
  void acknowledgesEachPairAndIsSilentAboutUnknownChannels() throws Exception {
    try (var socket = Socket.subscribed(simulator, "T.X")) {
      socket.send("subscribe", "T.AAPL, ZZ.AAPL,AM.BRK.A,A.*");
      assertThat(socket.events())
          .extracting(e -> e.get("status") + " " + e.get("message"))
          .containsExactly(
              "success subscribed to: T.AAPL",
              "success subscribed to: AM.BRK.A",
              "success subscribed to: A.*");
      socket.send("unsubscribe", "T.AAPL");
      assertThat(socket.events())
          .extracting(e -> e.get("message"))
          .containsExactly("unsubscribed to: T.AAPL");
    }
  }

  @Test
  void wantsAuthenticationBeforeSubscriptions() throws Exception {
    try (var socket = new Socket(simulator, "/stocks")) {
      socket.send("subscribe", "T.AAPL");
      socket.frame();
      assertThat(socket.events().getFirst()).containsEntry("status", "auth_required");
    }
  }

  @Test
  void survivesMalformedMessages() throws Exception {
    try (var socket = Socket.subscribed(simulator, "T.AAPL")) {
      socket.sendText("{not json");
      assertThat(socket.events().getFirst()).containsEntry("status", "error");
      socket.sendText("[1,2]");
      assertThat(socket.events().getFirst()).containsEntry("status", "error");
      simulator.stream().publish(TRADE.formatted(1));
      assertThat(socket.events().getFirst()).containsEntry("sym", "AAPL");
    }
  }

  @Test
  void takesNothingButTextForParameters() throws Exception {
    try (var socket = new Socket(simulator, "/stocks")) {
      socket.frame();
      for (String params : List.of("null", "7", "[\"k\"]", "{\"k\":\"k\"}")) {
        socket.sendText("{\"action\":\"auth\",\"params\":%s}".formatted(params));
        assertThat(socket.events())
            .as(params)
            .singleElement()
            .satisfies(e -> assertThat(e).containsEntry("status", "error"));
      }
      socket.send("auth", "k");
      assertThat(socket.events().getFirst()).containsEntry("status", "auth_success");
    }
  }

  @Test
  void deliversPublishedEventsToThoseWhoWantThemInOrder() throws Exception {
    try (var socket = Socket.subscribed(simulator, "T.AAPL,Q.*")) {
      simulator.stream()
          .publish(
              TRADE.formatted(1),
              "{\"ev\":\"T\",\"sym\":\"MSFT\",\"p\":1}",
              "{\"ev\":\"Q\",\"sym\":\"MSFT\",\"bp\":1}",
              TRADE.formatted(2));
      List<Map<String, Object>> events = socket.events();
      assertThat(events)
          .extracting(e -> e.get("ev") + " " + e.get("sym") + " " + e.get("q"))
          .containsExactly("T AAPL 1", "Q MSFT null", "T AAPL 2");
    }
  }

  @Test
  void closesTheOlderOfTwoConnectionsOfOneKey() throws Exception {
    try (var first = Socket.subscribed(simulator, "T.AAPL");
        var second = Socket.subscribed(simulator, "T.AAPL")) {
      assertThat(first.events().getFirst()).containsEntry("status", "max_connections");
      assertThat(first.awaitClose()).isEqualTo(1008);
      simulator.stream().publish(TRADE.formatted(1));
      assertThat(second.events().getFirst()).containsEntry("q", 1L);
      assertThat(second.isOpen()).isTrue();
    }
  }

  @Test
  void allowsMoreConnectionsWhenToldSoAndOneForEachMarket() throws Exception {
    simulator.stream().maxConnections(2);
    try (var first = Socket.subscribed(simulator, "T.AAPL");
        var second = Socket.subscribed(simulator, "T.AAPL");
        var crypto = new Socket(simulator, "/crypto")) {
      crypto.send("auth", "test-key");
      crypto.send("subscribe", "XT.BTC-USD,T.AAPL");
      crypto.awaitStatus("subscribed to: XT.BTC-USD");
      simulator.stream().publish(TRADE.formatted(1));
      assertThat(first.events().getFirst()).containsEntry("q", 1L);
      assertThat(second.events().getFirst()).containsEntry("q", 1L);
      assertThat(simulator.stream().connections()).isEqualTo(3);
    }
  }

  @Test
  void dropsAllConnectionsAbruptlyOnDemand() throws Exception {
    try (var socket = new RawSocket(simulator.streamUrl(), "/stocks")) {
      Wait.until("connected", () -> simulator.stream().connections() == 1);
      simulator.stream().disconnectAll();
      assertThat(simulator.stream().connections()).isZero();
      assertThat(socket.readToEnd()).endsWith("\"message\":\"Connected Successfully\"}]");
    }
  }

  @Test
  void keepsConnectionsOpenWhileSilent() throws Exception {
    try (var socket = Socket.subscribed(simulator, "T.AAPL")) {
      simulator.stream().silence(true);
      simulator.stream().publish(TRADE.formatted(1));
      simulator.stream().silence(false);
      simulator.stream().publish(TRADE.formatted(2));
      assertThat(socket.events()).singleElement().extracting(e -> e.get("q")).isEqualTo(2L);
    }
  }

  @Test
  void sendsGarbageOnDemand() throws Exception {
    try (var socket = Socket.subscribed(simulator, "T.AAPL")) {
      simulator.stream().sendGarbage();
      String frame = socket.frame();
      assertThatThrownBy(() -> Web.parse(frame))
          .isInstanceOf(tools.jackson.core.JacksonException.class);
    }
  }

  @Test
  void refusesTheUpgradeOnUnknownPaths() {
    for (String path : List.of("/bonds", "/futures/lse", "/stocks/cme", "/stocks/", "/")) {
      assertThatThrownBy(() -> new Socket(simulator, path))
          .as(path)
          .isInstanceOf(CompletionException.class)
          .hasMessageContaining("WebSocketHandshakeException");
    }
  }

  private static Socket authenticated(Simulator simulator, String path, String key)
      throws InterruptedException {
    var socket = new Socket(simulator, path);
    socket.send("auth", key);
    socket.frame();
    return socket;
  }

  @Test
  void tellsWhatIsNotInThePlanBeforeItAcknowledgesTheRest() throws Exception {
    try (var socket = authenticated(simulator, "/stocks", "starter-key")) {
      assertThat(socket.events().getFirst()).containsEntry("status", "auth_success");
      socket.send("subscribe", "AM.AAPL,T.AAPL,Q.AAPL,A.AAPL");
      assertThat(socket.events())
          .extracting(e -> e.get("status") + " " + e.get("message"))
          .containsExactly(
              "error not authorized",
              "success subscribed to: AM.AAPL",
              "success subscribed to: A.AAPL");
    }
  }

  @Test
  void givesAPlanWithoutTheStreamNone() throws Exception {
    try (var socket = new RawSocket(simulator.streamUrl(), "/crypto")) {
      socket.send("{\"action\":\"auth\",\"params\":\"basic-key\"}");
      assertThat(socket.readToEnd())
          .endsWith(
              "\"status\":\"auth_failed\",\"message\":\"Your plan doesn't include websocket"
                  + " access. Visit https://massive.com/pricing to upgrade.\"}]");
    }
  }

  @Test
  void sendsADelayedPlanTheSameEventsLater() throws Exception {
    try (var slow = Simulator.start(Scenario.builder().delay(Duration.ofMillis(300)).build());
        var delayed = authenticated(slow, "/stocks", "developer-key");
        var prompt = authenticated(slow, "/stocks", "advanced-key")) {
      for (Socket socket : List.of(delayed, prompt)) {
        socket.frame();
        socket.send("subscribe", "T.AAPL");
        socket.awaitStatus("subscribed to: T.AAPL");
      }
      long published = NanoClock.system().nanoTime();
      slow.stream().publish(TRADE.formatted(1), TRADE.formatted(2));
      assertThat(prompt.events()).extracting(e -> e.get("q")).containsExactly(1L, 2L);
      assertThat(delayed.events()).extracting(e -> e.get("q")).containsExactly(1L, 2L);
      assertThat(NanoClock.system().nanoTime() - published)
          .isGreaterThanOrEqualTo(Duration.ofMillis(290).toNanos());
    }
  }

  @Test
  void dropsWhoeverShowsNoKeyInTime() throws Exception {
    try (var impatient =
            Simulator.start(Scenario.builder().authTimeout(Duration.ofMillis(50)).build());
        var socket = new RawSocket(impatient.streamUrl(), "/stocks")) {
      assertThat(socket.readToEnd())
          .endsWith(
              "\"status\":\"auth_timeout\","
                  + "\"message\":\"No authentication request received.\"}]");
    }
  }

  @Test
  void canThrowEverybodyOut() throws Exception {
    try (var socket = Socket.subscribed(simulator, "T.AAPL")) {
      simulator.stream().forceDisconnect();
      assertThat(socket.events().getFirst()).containsEntry("status", "force_disconnect");
      assertThat(socket.awaitClose()).isEqualTo(1008);
    }
  }

  @Test
  void givesQuotesOfAThousandOptionsAndNotOfAll() throws Exception {
    try (var socket = authenticated(simulator, "/options", "k")) {
      socket.frame();
      String thousand =
          IntStream.range(0, 1_000)
              .mapToObj("Q.O:SPY240216C00%06d"::formatted)
              .collect(Collectors.joining(","));
      socket.send("subscribe", thousand);
      socket.awaitStatus("subscribed to: Q.O:SPY240216C00000999");
      socket.send("subscribe", "Q.*,Q.O:SPY240216P00480000,Q.O:SPY240216C00000007,T.*");
      assertThat(socket.events())
          .extracting(e -> e.get("message"))
          .containsExactly("subscribed to: Q.O:SPY240216C00000007", "subscribed to: T.*");
    }
  }

  @Test
  void publishesToTheMarketThatAnEventIsOf() throws Exception {
    try (var forex = authenticated(simulator, "/forex", "k");
        var futures = authenticated(simulator, "/futures/cme", "k")) {
      forex.frame();
      forex.send("subscribe", "C.EUR/USD");
      forex.awaitStatus("subscribed to: C.EUR/USD");
      futures.frame();
      futures.send("subscribe", "T.*");
      futures.awaitStatus("subscribed to: T.*");
      simulator.stream()
          .publish(
              TRADE.formatted(1),
              "{\"ev\":\"T\",\"sym\":\"GCG4\",\"p\":1}",
              "{\"ev\":\"T\",\"sym\":\"ESZ6\",\"p\":2}",
              "{\"ev\":\"C\",\"p\":\"EUR/USD\",\"a\":3}");
      assertThat(forex.events()).singleElement().extracting(e -> e.get("a")).isEqualTo(3L);
      assertThat(futures.events()).singleElement().extracting(e -> e.get("p")).isEqualTo(2L);
      assertThat(simulator.stream().topics()).containsExactly("forex/C.EURUSD", "futures/T.*");
    }
  }
}
