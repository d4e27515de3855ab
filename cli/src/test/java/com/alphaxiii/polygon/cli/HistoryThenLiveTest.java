package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.server.DataServer;
import com.alphaxiii.polygon.simulator.Fault;
import com.alphaxiii.polygon.simulator.Replay;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import com.alphaxiii.polygon.simulator.StreamFault;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code since} joins history and live over real sockets: whatever happens meanwhile, what arrives
 * of a topic is the tape from {@code since} on, in order, without a hole and without any twice. The
 * vendor's clock runs as fast as its tape, so its history ends where its stream is.
 */
class HistoryThenLiveTest {
  private static final LocalDate DAY = LocalDate.of(2013, 10, 8);

  @TempDir Path folder;

  @Test
  void aQuietTopicIsLiveAfterItsHistory() throws Exception {
    try (Setup setup = new Setup(LocalTime.of(18, 0), 1_200)) {
      setup.start();
      HubClient client = setup.subscribe("IBM", "T", LocalTime.of(15, 50));
      client.await("live");
      assertThat(client.backfilledTrades("IBM")).hasSizeGreaterThan(1_000);
      assertWhole(setup, client, "T.IBM", LocalTime.of(15, 50), LocalTime.of(20, 0));
    }
  }

  @Test
  void aHeavyFlowIsJoinedWithoutASeam() throws Exception {
    try (Setup setup = new Setup(LocalTime.of(15, 40), 120)) {
      setup.slowHistory(Duration.ofSeconds(1), 7);
      HubClient client =
          setup.subscribe("AIG\",\"BAC\",\"IBM\",\"SPY", "T\",\"Q", LocalTime.of(15, 30));
      setup.start();
      for (String topic : List.of("T.BAC", "T.SPY", "Q.AIG", "Q.BAC")) {
        assertWhole(setup, client, topic, LocalTime.of(15, 30), LocalTime.of(15, 52));
      }
      client.await("live");
      assertThat(client.backfilledTrades("SPY")).isNotEmpty();
      client.awaitUntil(c -> !c.trades("SPY").isEmpty(), "live trades of SPY");
    }
  }

  @Test
  void aLossInTheMiddleIsLeftToHistory() throws Exception {
    try (Setup setup = new Setup(LocalTime.of(15, 40), 120)) {
      setup.slowHistory(Duration.ofSeconds(2), 2);
      HubClient client = setup.subscribe("SPY\",\"BAC", "T", LocalTime.of(15, 35));
      setup.simulator.stream()
          .script(
              List.of(
                  StreamFault.drop(1_000).waitingAfter(500),
                  StreamFault.dropInFrame(4_000).quietBefore(300).waitingAfter(200)));
      setup.start();
      for (String topic : List.of("T.SPY", "T.BAC")) {
        assertWhole(setup, client, topic, LocalTime.of(15, 35), LocalTime.of(15, 52));
      }
      client.await("live");
      assertThat(
              client.others().stream()
                  .filter(m -> m.path("upstream").asString().equals("reconnecting")))
          .as("losses")
          .hasSize(2);
      client.awaitUntil(c -> !c.trades("SPY").isEmpty(), "live trades of SPY");
    }
  }

  @Test
  void whatCannotBeHeldIsLeftToHistory() throws Exception {
    try (Setup setup = new Setup(LocalTime.of(14, 30), 1_500)) {
      HubClient early = setup.subscribe("SPY", "T", null);
      setup.start();
      early.awaitUntil(c -> c.arrived("T.SPY") > 100, "the flow");
      setup.slowHistory(Duration.ofSeconds(4), 1);
      int before = early.arrived("T.SPY");
      HubClient client = setup.subscribe("SPY", "T", LocalTime.of(14, 30));
      client.awaitUntil(c -> c.arrived("T.SPY") > 0, "history");
      assertThat(early.arrived("T.SPY") - before)
          .as("live events while history was awaited")
          .isGreaterThan(65_536);
      assertWhole(setup, client, "T.SPY", LocalTime.of(14, 30), LocalTime.of(20, 0));
      client.await("live");
    }
  }

