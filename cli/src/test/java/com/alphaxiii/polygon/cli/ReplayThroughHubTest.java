package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.server.DataServer;
import com.alphaxiii.polygon.simulator.Replay;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole recorded day from the vendor's socket to three programs at the hub. */
class ReplayThroughHubTest {
  private static final String DAY = "2013-10-08";
  private static final LocalTime START = LocalTime.of(9, 25);
  // From five minutes before the opening to the end of the late session in about a minute.
  private static final double SPEED = 600;
  private static final double HURRY = 1_500;

  @TempDir Path folder;

  @Test
  void everyTradeReachesEachProgramOnceAndInOrder() throws Exception {
    MarketDataFolder data = MarketDataFolder.orSkip();
    try (Setup setup = new Setup(data, SPEED)) {
      HubClient spy = setup.client("spy", "SPY");
      HubClient banks = setup.client("banks", "AIG", "BAC");
      HubClient all = setup.client("all", "*");
      setup.start();

      setup.simulator.stream().replayDone().get(180, TimeUnit.SECONDS);
      for (String symbol : List.of("SPY", "AIG", "BAC", "IBM")) {
        List<String> tape = tape(data, symbol);
        all.awaitUntil(c -> c.trades(symbol).size() >= tape.size(), symbol + " at all");
        assertThat(all.trades(symbol)).isEqualTo(tape);
      }
      spy.awaitUntil(c -> c.trades("SPY").size() >= all.trades("SPY").size(), "SPY");
      assertThat(spy.trades("SPY")).isEqualTo(all.trades("SPY"));
      assertThat(spy.tradeCount()).isEqualTo(all.trades("SPY").size());
      for (String symbol : List.of("AIG", "BAC")) {
        banks.awaitUntil(c -> c.trades(symbol).size() >= all.trades(symbol).size(), symbol);
        assertThat(banks.trades(symbol)).isEqualTo(all.trades(symbol));
      }
      for (HubClient client : List.of(spy, banks, all)) {
        assertThat(client.others()).noneMatch(m -> m.path("type").asString().equals("dropped"));
      }
    }
  }

  @Test
  void aLostUpstreamIsAnnouncedAndWhatWasMissedComesLater() throws Exception {
    MarketDataFolder data = MarketDataFolder.orSkip();
    try (Setup setup = new Setup(data, HURRY)) {
      HubClient aig = setup.client("aig", "AIG");
      HubClient bac = setup.client("bac", "BAC");
      HubClient both = setup.client("both", "AIG", "BAC");
      setup.start();
      bac.awaitUntil(c -> c.tradeCount() > 20_000, "20,000 trades before the loss");
      setup.simulator.stream().disconnectAll();

      setup.simulator.stream().replayDone().get(180, TimeUnit.SECONDS);
      for (Map.Entry<HubClient, List<String>> seen :
          Map.of(aig, List.of("AIG"), bac, List.of("BAC"), both, List.of("AIG", "BAC"))
              .entrySet()) {
        for (String symbol : seen.getValue()) {
          List<String> tape = tape(data, symbol);
          seen.getKey()
              .awaitUntil(
                  c ->
                      !c.trades(symbol).isEmpty()
                          && c.trades(symbol).getLast().equals(tape.getLast()),
                  "the last trade of " + symbol);
          assertOneHole(tape, seen.getKey().trades(symbol));
          seen.getKey().awaitUntil(c -> c.count("gap_filled") > 0, "word that the gap is filled");
          List<String> all = new ArrayList<>(seen.getKey().trades(symbol));
          all.addAll(seen.getKey().backfilledTrades(symbol));
          assertThat(all).containsExactlyInAnyOrderElementsOf(tape);
        }
        assertThat(seen.getKey().await("gap").get("channels").toString()).contains("T");
        assertThat(seen.getKey().others())
            .anyMatch(m -> m.path("upstream").asString().equals("reconnecting"))
            .anyMatch(m -> m.path("upstream").asString().equals("connected"));
      }
    }
  }

  /** What arrived is the tape without one unbroken run. */
  private static void assertOneHole(List<String> tape, List<String> arrived) {
    int before = 0;
    while (before < arrived.size() && arrived.get(before).equals(tape.get(before))) {
      before++;
    }
    int after = arrived.size() - before;
    assertThat(arrived.subList(before, arrived.size()))
        .isEqualTo(tape.subList(tape.size() - after, tape.size()));
    assertThat(before).as("trades before the loss").isPositive();
    assertThat(after).as("trades after the reconnect").isPositive();
  }

  private static List<String> tape(MarketDataFolder data, String symbol) {
    long start =
        LocalDate.parse(DAY).atTime(START).atZone(Market.NEW_YORK).toInstant().toEpochMilli();
    return data.rows("trades_v1", DAY, symbol).stream()
        .filter(row -> Long.parseLong(row.get("sip_timestamp")) / 1_000_000 >= start)
        .map(
            row ->
                "%s %d %s x %s"
                    .formatted(
                        row.get("id"),
                        Long.parseLong(row.get("sip_timestamp")) / 1_000_000,
                        Double.parseDouble(row.get("price")),
                        Double.parseDouble(row.get("size"))))
        .toList();
  }

  private final class Setup implements AutoCloseable {
    final Simulator simulator;
    final PolygonDataManager manager;
    final DataServer server;
    final HttpClient http = HttpClient.newHttpClient();
    final Set<String> subscribed = new HashSet<>();

    Setup(MarketDataFolder data, double speed) {
      simulator =
          Simulator.start(
              Scenario.builder()
                  .data(data.root())
                  .live(
                      Replay.recorded(LocalDate.parse(DAY), speed)
                          .startingAt(START)
                          .startedByHand())
                  .build());
      manager =
          PolygonDataManager.open(
              PolygonConfig.builder()
                  .apiKey("key-of-the-test")
                  .baseUrl(simulator.baseUrl())
                  .streamUrl(simulator.streamUrl())
                  .cacheDir(folder)
                  .build(),
              InstantSource.system(),
              NanoClock.system());
      server =
          DataServer.start(
              Wiring.serverConfig(Settings.of(Map.of("SERVER_PORT", "0"))),
              Wiring.ports(manager, InstantSource.system()));
    }

    /** Begins once the vendor has been asked for what the clients subscribed to. */
    void start() {
      // A subscription to all makes single ones needless.
      Set<String> wanted = subscribed.contains("*") ? Set.of("*") : subscribed;
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!wanted.equals(Set.copyOf(simulator.stream().symbols()))) {
        assertThat(System.nanoTime())
            .as("%s instead of %s", simulator.stream().symbols(), wanted)
            .isLessThan(deadline);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
      simulator.stream().startReplay();
    }

    HubClient client(String id, String... symbols) throws Exception {
      subscribed.addAll(List.of(symbols));
      HubClient client = HubClient.open(http, server.baseUrl(), id);
      client.await("connected");
      client.send(
          "{\"action\":\"subscribe\",\"symbols\":[\"%s\"],\"channels\":[\"T\"]}"
              .formatted(String.join("\",\"", symbols)));
      client.await("subscribed");
      return client;
    }

    @Override
    public void close() {
      server.close();
      manager.close();
      simulator.close();
      http.shutdownNow();
    }
  }
}
