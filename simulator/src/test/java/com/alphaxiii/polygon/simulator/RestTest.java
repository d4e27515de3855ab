package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys, errors, faults and the log: what holds for every endpoint. */
class RestTest {
  private static final String BARS = "/v2/aggs/ticker/NOPE/range/1/day/2024-01-02/2024-01-05";
  private static Simulator simulator;
  private static Web web;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(Scenario.builder().build());
    web = new Web(simulator);
  }

  @AfterAll
  static void stop() {
    web.close();
    simulator.close();
  }

  @BeforeEach
  void forget() {
    simulator.requests().clear();
    simulator.faults().clear();
  }

  @Test
  void saysNothingFoundForAnUnknownSymbol() throws Exception {
    HttpResponse<String> answer = web.get(BARS);
    String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"ticker\":\"NOPE\",\"queryCount\":0,\"resultsCount\":0,\"adjusted\":true,"
                + "\"status\":\"OK\",\"request_id\":\""
                + id
                + "\"}");
  }

  @Test
  void acceptsTheKeyInEitherPlace() throws Exception {
    assertThat(web.get(BARS + "?apiKey=k", "Accept", "*/*").statusCode()).isEqualTo(200);
    assertThat(web.get(BARS, "Authorization", "Bearer k").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesAMissingAndAnUnknownKey() throws Exception {
    HttpResponse<String> missing = web.get(BARS, "Accept", "*/*");
    assertThat(missing.statusCode()).isEqualTo(401);
    assertThat(missing.body())
        .contains("\"status\":\"ERROR\"", "\"error\":\"API Key was not provided\"");
    HttpResponse<String> bad = web.get(BARS, "Authorization", "Bearer bad-key");
    assertThat(bad.statusCode()).isEqualTo(401);
    assertThat(bad.body()).contains("\"error\":\"Unknown API Key\"");
  }

  @Test
  void refusesDatesItCannotRead() throws Exception {
    HttpResponse<String> answer = web.get("/v2/aggs/ticker/AAPL/range/1/day/2024-02-30/2024-03-05");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Web.object(answer.body()))
        .containsEntry("status", "ERROR")
        .containsEntry(
            "error",
            "Could not parse the time parameter: 'from'. Use YYYY-MM-DD or Unix MS Timestamps")
        .containsKey("request_id");
  }

  @Test
  void refusesAnInvertedRange() throws Exception {
    HttpResponse<String> answer = web.get("/v2/aggs/ticker/AAPL/range/1/day/2024-03-06/2024-03-05");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Web.object(answer.body()))
        .containsEntry("error", "The parameter 'to' cannot be a time that occurs before 'from'");
  }

  @Test
  void answersUnknownRoutesWithText() throws Exception {
    HttpResponse<String> answer = web.get("/v9/nothing");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain");
    assertThat(answer.body()).isEqualTo("404 page not found");
  }

  @Test
  void compressesWhenAsked() throws Exception {
    HttpResponse<byte[]> answer =
        web.bytes(BARS, "Authorization", "Bearer k", "Accept-Encoding", "gzip");
    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    try (var in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("{\"ticker\"");
    }
  }

  @Test
  void logsRequestsWithoutTheKey() throws Exception {
    web.get(BARS + "?limit=7&apiKey=secret");
    web.get(BARS + "?apiKey=secret&limit=7", "Accept", "*/*");
    web.get("/v9/nothing");
    assertThat(simulator.requests().total()).isEqualTo(3);
    assertThat(simulator.requests().count("/v2/aggs")).isEqualTo(2);
    assertThat(simulator.requests().paths()).containsExactly(BARS, BARS, "/v9/nothing");
    assertThat(simulator.requests().requests())
        .extracting(RequestLog.Request::target)
        .containsExactly(BARS + "?limit=7", BARS + "?limit=7", "/v9/nothing");
  }

  @Test
  void tellsItsLogAsJsonWithoutCountingThat() throws Exception {
    web.get(BARS);
    web.get(BARS);
    Map<String, Object> log = Web.object(web.get("/simulator/requests", "Accept", "*/*").body());
    assertThat(log).containsEntry("total", 2L).containsEntry("paths", Map.of(BARS, 2L));
  }

  @Test
  void servesScriptedFaultsInTheirOrderAndThenTheTruth() throws Exception {
    simulator.faults().next(Fault.status(429).retryAfter(Duration.ofMillis(1500)), 2);
    simulator.faults().when(path -> path.contains("/aggs/"), Fault.emptyStatus(503), 1);
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> limited = web.get(BARS);
      assertThat(limited.statusCode()).isEqualTo(429);
      assertThat(limited.headers().firstValue("Retry-After")).hasValue("2");
      assertThat(limited.body()).contains("exceeded the maximum requests per minute");
    }
    HttpResponse<String> unavailable = web.get(BARS);
    assertThat(unavailable.statusCode()).isEqualTo(503);
    assertThat(unavailable.body()).isEmpty();
    assertThat(web.get(BARS).statusCode()).isEqualTo(200);
    assertThat(simulator.faults().taken()).isGreaterThanOrEqualTo(3);
    assertThat(simulator.requests().total()).isEqualTo(4);
  }

  /** What comes back for a request line that no decent client would send. */
  private static String raw(String request) throws IOException {
    URI base = simulator.baseUrl();
    try (var socket = new java.net.Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void refusesACursorThatIsNone() throws Exception {
    for (String cursor : List.of("***", "YT0lenoK", "bm90aGluZw")) {
      HttpResponse<String> answer = web.get(BARS + "?cursor=" + cursor);
      assertThat(answer.statusCode()).as(cursor).isEqualTo(400);
      assertThat(answer.body()).contains("\"error\":\"The parameter 'cursor' is invalid\"");
    }
  }

  @Test
  void refusesABrokenEscapeInTheVendorsEnvelope() throws Exception {
    for (String target : List.of("/v2/last/trade/%zz?apiKey=k", BARS + "?apiKey=k&limit=%zz")) {
      String answer = raw("GET " + target + " HTTP/1.0");
      assertThat(answer).as(target).startsWith("HTTP/1.0 400").contains("application/json");
      assertThat(Web.object(answer.substring(answer.indexOf("\r\n\r\n") + 4)))
          .containsEntry("status", "ERROR")
          .containsKeys("request_id", "error");
    }
  }

  @Test
  void namesItsPortInTheNextPageForACallerWithoutAHost() throws Exception {
    assertThat(raw("GET /v3/reference/tickers?limit=1&apiKey=k HTTP/1.0"))
        .contains("\"next_url\":\"" + simulator.baseUrl() + "/v3/reference/tickers?cursor=");
  }

  @Test
  void holdsADisconnectionBackAsLongAsAsked() throws Exception {
    var clock = new ManualNanoClock();
    try (var slow = Simulator.start(Scenario.builder().nanoClock(clock).build());
        var caller = new Web(slow)) {
      slow.faults().next(Fault.disconnect().after(Duration.ofSeconds(5)), Integer.MAX_VALUE);
      var failed =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return "answered " + caller.get(BARS).statusCode();
                } catch (IOException e) {
                  return "cut off";
                } catch (InterruptedException e) {
                  return "interrupted";
                }
              });
      Wait.until("the fault waits", clock::hasSleeper);
      assertThat(failed).isNotDone();
      // The caller may try again by itself.
      Wait.until(
          "cut off",
          () -> {
            clock.advanceSeconds(5);
            return failed.isDone();
          });
      assertThat(failed).isCompletedWithValue("cut off");
    }
  }

  @Test
  void cutsABodyWhereAsked() throws Exception {
    simulator.faults().next(Fault.cutBody(20), 1);
    URI base = simulator.baseUrl();
    try (var socket = new java.net.Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              ("GET " + BARS + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4))
          .isEqualTo("{\"ticker\":\"NOPE\",\"qu");
      assertThat(answer).containsIgnoringCase("content-length: 1");
    }
    simulator.faults().next(Fault.cutBody(20), 1);
    assertThatThrownBy(() -> web.get(BARS)).isInstanceOf(IOException.class);
  }

  @Test
  void disconnectsWithoutAnAnswer() {
    simulator.faults().next(Fault.disconnect(), Integer.MAX_VALUE);
    assertThatThrownBy(() -> web.get(BARS)).isInstanceOf(IOException.class);
  }

  @Test
  void sendsGarbageAndWrongContent() throws Exception {
    simulator.faults().next(Fault.garbage(), 1);
    simulator.faults().next(Fault.wrongContent(), 1);
    HttpResponse<String> garbage = web.get(BARS);
    assertThat(garbage.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> Web.parse(garbage.body()))
        .isInstanceOf(tools.jackson.core.JacksonException.class);
    assertThat(web.get(BARS).headers().firstValue("Content-Type")).hasValue("text/html");
  }
}
