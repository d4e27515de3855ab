package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEdgeTest {
  @Test
  void answersUnknownPathsAndWrongMethodsWithProblems() {
    try (TestServer server = TestServer.start()) {
      HttpResponse<String> unknown = server.get("/api/v2/bars");
      assertThat(unknown.statusCode()).isEqualTo(404);
      isProblem(unknown, "/problems/unknown-path");
      HttpResponse<String> wrong = server.get("/api/v1/bars");
      assertThat(wrong.statusCode()).isEqualTo(405);
      assertThat(wrong.headers().firstValue("Allow")).contains("POST");
      isProblem(wrong, "/problems/wrong-method");
      HttpResponse<String> socket = server.post("/ws/me", "{}");
      assertThat(socket.statusCode()).isEqualTo(405);
      assertThat(socket.headers().firstValue("Allow")).contains("GET");
      HttpResponse<String> plain = server.get("/ws/me");
      assertThat(plain.statusCode()).isEqualTo(426);
      isProblem(plain, "/problems/upgrade-required");
      assertThat(server.get("/ws/").statusCode()).isEqualTo(404);
      assertThat(server.get("/ws/a/b").statusCode()).isEqualTo(404);
    }
  }

  private static void isProblem(HttpResponse<String> response, String type) {
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(TestServer.json(response).path("type").asString()).isEqualTo(type);
    assertThat(TestServer.json(response).path("request_id").asString())
        .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
  }

  @Test
  void keepsASaneRequestIdAndReplacesOthers() {
    try (TestServer server = TestServer.start()) {
      assertThat(requestId(server, "trace-42.a:b_c")).isEqualTo("trace-42.a:b_c");
      assertThat(requestId(server, "x".repeat(129))).isNotEqualTo("x".repeat(129)).isNotBlank();
      assertThat(requestId(server, "<script>")).doesNotContain("<");
      assertThat(requestId(server, "a")).isEqualTo("a");
      String one = server.get("/health").headers().firstValue("X-Request-Id").orElseThrow();
      String two = server.get("/health").headers().firstValue("X-Request-Id").orElseThrow();
      assertThat(one).isNotEqualTo(two);
    }
  }

  private static String requestId(TestServer server, String given) {
    return server
        .get("/health", "X-Request-Id", given)
        .headers()
        .firstValue("X-Request-Id")
        .orElseThrow();
  }

  @Test
  void tellsTheLatestPrice() {
    try (TestServer server = TestServer.start()) {
      assertThat(server.get("/api/v1/latest/AAPL").body())
          .isEqualTo(
              "{\"symbol\":\"AAPL\",\"price\":185.5,\"size\":100,\"exchange\":4,\"timestamp\":\"2024-01-26T10:59:59.762-05:00\",\"age_ms\":250,\"source\":\"stream\",\"market\":\"open\"}");
      assertThat(server.get("/api/v1/latest/MSFT").body())
          .contains("\"size\":null,\"exchange\":null", "\"source\":\"minute_bar\"");
      HttpResponse<String> unknown = server.get("/api/v1/latest/NOPE");
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(TestServer.json(unknown).path("detail").asString()).contains("NOPE");
      HttpResponse<String> bad = server.get("/api/v1/latest/a%20b?x=1");
      assertThat(bad.statusCode()).isEqualTo(422);
      assertThat(TestServer.json(bad).path("errors").size()).isEqualTo(2);
    }
  }

  @Test
  void aQueryCannotReplaceWhatThePathNames() {
    try (TestServer server = TestServer.start()) {
      HttpResponse<String> twice = server.get("/api/v1/latest/AAPL?symbol=MSFT");
      assertThat(twice.statusCode()).isEqualTo(422);
      assertThat(TestServer.json(twice).at("/errors/0/field").asString()).isEqualTo("symbol");
      assertThat(TestServer.json(twice).at("/errors/0/value").asString()).isEqualTo("MSFT");
    }
  }

  @Test
  void aBodyBeyondWhatTheParserTakesIsMalformed() {
    try (TestServer server = TestServer.start()) {
      String deep = "{\"symbol\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
      String longNumber = "{\"limit\":" + "9".repeat(5_000) + "}";
      String longName = "{\"" + "n".repeat(60_000) + "\":1}";
      for (String body : List.of(deep, longNumber, longName)) {
        HttpResponse<String> answer = server.post("/api/v1/bars", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        isProblem(answer, "/problems/malformed-request");
      }
    }
  }

  @Test
  void answersHeadAsGetWithoutABody() {
    try (TestServer server =
        TestServer.start(
            config -> config.withTokens(Map.of("notebook", new Secret("notebook-token"))))) {
      HttpResponse<String> live = server.send(server.request("/health/live").HEAD());
      assertThat(live.statusCode()).isEqualTo(200);
      assertThat(live.body()).isEmpty();
      assertThat(live.headers().firstValue("Content-Length")).contains("18");
      HttpResponse<String> refused = server.send(server.request("/health").HEAD());
      assertThat(refused.statusCode()).isEqualTo(401);
      HttpResponse<String> known =
          server.send(server.request("/health").HEAD().header("X-API-Key", "notebook-token"));
      assertThat(known.statusCode()).isEqualTo(200);
      // The same connection goes on: nothing of an answer is left in it.
      assertThat(server.get("/health/live").body()).isEqualTo("{\"status\":\"alive\"}");
      HttpResponse<String> wrong = server.post("/health", "{}", "X-API-Key", "notebook-token");
      assertThat(wrong.headers().firstValue("Allow")).contains("GET, HEAD");
    }
  }

  @Test
  void tellsTheRateLimitAndTheStateOfThings() {
    try (TestServer server = TestServer.start()) {
      assertThat(server.get("/api/v1/rate-limit").body())
          .isEqualTo(
              "{\"tier\":\"advanced\",\"limit_per_minute\":10000,\"used_last_minute\":12,\"remaining\":4988,\"reset_seconds\":41.5,\"queued\":0,\"throttled_total\":3,\"rejected_by_upstream_total\":1,\"in_flight\":2,\"effective_limit_per_minute\":5000,\"expected_wait_seconds\":0.25,\"notice\":\"half"
                  + " of it\"}");
      assertThat(server.get("/health").body())
          .contains("\"status\":\"ok\"", "\"version\":\"development\"", "\"clients\":0");
      assertThat(server.get("/health/live").body()).isEqualTo("{\"status\":\"alive\"}");
      assertThat(server.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
      try (TestClient client = server.connect("one")) {
        client.next("connected");
        assertThat(TestServer.json(server.get("/health")).at("/websocket/clients").asInt())
            .isEqualTo(1);
      }
      Await.until(
          "the place is free again",
          () -> TestServer.json(server.get("/health")).at("/websocket/clients").asInt() == 0);
    }
  }

  @Test
  void worksOnBehalfOfTheTokensName() {
    String body =
        "{\"symbol\":\"AAPL\",\"timeframe\":\"1day\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-03\"}";
    Map<String, Secret> tokens =
        Map.of(
            "notebook", new Secret("notebook-token"), "nightly job", new Secret("nightly-token"));
    try (TestServer server = TestServer.start(config -> config.withTokens(tokens))) {
      server.post("/api/v1/bars", body, "X-API-Key", "notebook-token");
      server.post("/api/v1/bars", body, "Authorization", "Bearer nightly-token");
      assertThat(server.bars.callers).containsExactly("notebook", "nightly job");
    }
    try (TestServer open = TestServer.start()) {
      open.post("/api/v1/bars", body);
      assertThat(open.bars.callers).containsExactly("");
    }
  }

  @Test
  void asksForATokenInEveryForm() {
    try (TestServer server =
        TestServer.start(
            config -> config.withTokens(Map.of("notebook", new Secret("notebook-token"))))) {
      HttpResponse<String> none = server.get("/api/v1/latest/AAPL");
      assertThat(none.statusCode()).isEqualTo(401);
      isProblem(none, "/problems/unauthorized");
      assertThat(server.get("/api/v1/latest/AAPL", "Authorization", "Bearer notebook-token"))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(200);
      assertThat(server.get("/api/v1/latest/AAPL", "X-API-Key", "notebook-token"))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(200);
      HttpResponse<String> wrong = server.get("/api/v1/latest/AAPL", "X-API-Key", "notebook-tokeN");
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(wrong.body()).doesNotContain("notebook-tokeN");
      assertThat(server.get("/api/v1/latest/AAPL?token=notebook-token").statusCode())
          .isEqualTo(401);
      assertThat(server.get("/health").statusCode()).isEqualTo(401);
      assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
      try (TestClient client = server.connect("me?token=notebook-token")) {
        assertThat(client.next("connected").path("client_id").asString()).isEqualTo("me");
      }
      try (TestClient client = server.connect("me", "Authorization", "Bearer notebook-token")) {
        client.next("connected");
      }
      assertThatThrownBy(() -> server.connect("me")).isInstanceOf(CompletionException.class);
      assertThatThrownBy(() -> server.connect("me?token=wrong-token"))
          .isInstanceOf(CompletionException.class);
    }
  }

  @Test
  void letsPagesOfThisMachineReadAnswers() {
    try (TestServer server = TestServer.start()) {
      HttpResponse<String> own =
          server.post(
              "/api/v1/bars",
              "{\"symbol\":\"AAPL\",\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-02\"}",
              "Origin",
              "http://localhost:3000");
      assertThat(own.statusCode()).isEqualTo(200);
      assertThat(own.headers().firstValue("Access-Control-Allow-Origin"))
          .contains("http://localhost:3000");
      assertThat(own.headers().allValues("Vary")).contains("Origin");
      HttpResponse<String> preflight = preflight(server, "http://localhost:3000");
      assertThat(preflight.statusCode()).isEqualTo(204);
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
          .get()
          .asString()
          .contains("Content-Type");
      HttpResponse<String> foreign = server.get("/health", "Origin", "https://evil.example");
      assertThat(foreign.statusCode()).isEqualTo(403);
      assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      assertThat(TestServer.json(foreign).path("detail").asString()).contains("CORS_ORIGINS");
      assertThat(preflight(server, "https://evil.example").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void browsersAskBeforeTheyPresentATokenAndOnlyListedOriginsMay() {
    try (TestServer server =
        TestServer.start(
            config ->
                config
                    .withTokens(Map.of("charts", new Secret("charts-token")))
                    .withCorsOrigins(List.of("https://charts.example.com")))) {
      // A browser presents no token yet.
      HttpResponse<String> asked = preflight(server, "https://charts.example.com");
      assertThat(asked.statusCode()).isEqualTo(204);
      assertThat(asked.headers().firstValue("Access-Control-Allow-Origin"))
          .contains("https://charts.example.com");
      assertThat(asked.headers().firstValue("Access-Control-Allow-Methods"))
          .hasValueSatisfying(methods -> assertThat(methods).contains("GET", "POST", "DELETE"));
      assertThat(asked.headers().firstValue("Access-Control-Allow-Headers"))
          .hasValueSatisfying(
              names -> assertThat(names).contains("Authorization", "X-API-Key", "Content-Type"));
      assertThat(asked.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
      assertThat(asked.headers().allValues("Vary")).contains("Origin");
      for (String other :
          List.of(
              "http://charts.example.com",
              "https://charts.example.com:8443",
              "https://charts.example.com.evil.example",
              "http://localhost:3000",
              "null")) {
        HttpResponse<String> refused = preflight(server, other);
        assertThat(refused.statusCode()).as(other).isEqualTo(other.equals("null") ? 204 : 403);
      }
      HttpResponse<String> read =
          server.get(
              "/health", "Origin", "https://charts.example.com", "X-API-Key", "charts-token");
      assertThat(read.statusCode()).isEqualTo(200);
      assertThat(server.get("/health", "Origin", "https://charts.example.com").statusCode())
          .as("an origin is no token")
          .isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/latest/..%2F..%2Fetc%2Fpasswd",
        "/api/v1/latest/%2e%2e%2f%2e%2e",
        "/api/v1/bars/AAPL%2F..?timeframe=1day&start_date=2024-01-02&end_date=2024-01-02",
        "/api/v1/latest/AAPL%00",
        "/api/v1/latest/%c0%ae%c0%ae%c0%af",
        "/api/v1/latest/%ff%fe",
        "/api/v1/latest/%0d%0aSet-Cookie:%20a=b",
        "/api/v1/search?query=%0d%0aSet-Cookie:%20a=b&x",
        "/api/v1/splits/%5c%5chost%5cshare",
      })
  void oddEncodingsAreRefusedAndReachNothing(String path) throws Exception {
    try (TestServer server = TestServer.start()) {
      String answer =
          raw(server, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
      assertThat(answer.substring(0, answer.indexOf("\r\n\r\n")))
          .as("no header of the client's making")
          .doesNotContainIgnoringCase("Set-Cookie");
      assertThat(server.asked).isEmpty();
      assertThat(server.bars.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/aggs/ticker/AAPL/range/1/day/..%2f..%2fadmin/2024-01-31",
        "/v3/reference/tickers/..%2f..%2fx",
        "/v3/reference/tickers/../../x",
        "/v3/reference/tickers/%2e%2e/%2e%2e/x",
        "/v3/reference/tickers/AAPL%0d%0aHost:evil.example",
        "/v3/reference/tickers//evil.example/x",
        "/v3/@evil.example/x",
      })
  void noSpellingOfAVendorsPathLeadsElsewhere(String path) throws Exception {
    try (TestServer server = TestServer.start()) {
      raw(server, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      // What is passed on stays one segment of a path that the catalogue knows.
      assertThat(server.asked)
          .allSatisfy(
              asked ->
                  assertThat(asked)
                      .isEqualTo(path)
                      .startsWith("/v")
                      .doesNotContain("/../", "//", "\r", "\n", "/%2e"));
    }
  }

  private static HttpResponse<String> preflight(TestServer server, String origin) {
    return server.send(
        server
            .request("/api/v1/bars")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .headers(
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "content-type"));
  }

  @Test
  void keepsForeignPagesOffTheStream() {
    try (TestServer server = TestServer.start()) {
      assertThatThrownBy(() -> server.connect("me", "Origin", "https://evil.example"))
          .isInstanceOf(CompletionException.class);
      assertThatThrownBy(() -> server.connect("me", "Origin", "null"))
          .isInstanceOf(CompletionException.class);
      try (TestClient page = server.connect("me", "Origin", "http://localhost:3000")) {
        page.next("connected");
      }
    }
  }

  @Test
  void keepsOutNamesThatOnlyPointHere() throws Exception {
    try (TestServer server = TestServer.start()) {
      assertThat(
              raw(
                  server,
                  "GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 401");
      assertThat(
              raw(server, "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void answersWhatItCannotReadWithAProblem() throws Exception {
    try (TestServer server = TestServer.start()) {
      String ok = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
      assertThat(raw(server, "GET /api/v1/latest/AAPL?x=%zz" + ok + "\r\n"))
          .startsWith("HTTP/1.1 4")
          .contains("application/problem+json", "\"request_id\":\"");
      assertThat(raw(server, "GET /api/v1/latest/%zz" + ok + "\r\n"))
          .startsWith("HTTP/1.1 4")
          .contains("application/problem+json", "\"request_id\":\"");
      assertThat(raw(server, "GET /ws/%zz" + ok + "\r\n"))
          .startsWith("HTTP/1.1 4")
          .contains("application/problem+json");
      assertThat(raw(server, "GET /" + "a".repeat(5_000) + ok + "\r\n"))
          .containsPattern("^HTTP/1.. 414 ")
          .contains("application/problem+json");
      assertThat(raw(server, "GET /health" + ok + "X-Long: " + "a".repeat(9_000) + "\r\n\r\n"))
          .containsPattern("^HTTP/1.. 431 ")
          .contains("application/problem+json");
      assertThat(raw(server, "nonsense\r\n\r\n"))
          .containsPattern("^HTTP/1.. 400 ")
          .contains("/problems/malformed-request");
    }
  }

  private static String raw(TestServer server, String request) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket.setSoTimeout((int) Await.PATIENCE.toMillis());
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void saysWhenThePortIsTaken() {
    try (TestServer server = TestServer.start()) {
      int port = server.server.port();
      assertThatThrownBy(() -> TestServer.start(config -> ServerConfig.of("127.0.0.1", port)))
          .isInstanceOf(PolygonException.InvalidRequest.class)
          .hasMessageContaining(Integer.toString(port));
    }
  }
}
