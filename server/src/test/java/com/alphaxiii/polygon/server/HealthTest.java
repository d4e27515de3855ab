package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.CacheStatus;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.UpstreamStatus;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What {@code /health} says of that on which the server depends, and what that makes of it. */
class HealthTest {
  private static final UpstreamStatus AWAY =
      new UpstreamStatus(
          UpstreamStatus.State.UNREACHABLE,
          Optional.of(TestServer.NOW.minusSeconds(90)),
          Optional.of(TestServer.NOW.minusSeconds(5)),
          Optional.of(Duration.ofMillis(21)),
          Optional.of("it does not answer"));

  private TestServer server;
  private ApiDocument document;

  @BeforeEach
  void start() {
    server = TestServer.start();
    document = ApiDocument.of(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode health(int status, String name, String... problems) {
    HttpResponse<String> answer = server.get("/health");
    document.assertForetells("get", "/health", answer);
    JsonNode health = TestServer.json(answer);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(health.path("status").asString()).isEqualTo(name);
    assertThat(health.path("problems").valueStream().map(JsonNode::asString))
        .containsExactly(problems);
    return health;
  }

  private int ready() {
    HttpResponse<String> answer = server.get("/health/ready");
    document.assertForetells("get", "/health/ready", answer);
    return answer.statusCode();
  }

  private String metrics() {
    return server.get("/metrics").body();
  }

  @Test
  void isOkWhenAllIs() {
    JsonNode health = health(200, "ok");
    assertThat(health.path("upstream").toString())
        .isEqualTo(
            "{\"state\":\"reachable\",\"last_answer\":\"2024-01-26T10:59:57.012-05:00\","
                + "\"last_failure\":null,\"latency_ms\":21,\"problem\":null}");
    assertThat(health.path("cache").toString())
        .isEqualTo(
            "{\"writable\":true,\"problem\":null,\"bytes\":5400,\"max_bytes\":1073741824,"
                + "\"disk_free_bytes\":10737418240,\"disk_bytes\":42949672960}");
    // It is Friday, 11:00, so Thursday's bars are settled.
    assertThat(health.path("data").toString())
        .isEqualTo(
            "{\"newest_bar\":\"2024-01-24T15:59:00-05:00\",\"age_seconds\":154860,"
                + "\"newest_day\":\"2024-01-24\",\"settled_day\":\"2024-01-25\",\"days_behind\":1}");
    assertThat(metrics())
        .contains(
            "polygon_upstream_state{state=\"reachable\"} 1.0",
            "polygon_upstream_state{state=\"unreachable\"} 0.0",
            "polygon_upstream_answer_age_seconds 3.0",
            "polygon_cache_writable 1.0",
            "polygon_cache_bytes 5400.0",
            "polygon_cache_max_bytes 1.073741824E9",
            "polygon_cache_disk_free_bytes 1.073741824E10",
            "polygon_cache_newest_bar_age_seconds 154860.012");
  }

  @Test
  void isDegradedWithoutTheVendorAndReadyAllTheSame() {
    server.upstream = AWAY;
    JsonNode health = health(200, "degraded", "upstream: it does not answer");
    assertThat(health.path("upstream").path("last_failure").asString())
        .isEqualTo("2024-01-26T10:59:55.012-05:00");
    assertThat(ready()).isEqualTo(200);
    assertThat(metrics()).contains("polygon_upstream_state{state=\"unreachable\"} 1.0");
  }

  @Test
  void isDegradedWithoutTheStream() {
    server.feed.emit(new FeedStatus(FeedStatus.State.DOWN, "no network", TestServer.NOW));
    Await.until(
        "it is noticed",
        () -> server.get("/health").body().contains("\"stream: down, no network\""));
    health(200, "degraded", "stream: down, no network");
  }

  @Test
  void isDegradedWhenTheCacheCannotBeWrittenOrTheDiskIsNearlyFull() {
    server.cache.status = status("read-only", 1L << 30);
    assertThat(
            health(200, "degraded", "cache: read-only").path("cache").path("writable").asBoolean())
        .isFalse();
    assertThat(metrics()).contains("polygon_cache_writable 0.0");
    server.cache.status = status(null, 100L << 20);
    health(
        200,
        "degraded",
        "disk: only 100 MiB are left where the cache is: make room, or set CACHE_MAX_BYTES");
    server.cache.status = MemoryCache.WELL;
    health(200, "ok");
  }

  private static CacheStatus status(String problem, long free) {
    return new CacheStatus(
        Optional.ofNullable(problem), 1, OptionalLong.empty(), free, 2L << 30, Optional.empty());
  }

  @Test
  void isUnhealthyWhenNeitherVendorNorCacheCanBeUsed() {
    server.cache.unreadable = true;
    assertThat(health(200, "degraded", "cache: the catalog cannot be read").path("cache").isNull())
        .isTrue();
    assertThat(ready()).isEqualTo(200);
    server.upstream = AWAY;
    health(503, "unhealthy", "upstream: it does not answer", "cache: the catalog cannot be read");
    assertThat(ready()).isEqualTo(503);
  }

  @Test
  void onlyTheSummaryAsksTheVendor() {
    ready();
    server.get("/health/live");
    metrics();
    assertThat(server.probed).hasValue(0);
    int looks = server.cache.looks.get();
    ready();
    assertThat(server.cache.looks).as("a look at readiness is cheap").hasValue(looks);
    health(200, "ok");
    assertThat(server.probed).hasValue(1);
  }
}
