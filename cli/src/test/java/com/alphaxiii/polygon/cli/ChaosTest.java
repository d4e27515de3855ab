package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.core.Tier;
import com.alphaxiii.polygon.server.DataServer;
import com.alphaxiii.polygon.simulator.Fault;
import com.alphaxiii.polygon.simulator.Replay;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import com.alphaxiii.polygon.simulator.StreamFault;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A vendor that breaks down again and again, in every way, while it plays a recorded day: what
 * programs at the hub get live and what they get later is that day, whole and without anything
 * twice. {@code -Dchaos.breaks=200} breaks it so often, over the whole day.
 */
class ChaosTest {
  private static final String DAY = "2013-10-08";
  private static final int FEW = 6;

  /** Hundreds of gaps are filled within what the vendor's budget allows. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final List<String> SYMBOLS = List.of("AIG", "BAC", "IBM");

  @TempDir Path folder;

  private final int breaks = Integer.getInteger("chaos.breaks", FEW);
  private final boolean soak = breaks > FEW;
  private final LocalTime start = soak ? LocalTime.of(9, 25) : LocalTime.of(15, 59);
  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

  @Test
  void nothingIsLostAndNothingComesTwice() throws Exception {
    MarketDataFolder data = MarketDataFolder.orSkip();
    try (Simulator simulator = simulator(data);
        PolygonDataManager manager = manager(simulator);
        DataServer server =
            DataServer.start(
                Wiring.serverConfig(Settings.of(Map.of("SERVER_PORT", "0"))),
                Wiring.ports(manager, InstantSource.system()));
        HttpClient http = HttpClient.newHttpClient();
        HubClient all = client(http, server, "all", SYMBOLS);
        HubClient one = client(http, server, "one", List.of("AIG"))) {
      awaitSubscribed(simulator);
      List<StreamFault> script = script(data);
      simulator.stream().script(script);
      simulator.stream().startReplay();
      disturb(simulator, simulator.stream().replayDone());
      for (String symbol : SYMBOLS) {
        assertWhole(data, all, symbol);
      }
      assertWhole(data, one, "AIG");
      for (HubClient client : List.of(all, one)) {
        assertThat(client.count("dropped")).isZero();
        assertThat(client.others())
            .noneMatch(m -> m.path("type").asString().equals("gap_not_filled"));
        assertThat(client.count("gap")).as("gaps told").isPositive();
      }
      assertThat(
              all.others().stream().filter(m -> m.path("upstream").asString().equals("connected")))
          .as("connections")
          .hasSizeGreaterThanOrEqualTo(breaks);
      assertThat(SYMBOLS.stream().mapToInt(s -> all.backfilledTrades(s).size()).sum())
          .as("trades that came late")
          .isPositive();
    }
  }

  private Simulator simulator(MarketDataFolder data) {
    return Simulator.start(
        Scenario.builder()
            .data(data.root())
            .live(
                Replay.recorded(LocalDate.parse(DAY), soak ? 1_500 : 300)
                    .startingAt(start)
                    .startedByHand())
            .build());
  }

  private PolygonDataManager manager(Simulator simulator) {
    return PolygonDataManager.open(
        PolygonConfig.builder()
            .apiKey("key-of-the-test")
            .tier(Tier.ADVANCED)
            .baseUrl(simulator.baseUrl())
            .streamUrl(simulator.streamUrl())
            .cacheDir(folder)
            .build(),
        InstantSource.system(),
        NanoClock.system());
  }

  private static HubClient client(
      HttpClient http, DataServer server, String id, List<String> symbols) throws Exception {
    HubClient client = HubClient.open(http, server.baseUrl(), id);
    client.await("connected");
    client.send(
        "{\"action\":\"subscribe\",\"symbols\":[\"%s\"],\"channels\":[\"T\",\"Q\"]}"
            .formatted(String.join("\",\"", symbols)));
    client.await("subscribed");
    return client;
  }

  private static void awaitSubscribed(Simulator simulator) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (simulator.stream().topics().size() < 2 * SYMBOLS.size()) {
      assertThat(System.nanoTime()).as("subscribed upstream").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /** Breaks at places spread over what is played, after which some hundred events are lost. */
  private List<StreamFault> script(MarketDataFolder data) {
    long events =
        SYMBOLS.stream()
                .mapToLong(s -> tape(data, s).size() + rows(data, "quotes_v1", s).size())
                .sum()
            + rows(data, "trades_v1", "SPY").size();
    long apart = events / (breaks + 1);
    List<StreamFault> script = new ArrayList<>();
    for (int i = 1; i <= breaks; i++) {
      long at = i * apart + random.nextInt(100);
      StreamFault fault =
          switch (i % 4) {
            case 0 -> StreamFault.drop(at);
            case 1 -> StreamFault.dropInFrame(at);
            case 2 -> StreamFault.close(at, 1001);
            default -> StreamFault.drop(at).quietBefore(random.nextInt(200));
          };
      script.add(fault.waitingAfter(random.nextInt(300)));
    }
    return script;
  }

