package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.server.DataServer;
import com.alphaxiii.polygon.server.ServerConfig;
import com.alphaxiii.polygon.simulator.Fault;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /health} of a server whose vendor goes away and comes back, and whose disk fails. */
class HealthTest {
  private static final String KEY = "advanced-key";
  private static final String DAYS =
      "/api/v1/bars/AAPL?timeframe=1day&start_date=2024-01-02&end_date=2024-01-31";

  @TempDir Path folder;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2024-02-01T16:30:00Z"));
  private final InstantSource clock = now::get;
  private final HttpClient http = HttpClient.newHttpClient();
  private Path disk;
  private boolean mounted;
  private Simulator simulator;
  private PolygonDataManager manager;
  private DataServer server;

  @BeforeEach
  void start() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString());
    simulator = Simulator.start(Scenario.builder().clock(clock).build());
    open();
  }

  private void open() {
    PolygonConfig config =
        PolygonConfig.builder()
            .apiKey(KEY)
            .baseUrl(simulator.baseUrl())
            .streamUrl(simulator.streamUrl())
            .cacheDir(disk)
            .build();
    manager = PolygonDataManager.open(config, clock, NanoClock.system());
    server = DataServer.start(ServerConfig.of("127.0.0.1", 0), Wiring.ports(manager, clock));
  }

  @AfterEach
  void stop() throws Exception {
    http.close();
    server.close();
    manager.close();
    simulator.close();
    if (mounted) {
      run("umount", "-l", disk.toString());
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(server.baseUrl().resolve(path))
            .timeout(Duration.ofSeconds(20))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode health() throws Exception {
    HttpResponse<String> answer = get("/health");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain(KEY);
    return JsonMapper.shared().readTree(answer.body());
  }

  private int asked() {
    int asked = simulator.requests().requests().size();
    simulator.requests().clear();
    return asked;
  }

  private void later(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  @Test
  void aVendorThatGoesAwayIsNoticedAndWhenItIsBackToo() throws Exception {
    // Nothing was asked yet, so it is asked now, and then it is known.
    assertThat(health().at("/upstream/state").asString()).isEqualTo("reachable");
    assertThat(asked()).isEqualTo(1);
    health();
    assertThat(asked()).isZero();
    later(Duration.ofMinutes(6));
    health();
    assertThat(asked()).isEqualTo(1);

    simulator.faults().when(path -> true, Fault.disconnect(), Integer.MAX_VALUE);
    later(Duration.ofMinutes(6));
    JsonNode away = health();
    assertThat(away.path("status").asString()).isEqualTo("degraded");
    assertThat(away.at("/upstream/state").asString()).isEqualTo("unreachable");
    assertThat(away.at("/problems/0").asString()).startsWith("upstream: ");
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").body())
        .contains("polygon_upstream_state{state=\"unreachable\"} 1.0");
    asked();
    later(Duration.ofSeconds(5));
    health();
    assertThat(asked()).as("not again at once").isZero();

    simulator.faults().clear();
    later(Duration.ofSeconds(16));
    JsonNode back = health();
    assertThat(back.at("/upstream/state").asString()).isEqualTo("reachable");
    assertThat(back.at("/upstream/last_failure").isString()).isTrue();
    assertThat(back.path("problems").toString()).doesNotContain("upstream");
    assertThat(asked()).isEqualTo(1);
    assertThat(manager.rateLimitStatus().usedLastMinute()).as("it counts").isPositive();
  }

  @Test
  void whatPeopleAskTellsAsWell() throws Exception {
    assertThat(get(DAYS).statusCode()).isEqualTo(200);
    asked();
    assertThat(health().at("/upstream/state").asString()).isEqualTo("reachable");
    assertThat(asked()).isZero();
    simulator.faults().when(path -> true, Fault.status(401), Integer.MAX_VALUE);
    get("/api/v1/quote/MSFT");
    JsonNode refused = health();
    assertThat(refused.at("/upstream/state").asString()).isEqualTo("refusing");
    assertThat(refused.path("status").asString()).isEqualTo("degraded");
  }

  @Test
  void tellsHowNewTheNewestBarIs() throws Exception {
    assertThat(health().at("/data/newest_bar").isNull()).isTrue();
    get(DAYS);
    JsonNode data = health().path("data");
    assertThat(data.path("newest_day").asString()).isEqualTo("2024-01-31");
    assertThat(data.path("settled_day").asString()).isEqualTo("2024-01-31");
    assertThat(data.path("days_behind").asInt()).isZero();
    later(Duration.ofDays(5));
    // Thursday, Friday and Monday; it is Tuesday.
    assertThat(health().at("/data/days_behind").asInt()).isEqualTo(3);
  }

  @Test
  void aFullDiskIsNoticedAndWhenThereIsRoomAgainToo() throws Exception {
    assumeTrue(mounted, "no disk may be mounted here");
    assertThat(health().at("/cache/writable").asBoolean()).isTrue();
    Path filler = disk.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] block = new byte[4_096];
      while (disk.toFile().getUsableSpace() > 8_192) {
        out.write(block);
      }
    }
    JsonNode full = health();
    assertThat(full.at("/cache/writable").asBoolean()).isFalse();
    assertThat(full.at("/cache/disk_free_bytes").asLong()).isLessThan(16_384);
    assertThat(full.path("status").asString()).isEqualTo("degraded");
    assertThat(full.path("problems").toString()).contains("cache: ", "make room");
    assertThat(get("/metrics").body()).contains("polygon_cache_writable 0.0");
    assertThat(get(DAYS).statusCode()).as("it is answered all the same").isEqualTo(200);
    Files.delete(filler);
    assertThat(health().at("/cache/writable").asBoolean()).isTrue();
  }

  @Test
  void aDiskThatIsReadOnlyIsNoticed() throws Exception {
    assumeTrue(mounted, "no disk may be mounted here");
    get(DAYS);
    server.close();
    manager.close();
    assumeTrue(run("mount", "-o", "remount,ro", disk.toString()), "it cannot be made read-only");
    open();
    JsonNode failing = health();
    assertThat(failing.at("/cache/writable").asBoolean()).isFalse();
    assertThat(failing.path("status").asString()).isEqualTo("degraded");
    assertThat(failing.path("problems").toString()).contains("full or read-only");
    assertThat(failing.at("/data/newest_day").asString()).isEqualTo("2024-01-31");
    assertThat(get(DAYS).statusCode()).isEqualTo(200);
  }
}
