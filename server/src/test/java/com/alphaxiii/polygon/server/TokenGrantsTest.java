package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.Secret;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What tokens allow, over real connections. */
class TokenGrantsTest {
  private static final String BARS =
      "{\"symbol\":\"AAPL\",\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-05\"}";

  private static TestServer start(AccessToken... tokens) {
    return TestServer.start(config -> config.withTokens(List.of(tokens)));
  }

  private static AccessToken token(String name) {
    return AccessToken.of(name, new Secret("token-of-" + name));
  }

  private static HttpResponse<String> get(TestServer server, String name, String path) {
    return server.get(path, "X-API-Key", "token-of-" + name);
  }

  private static void lacks(HttpResponse<String> answer, String scope) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(TestServer.json(answer).path("type").asString())
        .isEqualTo("/problems/scope-missing");
    assertThat(TestServer.json(answer).path("detail").asString())
        .contains("'reader'", "'" + scope + "'")
        .doesNotContain("token-of-reader");
  }

  @Test
  void aTokenMayDoWhatItsScopesSay() {
    try (TestServer server =
        start(token("reader").withScopes(Set.of(Scope.BARS, Scope.STATUS)), token("all"))) {
      assertThat(server.post("/api/v1/bars", BARS, "X-API-Key", "token-of-reader").statusCode())
          .isEqualTo(200);
      assertThat(get(server, "reader", "/health").statusCode()).isEqualTo(200);
      assertThat(get(server, "reader", "/health/live").statusCode()).isEqualTo(200);
      assertThat(get(server, "reader", "/nowhere").statusCode()).isEqualTo(404);
      lacks(get(server, "reader", "/api/v1/latest/AAPL"), "market");
      lacks(get(server, "reader", "/api/v1/trades/AAPL?start=2024-01-26&end=2024-01-26"), "ticks");
      lacks(
          server.send(
              server
                  .request("/api/v1/cache?confirm=all")
                  .header("X-API-Key", "token-of-reader")
                  .DELETE()),
          "cache-admin");
      assertThat(server.cache.cleared).isEmpty();
      assertThat(get(server, "all", "/api/v1/latest/AAPL").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void spellingAPathInAnotherWayGetsAroundNoScope() {
    try (TestServer server = start(token("reader").withScopes(Set.of(Scope.BARS)))) {
      for (String path :
          new String[] {
            "/api/v1/./latest/AAPL",
            "/api/v1/x/../latest/AAPL",
            "/api//v1/latest/AAPL",
            "/api/v1/%6catest/AAPL",
            "/api/v1/latest/AAPL/",
            "/api/v1/latest/%41APL"
          }) {
        HttpResponse<String> answer = get(server, "reader", path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isIn(403, 404);
        assertThat(answer.body()).doesNotContain("185.5");
      }
    }
  }

  @Test
  void theVendorsPathsRefuseInTheVendorsForm() {
    try (TestServer server =
        start(
            token("reader").withScopes(Set.of(Scope.BARS)),
            token("slow").withLimit(new AccessToken.Limit(1, Duration.ofHours(1))))) {
      HttpResponse<String> refused = get(server, "reader", "/v3/reference/exchanges");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(TestServer.json(refused).path("status").asString()).isEqualTo("NOT_AUTHORIZED");
      assertThat(TestServer.json(refused).path("message").asString()).contains("'vendor'");
      assertThat(server.asked).isEmpty();
      String path = "/v3/reference/exchanges?apiKey=token-of-slow";
      assertThat(server.get(path).statusCode()).isEqualTo(200);
      HttpResponse<String> limited = server.get(path);
      assertThat(limited.statusCode()).isEqualTo(429);
      assertThat(limited.headers().firstValueAsLong("Retry-After").orElse(0))
          .isBetween(3_500L, 3_600L);
      assertThat(TestServer.json(limited).path("status").asString()).isEqualTo("ERROR");
      assertThat(TestServer.json(limited).path("error").asString()).contains("'slow'");
    }
  }

  @Test
  void requestsBeyondTheLimitAreRefusedAndCounted() {
    try (TestServer server =
        start(
            token("slow").withLimit(new AccessToken.Limit(3, Duration.ofHours(1))), token("all"))) {
      for (int i = 0; i < 3; i++) {
        assertThat(get(server, "slow", "/health").statusCode()).isEqualTo(200);
      }
      HttpResponse<String> limited = get(server, "slow", "/health");
      assertThat(limited.statusCode()).isEqualTo(429);
      assertThat(limited.headers().firstValueAsLong("Retry-After").orElse(0))
          .isBetween(3_500L, 3_600L);
      assertThat(TestServer.json(limited).path("type").asString())
          .isEqualTo("/problems/token-limit");
      assertThat(TestServer.json(limited).path("detail").asString())
          .contains("'slow'", "3 requests in 3600 seconds");
      assertThatThrownBy(() -> server.connect("ws", "X-API-Key", "token-of-slow"))
          .isInstanceOf(CompletionException.class);
      assertThat(get(server, "all", "/health").statusCode()).isEqualTo(200);
      String metrics = get(server, "all", "/metrics").body();
      assertThat(metrics)
          .contains(
              "polygon_token_requests_total{token=\"slow\"} 5.0",
              "polygon_token_refused_total{reason=\"limit\",token=\"slow\"} 2.0",
              "polygon_token_refused_total{reason=\"limit\",token=\"all\"} 0.0")
          .doesNotContain("token-of-slow");
    }
  }

  @Test
  void socketsAreLimitedByToken() {
    try (TestServer server = start(token("two").withSockets(2), token("all"))) {
      String path = "/ws/me?token=token-of-two";
      TestClient first = server.connect("me", "X-API-Key", "token-of-two");
      try (TestClient second = server.connect("me", "X-API-Key", "token-of-two");
          TestClient other = server.connect("me", "X-API-Key", "token-of-all")) {
        assertThat(second.next("connected").path("client_id").asString()).isEqualTo("me#2");
        assertThat(other.next("connected").path("client_id").asString()).isEqualTo("me#3");
        assertThatThrownBy(() -> TestClient.connect(server.uri(path), List.of()))
            .isInstanceOf(CompletionException.class)
            .hasStackTraceContaining("429");
        first.close();
        Await.until("a place is free", () -> connects(server, path));
        assertThat(get(server, "all", "/metrics").body())
            .contains("polygon_token_refused_total{reason=\"scope\",token=\"two\"} 0.0")
            .doesNotContain("polygon_token_refused_total{reason=\"sockets\",token=\"two\"} 0.0");
      }
    }
  }

  private static boolean connects(TestServer server, String path) {
    try {
      TestClient.connect(server.uri(path), List.of()).close();
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }

  @Test
  void aTokenWithoutTheScopeGetsNoSocket() {
    try (TestServer server = start(token("reader").withScopes(Set.of(Scope.BARS)))) {
      assertThatThrownBy(() -> server.connect("me", "X-API-Key", "token-of-reader"))
          .isInstanceOf(CompletionException.class)
          .hasStackTraceContaining("403");
    }
  }

  @Test
  void pagesMayReadWhyTheyAreRefused() {
    String page = "https://charts.example.com";
    try (TestServer server =
        TestServer.start(
            config ->
                config
                    .withCorsOrigins(List.of(page))
                    .withTokens(
                        List.of(
                            token("slow")
                                .withLimit(new AccessToken.Limit(1, Duration.ofHours(1))))))) {
      for (int status : new int[] {200, 429}) {
        HttpResponse<String> answer =
            server.get("/health", "X-API-Key", "token-of-slow", "Origin", page);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(page);
      }
      HttpResponse<String> unknown = server.get("/health", "Origin", page);
      assertThat(unknown.statusCode()).isEqualTo(401);
      assertThat(unknown.headers().firstValue("Access-Control-Allow-Origin")).contains(page);
      HttpResponse<String> stranger = server.get("/health", "Origin", "https://other.example");
      assertThat(stranger.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }
}
