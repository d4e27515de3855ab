package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.PolygonException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Opening and closing. */
class SimulatorTest {
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith("vert.x") || t.getName().startsWith("simulator"))
        .filter(Thread::isAlive)
        .collect(Collectors.toSet());
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    Set<Thread> before = threads();
    try (var simulator = Simulator.start(Scenario.builder().live(Replay.model(1)).build());
        var web = new Web(simulator);
        var socket = Socket.subscribed(simulator, "T.AAPL")) {
      web.get("/v2/last/trade/AAPL");
      socket.frame();
      assertThat(before.containsAll(threads())).isFalse();
    }
    Wait.until("its threads have ended", () -> before.containsAll(threads()));
  }

  @Test
  void beginsNothingOnceClosed() {
    var simulator = Simulator.start(Scenario.builder().live(Replay.model(1)).build());
    simulator.close();
    simulator.stream().startReplay();
    assertThat(threads()).extracting(Thread::getName).doesNotContain("simulator-model");
  }

  @Test
  void runsManySideBySide() throws Exception {
    try (var one = Simulator.start(Scenario.builder().build());
        var two = Simulator.start(Scenario.builder().build());
        var webOne = new Web(one)) {
      assertThat(one.baseUrl()).isNotEqualTo(two.baseUrl());
      webOne.get("/v1/marketstatus/now");
      assertThat(one.requests().total()).isEqualTo(1);
      assertThat(two.requests().total()).isZero();
    }
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    try (var one = Simulator.start(Scenario.builder().build())) {
      int port = one.baseUrl().getPort();
      assertThatThrownBy(() -> Simulator.start(Scenario.builder().port(port).build()))
          .isInstanceOf(PolygonException.Unavailable.class)
          .hasMessageContaining(":" + port);
    }
  }

  @Test
  void namesTheFolderThatIsMissing() {
    assertThatThrownBy(() -> Simulator.start(Scenario.builder().data(Path.of("no-such")).build()))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("no-such");
  }

  @Test
  void wantsRecordedDataForARecordedReplay() {
    var scenario = Scenario.builder().live(Replay.recorded(LocalDate.of(2013, 10, 8), 1)).build();
    assertThatThrownBy(() -> Simulator.start(scenario))
        .isInstanceOf(PolygonException.InvalidRequest.class);
  }

  @Test
  void acceptsOnlyTheKeysItIsGiven() throws Exception {
    var scenario = Scenario.builder().keys(Set.of("one-key")).build();
    try (var simulator = Simulator.start(scenario);
        var web = new Web(simulator)) {
      assertThat(web.get("/v1/marketstatus/now?apiKey=one-key", "Accept", "*/*").statusCode())
          .isEqualTo(200);
      assertThat(web.get("/v1/marketstatus/now").statusCode()).isEqualTo(401);
    }
  }
}