  /** Garbage between the frames, and a history that fails and dawdles too. */
  private void disturb(Simulator simulator, CompletableFuture<Long> done) throws Exception {
    // Once: each makes the client ask half as often, and many would leave it next to nothing.
    Fault refused = Fault.status(429).retryAfter(Duration.ofSeconds(1));
    List<Fault> faults =
        List.of(
            Fault.status(503),
            Fault.cutBody(200),
            Fault.delay(Duration.ofMillis(300)),
            Fault.garbage(),
            Fault.disconnect());
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(soak ? 20 : 2);
    for (int i = 0; !done.isDone(); i++) {
      assertThat(System.nanoTime()).as("the replay ends in time").isLessThan(deadline);
      simulator.stream().sendGarbage();
      simulator.faults().next(i == 0 ? refused : faults.get(i % faults.size()), 1);
      try {
        done.get(500, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Goes on disturbing.
      }
    }
    simulator.faults().clear();
  }

  private void assertWhole(MarketDataFolder data, HubClient client, String symbol)
      throws Exception {
    List<String> tape = tape(data, symbol);
    client.awaitUntil(
        c -> c.trades(symbol).size() + c.backfilledTrades(symbol).size() >= tape.size(),
        tape.size() + " trades of " + symbol,
        PATIENCE);
    assertUnion(tape, client.trades(symbol), client.backfilledTrades(symbol));
    List<String> quotes = rows(data, "quotes_v1", symbol).stream().map(ChaosTest::quote).toList();
    client.awaitUntil(
        c -> c.quotes(symbol).size() + c.backfilledQuotes(symbol).size() >= quotes.size(),
        quotes.size() + " quotes of " + symbol,
        PATIENCE);
    assertUnion(quotes, client.quotes(symbol), client.backfilledQuotes(symbol));
  }

  private static void assertUnion(List<String> tape, List<String> live, List<String> backfilled) {
    List<String> union = new ArrayList<>(live);
    union.addAll(backfilled);
    assertThat(union.stream().sorted().toList()).isEqualTo(tape.stream().sorted().toList());
    // In order among themselves: both are what is left of the tape without the other.
    List<String> rest = new ArrayList<>();
    int next = 0;
    for (String event : tape) {
      if (next < live.size() && live.get(next).equals(event)) {
        next++;
      } else {
        rest.add(event);
      }
    }
    assertThat(next).as("live events in order").isEqualTo(live.size());
    assertThat(rest.stream().sorted().toList()).isEqualTo(backfilled.stream().sorted().toList());
  }

  private List<Map<String, String>> rows(MarketDataFolder data, String kind, String symbol) {
    long from =
        LocalDate.parse(DAY).atTime(start).atZone(Market.NEW_YORK).toInstant().toEpochMilli();
    return data.rows(kind, DAY, symbol).stream()
        .filter(row -> Long.parseLong(row.get("sip_timestamp")) / 1_000_000 >= from)
        .toList();
  }

  private List<String> tape(MarketDataFolder data, String symbol) {
    return rows(data, "trades_v1", symbol).stream()
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

  private static String quote(Map<String, String> row) {
    return "%d %s x %s, %s x %s"
        .formatted(
            Long.parseLong(row.get("sip_timestamp")) / 1_000_000,
            Double.parseDouble(row.get("bid_price")),
            Double.parseDouble(row.get("bid_size")),
            Double.parseDouble(row.get("ask_price")),
            Double.parseDouble(row.get("ask_size")));
  }
}
