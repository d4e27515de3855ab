package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The market that never closes, on a Saturday night. */
class LiveModelTest {
  private static InstantSource saturdayNight() {
    InstantSource system = InstantSource.system();
    Duration offset = Duration.between(system.instant(), Instant.parse("2024-01-28T03:00:00Z"));
    return InstantSource.offset(system, offset);
  }

  private static Simulator live(InstantSource clock) {
    return Simulator.start(Scenario.builder().clock(clock).live(Replay.model(5)).build());
  }

  @Test
  void playsAtAnyHourWhatRestTellsAfterwards() throws Exception {
    InstantSource clock = saturdayNight();
    try (var simulator = live(clock);
        var socket = Socket.subscribed(simulator, "T.AAPL,Q.AAPL,A.AAPL");
        var web = new Web(simulator)) {
      var trades = new ArrayList<Map<String, Object>>();
      var seconds = new ArrayList<Map<String, Object>>();
      boolean quoted = false;
      while (seconds.size() < 3 || trades.size() < 20 || !quoted) {
        for (Map<String, Object> event : socket.events()) {
          switch ((String) event.get("ev")) {
            case "T" -> trades.add(event);
            case "A" -> seconds.add(event);
            default -> quoted = true;
          }
        }
      }
      assertThat(trades).extracting(t -> (Long) t.get("t")).isSorted();
      long first = (Long) trades.getFirst().get("q");
      long last = (Long) trades.getLast().get("q");
      List<Object> told =
          web.all("/v3/trades/AAPL?timestamp=2024-01-27&order=asc&limit=50000").stream()
              .filter(t -> (Long) t.get("sequence_number") >= first)
              .filter(t -> (Long) t.get("sequence_number") <= last)
              .map(t -> List.of(t.get("sequence_number"), t.get("price"), t.get("size")))
              .map(Object.class::cast)
              .toList();
      assertThat(trades)
          .extracting(t -> (Object) List.of(t.get("q"), t.get("p"), t.get("s")))
          .isEqualTo(told);

      Map<String, Object> second = seconds.get(1);
      Map<String, Object> bar =
          web.all(
                  "/v2/aggs/ticker/AAPL/range/1/second/%d/%d"
                      .formatted(second.get("s"), second.get("s")))
              .getFirst();
      for (String name : List.of("o", "h", "l", "c", "v", "vw")) {
        assertThat(second).containsEntry(name, bar.get(name));
      }
      @SuppressWarnings("unchecked")
      var newest = (Map<String, Object>) web.json("/v2/last/trade/AAPL").get("results");
      assertThat((Long) newest.get("q")).isGreaterThanOrEqualTo(last);
    }
  }

  @Test
  void continuesWhereTheLastSessionEnded() throws Exception {
    InstantSource clock = saturdayNight();
    try (var simulator = live(clock);
        var socket = Socket.subscribed(simulator, "T.MSFT");
        var web = new Web(simulator)) {
      double price = Web.number(socket.events().getFirst(), "p");
      double friday =
          Web.number(
              web.all("/v2/aggs/ticker/MSFT/range/1/day/2024-01-26/2024-01-26").getFirst(), "c");
      assertThat(price).isBetween(friday * 0.99, friday * 1.01);
    }
  }

  @Test
  void leavesOutWhatItsMachineSleptThrough() throws Exception {
    InstantSource night = saturdayNight();
    var slept = new AtomicReference<>(Duration.ZERO);
    try (var simulator = live(() -> night.instant().plus(slept.get()));
        var socket = Socket.subscribed(simulator, "T.AAPL")) {
      socket.frame();
      long asleep = night.millis();
      slept.set(Duration.ofHours(3));
      Optional<Map<String, Object>> first = Optional.empty();
      while (first.isEmpty()) {
        first =
            socket.events().stream().filter(e -> (Long) e.get("t") > asleep + 60_000).findFirst();
      }
      long awake = asleep + Duration.ofHours(3).toMillis();
      assertThat((Long) first.get().get("t")).isGreaterThanOrEqualTo(awake - 60_000);
    }
  }

  @Test
  @Timeout(60)
  void playsEveryListedSymbolToASubscriptionToAll() throws Exception {
    try (var simulator = live(saturdayNight());
        var socket = Socket.subscribed(simulator, "T.*")) {
      var symbols = new java.util.HashSet<Object>();
      while (symbols.size() < 30 || !symbols.containsAll(List.of("AAPL", "SPY"))) {
        socket.events().forEach(e -> symbols.add(e.get("sym")));
      }
      assertThat(symbols).doesNotContain("NOPE");
    }
  }
}
