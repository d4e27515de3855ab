package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Topic;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MetricsTest {
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private double value(String series) {
    HttpResponse<String> response = server.get("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    Matcher line =
        Pattern.compile("^" + Pattern.quote(series) + " (\\S+)$", Pattern.MULTILINE)
            .matcher(response.body());
    return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
  }

  @Test
  void countsAnswersByRouteAndStatus() {
    for (int i = 0; i < 3; i++) {
      server.get("/api/v1/latest/AAPL");
    }
    server.get("/api/v1/latest/NOPE");
    String answers =
        "polygon_http_requests_seconds_count{method=\"GET\",route=\"/api/v1/latest/{symbol}\",status=\"%s\"}";
    Await.until("three are counted", () -> value(answers.formatted("200")) == 3);
    Await.until("one is counted", () -> value(answers.formatted("404")) == 1);
    assertThat(server.get("/metrics").body()).doesNotContain("AAPL").doesNotContain("NOPE");
  }

  @Test
  void tellsOfARecording() {
    assertThat(value("polygon_recording_recorded_total")).isEqualTo(7);
    assertThat(value("polygon_recording_dropped_total")).isEqualTo(2);
    assertThat(value("polygon_recording_failing")).isZero();
    assertThat(server.get("/health").body())
        .contains(
            "\"recording\":{\"state\":\"recording\",",
            "\"recorded\":7,\"dropped\":2,\"gaps\":1,\"sessions_waiting\":0,");
    server.recording = Optional.empty();
    assertThat(server.get("/health").body()).doesNotContain("recording");
  }

  @Test
  void countsWhereBarsCameFrom() {
    server.get("/api/v1/bars/AAPL?timeframe=1h&start_date=2024-01-02&end_date=2024-01-02");
    server.get("/api/v1/bars/MSFT?timeframe=1h&start_date=2024-01-02&end_date=2024-01-02");

    assertThat(value("polygon_bars_answers_total{source=\"cache\"}")).isEqualTo(1);
    assertThat(value("polygon_bars_answers_total{source=\"upstream\"}")).isEqualTo(1);
  }

  @Test
  void tellsTheBudgetAndTheMachine() {
    assertThat(value("polygon_budget_limit")).isEqualTo(10_000);
    assertThat(value("polygon_budget_remaining")).isEqualTo(4_988);
    assertThat(value("polygon_budget_throttled_total")).isEqualTo(3);
    assertThat(server.get("/metrics").body()).contains("jvm_memory_used_bytes");
  }

  @Test
  void countsWhatTheHubDoes() {
    try (TestClient one = server.connect("one");
        TestClient two = server.connect("two")) {
      for (TestClient client : new TestClient[] {one, two}) {
        client.nextText();
        client.nextText();
        client.send("{\"action\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"T\"]}");
        client.nextText();
      }
      Await.until("subscribed upstream", () -> server.feed.topics().size() == 1);
      for (int i = 0; i < 5; i++) {
        server.feed.emit(Events.trade("AAPL", 185.5, i));
      }
      server.feed.emit(
          new Gap(Set.of(Topic.parse("T.AAPL")), TestServer.NOW.minusSeconds(5), TestServer.NOW));

      Await.until("all are delivered", () -> value("polygon_hub_delivered_total") == 10);
      assertThat(value("polygon_hub_received_total")).isEqualTo(5);
      assertThat(value("polygon_hub_gaps_total")).isEqualTo(1);
      assertThat(value("polygon_hub_clients")).isEqualTo(2);
      assertThat(value("polygon_hub_topics")).isEqualTo(1);
    }
  }

  @Test
  void tellsHowLongEventsTakeAndWhoIsSilent() {
    assertThat(TestServer.json(server.get("/health")).at("/latency/channels").size()).isZero();
    try (TestClient client = server.connect("one").subscribe("[\"AAPL\"]", "[\"T\"]")) {
      Await.until("subscribed upstream", () -> server.feed.topics().size() == 1);
      for (int i = 0; i < 1_000; i++) {
        server.feed.emit(Events.trade("AAPL", 185.5, i));
      }
      String hub = "polygon_hub_latency_seconds_%s{channel=\"T\",market=\"stocks\"%s}";
      Await.until("all are written", () -> value(hub.formatted("count", "")) == 1_000);
      assertThat(value(hub.formatted("bucket", ",le=\"10.0\""))).isEqualTo(1_000);
      assertThat(value(hub.formatted("sum", ""))).isBetween(1e-6, 1_000 * 10.0);
      // The trades are of 12 ms before the time at which this server's clock stands still.
      String upstream = "polygon_stream_latency_seconds_%s{channel=\"T\",market=\"stocks\"%s}";
      assertThat(value(upstream.formatted("count", ""))).isEqualTo(1_000);
      assertThat(value(upstream.formatted("bucket", ",le=\"0.01\""))).isZero();
      assertThat(value(upstream.formatted("bucket", ",le=\"5.0\""))).isEqualTo(1_000);
      assertThat(value("polygon_stream_stale{market=\"stocks\"}")).isZero();

      JsonNode health = TestServer.json(server.get("/health"));
      JsonNode trades = health.at("/latency/channels/0");
      assertThat(trades.path("market").asString()).isEqualTo("stocks");
      assertThat(trades.path("channel").asString()).isEqualTo("T");
      assertThat(trades.path("events").asInt()).isEqualTo(1_000);
      for (String part : new String[] {"upstream_ms", "hub_ms"}) {
        JsonNode times = trades.path(part);
        assertThat(times.path("p50").asDouble()).as(part).isPositive();
        assertThat(times.path("p99").asDouble()).isBetween(times.path("p50").asDouble(), 10_000.0);
        assertThat(times.path("max").asDouble())
            .isGreaterThanOrEqualTo(times.path("p99").asDouble());
      }
      assertThat(trades.at("/upstream_ms/p50").asDouble()).isGreaterThanOrEqualTo(12);
      assertThat(health.at("/staleness/0/market").asString()).isEqualTo("stocks");
      assertThat(health.at("/staleness/0/phase").asString()).isEqualTo("open");
      assertThat(health.at("/staleness/0/stale").asBoolean()).isFalse();
    }
  }
}
