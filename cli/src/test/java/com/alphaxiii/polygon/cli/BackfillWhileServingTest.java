package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.BackfillReport;
import com.alphaxiii.polygon.BackfillRequest;
import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Tier;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.server.DataServer;
import com.alphaxiii.polygon.server.ServerConfig;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * While a backfill uses up the budget of a small plan, cached bars are answered at once and what
 * people ask of the vendor goes before all that the backfill has waiting. The budget's minute lasts
 * a second here.
 */
@Timeout(120)
class BackfillWhileServingTest {
  private static final int HURRY = 60;
  private static final int PER_MINUTE = 5;
  private static final String CACHED =
      "/api/v1/bars/AAPL?timeframe=5min&start_date=2024-01-02&end_date=2024-01-31&adjust=none";

  @TempDir Path folder;

  private static final NanoClock HURRIED =
      new NanoClock() {
        @Override
        public long nanoTime() {
          return NanoClock.system().nanoTime() * HURRY;
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          NanoClock.system().sleep(duration.dividedBy(HURRY));
        }
      };

  @Test
  void peopleAreServedQuickly() throws Exception {
    InstantSource clock = InstantSource.fixed(Instant.parse("2024-02-01T15:30:00Z"));
    try (Simulator simulator = Simulator.start(Scenario.builder().clock(clock).build());
        HttpClient http = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      PolygonConfig config =
          PolygonConfig.builder()
              .apiKey("advanced-key")
              .tier(Tier.BASIC)
              .baseUrl(simulator.baseUrl())
              .streamUrl(simulator.streamUrl())
              .cacheDir(folder)
              .build();
      try (PolygonDataManager manager = PolygonDataManager.open(config, clock, HURRIED);
          DataServer server =
              DataServer.start(ServerConfig.of("127.0.0.1", 0), Wiring.ports(manager, clock))) {
        assertThat(get(http, server, CACHED).statusCode()).isEqualTo(200);
        List<String> symbols = new ArrayList<>();
        for (char letter = 'A'; letter <= 'Z'; letter++) {
          symbols.add("B" + letter);
          symbols.add("C" + letter);
        }
        BackfillRequest request =
            new BackfillRequest(
                symbols,
                Timeframe.MINUTE_1,
                LocalDate.parse("2023-10-02"),
                LocalDate.parse("2024-01-31"));
        CompletableFuture<BackfillReport> backfill =
            CompletableFuture.supplyAsync(() -> manager.backfill(request, progress -> {}), threads);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (manager.rateLimitStatus().queued() < PER_MINUTE) {
          assertThat(System.nanoTime())
              .as("the backfill waits for the budget")
              .isLessThan(deadline);
          Thread.onSpinWait();
        }

        List<Duration> cached = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          long begun = System.nanoTime();
          HttpResponse<String> answer = get(http, server, CACHED);
          cached.add(Duration.ofNanos(System.nanoTime() - begun));
          assertThat(answer.body()).contains("\"cached\":true");
        }
        Collections.sort(cached);
        // The budget alone would take a second for each five.
        assertThat(cached.get(10)).isLessThan(Duration.ofMillis(500));

        for (int i = 0; i < 3; i++) {
          simulator.requests().clear();
          HttpResponse<String> trade = get(http, server, "/api/v1/quote/MSFT");
          assertThat(trade.statusCode()).as(trade.body()).isEqualTo(200);
          assertThat(simulator.requests().requests().size())
              .as("requests that went before one of a person, of all that wait")
              .isLessThanOrEqualTo(2 * PER_MINUTE);
        }
        assertThat(backfill).as("it is still at work").isNotDone();
        assertThat(manager.rateLimitStatus().queued()).isPositive();
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static HttpResponse<String> get(HttpClient http, DataServer server, String path)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(server.baseUrl().resolve(path))
            .timeout(Duration.ofSeconds(30))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
