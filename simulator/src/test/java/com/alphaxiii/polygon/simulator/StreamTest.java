package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
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
    assertThatThrownBy(() -> new Socket(simulator, "/bonds"))
        .isInstanceOf(CompletionException.class);
  }
}