  private void assertWhole(
      Setup setup, HubClient client, String topic, LocalTime since, LocalTime until)
      throws Exception {
    List<String> tape = setup.tape(topic, since, until);
    assertThat(tape).isNotEmpty();
    client.awaitUntil(
        c -> c.arrived(topic) >= tape.size(),
        tape.size() + " events of " + topic,
        Duration.ofSeconds(60));
    List<String> arrived = client.arrivals(topic);
    // Compared piece by piece: a failure is to be read.
    for (int i = 0; i < tape.size(); i += 10) {
      int end = Math.min(i + 10, tape.size());
      assertThat(arrived.subList(i, end))
          .as("%s from event %d of %d on", topic, i, tape.size())
          .isEqualTo(tape.subList(i, end));
    }
    assertThat(client.others())
        .noneMatch(m -> m.path("type").asString().equals("gap_not_filled"))
        .noneMatch(m -> m.path("type").asString().equals("dropped"));
  }

  /** Runs with the tape from when it is started on, and stands still before. */
  private static final class TapeClock implements InstantSource {
    private final Instant start;
    private final double speed;
    private volatile long started = -1;

    TapeClock(Instant start, double speed) {
      this.start = start;
      this.speed = speed;
    }

    void start() {
      started = System.nanoTime();
    }

    @Override
    public Instant instant() {
      long since = started;
      return since < 0 ? start : start.plusNanos((long) ((System.nanoTime() - since) * speed));
    }
  }

  private static Instant at(LocalTime time) {
    return DAY.atTime(time).atZone(Market.NEW_YORK).toInstant();
  }

  private final class Setup implements AutoCloseable {
    final MarketDataFolder data = MarketDataFolder.orSkip();
    final TapeClock clock;
    final Simulator simulator;
    final PolygonDataManager manager;
    final DataServer server;
    final HttpClient http = HttpClient.newHttpClient();
    final List<HubClient> clients = new ArrayList<>();

    Setup(LocalTime start, double speed) {
      clock = new TapeClock(at(start), speed);
      simulator =
          Simulator.start(
              Scenario.builder()
                  .data(data.root())
                  .clock(clock)
                  .live(Replay.recorded(DAY, speed).startingAt(start).startedByHand())
                  .build());
      manager =
          PolygonDataManager.open(
              PolygonConfig.builder()
                  .apiKey("key-of-the-test")
                  .baseUrl(simulator.baseUrl())
                  .streamUrl(simulator.streamUrl())
                  .cacheDir(folder)
                  .build(),
              clock,
              NanoClock.system());
      server =
          DataServer.start(
              Wiring.serverConfig(Settings.of(Map.of("SERVER_PORT", "0"))),
              Wiring.ports(manager, clock));
    }

    /** Begins; what was subscribed to before has been asked of the vendor by then. */
    void start() {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (simulator.stream().topics().isEmpty() && !clients.isEmpty()) {
        assertThat(System.nanoTime()).as("subscribed upstream").isLessThan(deadline);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
      clock.start();
      simulator.stream().startReplay();
    }

    void slowHistory(Duration delay, int requests) {
      simulator.faults().when(path -> path.startsWith("/v3/"), Fault.delay(delay), requests);
    }

    HubClient subscribe(
        String symbols, String channels, @org.jspecify.annotations.Nullable LocalTime since)
        throws Exception {
      HubClient client = HubClient.open(http, server.baseUrl(), "client-" + clients.size());
      clients.add(client);
      client.await("connected");
      client.send(
          "{\"action\":\"subscribe\",\"symbols\":[\"%s\"],\"channels\":[\"%s\"]%s}"
              .formatted(
                  symbols,
                  channels,
                  since == null ? "" : ",\"since\":\"%s\"".formatted(at(since))));
      client.await("subscribed");
      return client;
    }

    /** The recorded events of a topic between two times, as the clients write them down. */
    List<String> tape(String topic, LocalTime since, LocalTime until) {
      String type = topic.startsWith("T.") ? "trades_v1" : "quotes_v1";
      return data.tape(type, DAY.toString(), topic.substring(2), at(since), at(until));
    }

    @Override
    public void close() {
      clients.forEach(HubClient::close);
      server.close();
      manager.close();
      simulator.close();
      http.shutdownNow();
    }
  }
}
