package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Trades reported late, by which the live model corrects its aggregates. */
class LateTradesTest {
  @Test
  void sendAnAggregateAgainAsRestTellsItThen() throws Exception {
    Instant start = Instant.parse("2024-01-27T22:00:00Z");
    var now = new AtomicReference<>(start);
    try (var simulator =
            Simulator.start(Scenario.builder().clock(now::get).live(Replay.model(3)).build());
        var socket =
            Socket.subscribed(
                simulator, "A.SPY,AM.SPY,AM.AAPL,AM.MSFT,AM.TSLA,AM.AMZN,AM.QQQ,AM.NVDA");
        var web = new Web(simulator)) {
      var last = new HashMap<List<Object>, Map<String, Object>>();
      var revised = new HashSet<List<Object>>();
      Wait.until("followed", () -> simulator.stream().topics().size() == 8);
      // Steps short enough that nothing counts as slept through.
      for (int step = 1; step <= 24; step++) {
        now.set(start.plusSeconds(45L * step));
        long heard = 0;
        while (heard < now.get().toEpochMilli()) {
          for (Map<String, Object> bar : socket.events()) {
            if (bar.get("ev").equals("A")) {
              heard = Math.max(heard, (Long) bar.get("e"));
              continue;
            }
            List<Object> key = List.of(bar.get("sym"), bar.get("s"));
            if (last.put(key, bar) != null) {
              revised.add(key);
            }
          }
        }
      }
      assertThat(revised).hasSizeGreaterThanOrEqualTo(3);
      for (List<Object> key : revised.stream().limit(10).toList()) {
        Map<String, Object> told =
            web.all(
                    "/v2/aggs/ticker/%s/range/1/minute/%d/%d"
                        .formatted(key.get(0), key.get(1), key.get(1)))
                .getFirst();
        Map<String, Object> heard = last.get(key);
        for (String name : List.of("o", "h", "l", "c", "v", "vw")) {
          assertThat(heard).as("%s of %s", name, key).containsEntry(name, told.get(name));
        }
      }
    }
  }
}
