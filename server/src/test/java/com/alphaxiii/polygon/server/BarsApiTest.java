package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TimeRange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BarsApiTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void calm() {
    server.bars.fate = answer -> answer;
    server.bars.requests.clear();
  }

  private static HttpResponse<String> ask(String body) {
    return server.post("/api/v1/bars", body);
  }

  private static JsonNode bars(String more) {
    HttpResponse<String> response =
        ask(
            "{\"symbol\":\"AAPL\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-02\"%s}"
                .formatted(more));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestServer.json(response);
  }

  @Test
  void answersTheExampleOfTheSpecification() {
    HttpResponse<String> response =
        ask(
            """
            {"symbol": "AAPL", "timeframe": "5min", "start_date": "2024-01-01",
             "end_date": "2024-01-31", "use_cache": true, "validate": true}\
            """);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode answer = TestServer.json(response);
    assertThat(answer.propertyNames())
        .containsExactly(
            "symbol",
            "timeframe",
            "start_date",
            "end_date",
            "bar_count",
            "data",
            "cached",
            "source",
            "adjust",
            "timezone",
            "validation",
            "completeness");
    assertThat(answer.path("symbol").asString()).isEqualTo("AAPL");
    assertThat(answer.path("timeframe").asString()).isEqualTo("5min");
    assertThat(answer.path("start_date").asString()).isEqualTo("2024-01-01");
    assertThat(answer.path("end_date").asString()).isEqualTo("2024-01-31");
    assertThat(answer.path("bar_count").asInt()).isEqualTo(21 * 16 * 12);
    assertThat(answer.path("data").size()).isEqualTo(21 * 16 * 12);
    assertThat(answer.path("cached").asBoolean()).isTrue();
    assertThat(answer.path("source").asString()).isEqualTo("cache");
    assertThat(answer.path("adjust").asString()).isEqualTo("split");
    assertThat(answer.path("timezone").asString()).isEqualTo("America/New_York");
    assertThat(answer.path("validation").path("overall_quality").asString()).isEqualTo("EXCELLENT");
    assertThat(answer.path("validation").path("score").asDouble()).isEqualTo(1);
    assertThat(answer.path("validation").path("issues").isEmpty()).isTrue();
    assertThat(answer.path("completeness").path("complete").asBoolean()).isTrue();
    assertThat(answer.path("completeness").path("unsettled_from").isNull()).isTrue();
  }

  @Test
  void writesEachBarByTheContract() {
    String text =
        ask("{\"symbol\":\"AAPL\",\"timeframe\":\"1min\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-02\",\"limit\":2}")
            .body();
    assertThat(text)
        .contains(
            """
            "data":[{"timestamp":"2024-01-02T04:00:00-05:00","open":185.0,"high":185.25,\
            "low":184.5,"close":185.1,"volume":1000,"vwap":185.01,"transactions":9},\
            {"timestamp":"2024-01-02T04:01:00-05:00","open":185.05,"high":185.3,\
            "low":184.55,"close":185.15,"volume":1001,"vwap":185.06,"transactions":9}]\
            """);
  }

  @Test
  void passesTheQuestionOnWhole() {
    bars(
        ",\"timeframe\":\"15m\",\"use_cache\":false,\"adjust\":\"total\",\"as_of\":\"2024-02-01\",\"validate\":false");
    BarRequest request = server.bars.requests.remove();
    assertThat(request.timeframe()).hasToString("15min");
    assertThat(request.useCache()).isFalse();
    assertThat(request.adjustment()).hasToString("total");
    assertThat(request.asOf()).hasToString("2024-02-01");
    assertThat(request.range())
        .isEqualTo(
            TimeRange.of(
                Instant.parse("2024-01-02T05:00:00Z"), Instant.parse("2024-01-03T05:00:00Z")));
  }

  @Test
  void takesInstantsWithBothEndsIncluded() {
    JsonNode answer =
        TestServer.json(
            ask(
                """
                {"symbol":"AAPL","timeframe":"1min","start_date":"2024-01-02T14:30:00Z",
                 "end_date":"2024-01-02T09:40:00-05:00"}\
                """));
    assertThat(answer.path("bar_count").asInt()).isEqualTo(11);
    assertThat(answer.path("data").path(10).path("timestamp").asString())
        .isEqualTo("2024-01-02T09:40:00-05:00");
  }

  @Test
  void repeatsTheTimeframeAsAsked() {
    assertThat(bars(",\"timeframe\":\"60min\"").path("timeframe").asString()).isEqualTo("60min");
  }

  @Test
  void tellsTimesInTheAskedZone() {
    JsonNode utc = bars(",\"timeframe\":\"1min\",\"timezone\":\"UTC\"");
    assertThat(utc.path("data").path(0).path("timestamp").asString())
        .isEqualTo("2024-01-02T09:00:00+00:00");
    JsonNode delhi = bars(",\"timeframe\":\"1min\",\"timezone\":\"Asia/Kolkata\"");
    assertThat(delhi.path("data").path(0).path("timestamp").asString())
        .isEqualTo("2024-01-02T14:30:00+05:30");
    assertThat(delhi.path("timezone").asString()).isEqualTo("Asia/Kolkata");
  }

  @Test
  void keepsOneSession() {
    JsonNode regular = bars(",\"timeframe\":\"1min\",\"session\":\"regular\"");
    assertThat(regular.path("bar_count").asInt()).isEqualTo(390);
    assertThat(regular.path("data").path(0).path("timestamp").asString())
        .isEqualTo("2024-01-02T09:30:00-05:00");
    assertThat(bars(",\"timeframe\":\"1min\",\"session\":\"pre\"").path("bar_count").asInt())
        .isEqualTo(330);
    assertThat(bars(",\"timeframe\":\"1min\",\"session\":\"post\"").path("bar_count").asInt())
        .isEqualTo(240);
    assertThat(bars(",\"timeframe\":\"1min\",\"session\":\"all\"").path("bar_count").asInt())
        .isEqualTo(960);
  }

  @Test
  void makesHoursOfASessionOnlyOfWhatLiesInIt() {
    JsonNode hours = bars(",\"timeframe\":\"1hour\",\"session\":\"regular\"");
    assertThat(hours.path("bar_count").asInt()).isEqualTo(7);
    JsonNode first = hours.path("data").path(0);
    assertThat(first.path("timestamp").asString()).isEqualTo("2024-01-02T09:00:00-05:00");
    // Thirty minutes, the 331st to the 360th of the day: not the whole hour.
    int volume = 0;
    for (int minute = 330; minute < 360; minute++) {
      volume += 1_000 + minute;
    }
    assertThat(first.path("volume").asInt()).isEqualTo(volume);
    assertThat(first.path("transactions").asInt()).isEqualTo(30 * 9);
  }

  @Test
  void limitsFromTheFirstOfTheAskedOrder() {
    JsonNode ascending = bars(",\"timeframe\":\"1min\",\"limit\":3");
    assertThat(ascending.path("data").valueStream().map(bar -> bar.path("timestamp").asString()))
        .containsExactly(
            "2024-01-02T04:00:00-05:00", "2024-01-02T04:01:00-05:00", "2024-01-02T04:02:00-05:00");
    JsonNode descending = bars(",\"timeframe\":\"1min\",\"limit\":2,\"order\":\"desc\"");
    assertThat(descending.path("data").valueStream().map(bar -> bar.path("timestamp").asString()))
        .containsExactly("2024-01-02T19:59:00-05:00", "2024-01-02T19:58:00-05:00");
    assertThat(descending.path("bar_count").asInt()).isEqualTo(2);
  }

  @Test
  void leavesValidationOutWhenAskedTo() {
    assertThat(bars(",\"timeframe\":\"5min\",\"validate\":false").path("validation").isNull())
        .isTrue();
  }

  @Test
  void tellsWhatIsMissingAndWhatMayChange() {
    server.bars.fate =
        answer ->
            new BarAnswer(
                answer.bars(),
                BarAnswer.Source.MIXED,
                List.of(
                    TimeRange.of(
                        Instant.parse("2024-01-02T15:00:00Z"),
                        Instant.parse("2024-01-02T16:00:00Z"))),
                Instant.parse("2024-01-02T20:00:00Z"));
    JsonNode answer = bars(",\"timeframe\":\"5min\"");
    assertThat(answer.path("cached").asBoolean()).isFalse();
    assertThat(answer.path("source").asString()).isEqualTo("mixed");
    assertThat(answer.path("completeness").toString())
        .isEqualTo(
            "{\"complete\":false,\"missing\":[{\"start\":\"2024-01-02T10:00:00-05:00\",\"end\":\"2024-01-02T11:00:00-05:00\"}],\"unsettled_from\":\"2024-01-02T15:00:00-05:00\"}");
  }

  @Test
  void explainsAnEmptyAnswer() {
    JsonNode unknown =
        TestServer.json(
            ask(
                "{\"symbol\":\"NOPE\",\"timeframe\":\"5min\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-05\"}"));
    assertThat(unknown.path("bar_count").asInt()).isZero();
    assertThat(unknown.path("data").isEmpty()).isTrue();
    assertThat(unknown.path("explanation").asString()).contains("NOPE", "no such symbol");
    JsonNode holiday =
        TestServer.json(
            ask(
                "{\"symbol\":\"AAPL\",\"timeframe\":\"5min\",\"start_date\":\"2024-01-13\",\"end_date\":\"2024-01-15\"}"));
    assertThat(holiday.path("explanation").asString())
        .isEqualTo("The market was closed from 2024-01-13 to 2024-01-15");
  }

  @Test
  void namesAllProblemsAtOnce() {
    HttpResponse<String> response =
        ask(
            """
            {"symbol":"A A","timeframe":"5fortnights","start_date":"2024-13-01","use_cache":"yes",
             "adjust":"some","session":"night","timezone":"Mars/Olympus","limit":0,"order":"up",
             "as_of":"now","validate":1,"frobnicate":[1]}\
            """);
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = TestServer.json(response);
    assertThat(problem.path("status").asInt()).isEqualTo(422);
    assertThat(problem.path("title").asString()).isEqualTo("Invalid request");
    assertThat(problem.path("type").asString()).isEqualTo("/problems/invalid-request");
    assertThat(problem.path("request_id").asString())
        .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
    JsonNode errors = problem.path("errors");
    assertThat(errors.valueStream().map(error -> error.path("field").asString()))
        .containsExactlyInAnyOrder(
            "symbol",
            "timeframe",
            "start_date",
            "end_date",
            "use_cache",
            "adjust",
            "session",
            "timezone",
            "limit",
            "order",
            "as_of",
            "validate",
            "frobnicate");
    for (JsonNode error : errors) {
      assertThat(error.path("message").asString()).isNotBlank();
      boolean absent = error.path("field").asString().equals("end_date");
      assertThat(error.path("value").isNull()).isEqualTo(absent);
    }
    assertThat(server.bars.requests).isEmpty();
  }

  @Test
  void refusesARangeThatEndsBeforeItStarts() {
    HttpResponse<String> response =
        ask(
            "{\"symbol\":\"AAPL\",\"timeframe\":\"1d\",\"start_date\":\"2024-01-05\",\"end_date\":\"2024-01-02\"}");
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(TestServer.json(response).at("/errors/0/field").asString()).isEqualTo("end_date");
  }

  @Test
  void refusesASessionOfDayBars() {
    HttpResponse<String> response =
        ask(
            "{\"symbol\":\"AAPL\",\"timeframe\":\"1day\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-02\",\"session\":\"regular\"}");
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(TestServer.json(response).at("/errors/0/field").asString()).isEqualTo("session");
  }

  @Test
  void refusesWhatIsNotAJsonObject() {
    for (String body :
        List.of("{\"symbol\":", "", "[1]", "{\"a\":1,\"a\":2}", "{} {}", "\"AAPL\"", "{'a':1}")) {
      HttpResponse<String> response = ask(body);
      assertThat(response.statusCode()).as(body).isEqualTo(400);
      JsonNode problem = TestServer.json(response);
      assertThat(problem.path("type").asString()).isEqualTo("/problems/malformed-request");
      assertThat(problem.path("detail").asString()).isNotBlank();
    }
  }

  @Test
  void refusesABodyOfMoreThanAMebibyte() {
    HttpResponse<String> response = ask(" ".repeat((1 << 20) + 1));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(TestServer.json(response).path("detail").asString()).contains("1048576");
  }

  @Test
  void tellsWhyTheUpstreamFailed() {
    fails(() -> new PolygonException.NotEntitled("AAPL: not in your plan", "v1"), 403, null);
    fails(
        () -> new PolygonException.NotYetAvailable("2024-01-26: after the close", "v1"), 403, null);
    fails(() -> new PolygonException.Unauthorized("the key was refused", "v1"), 502, null);
    fails(
        () -> new PolygonException.RateLimited("AAPL: wait", "v1", Duration.ofMillis(2_100)),
        429,
        "3");
    fails(() -> new PolygonException.Unavailable("AAPL: unreachable", "v1", null), 503, "5");
    fails(() -> new PolygonException.BadData("AAPL: out of order", "v1", null), 502, null);
    fails(() -> new PolygonException.StorageFailure("disk full", null), 500, null);
    fails(() -> new PolygonException.InvalidRequest("AAPL: bad multiplier", "v1"), 400, null);
    fails(() -> new PolygonException.InvalidRequest("as_of", "x", "too early"), 422, null);
    fails(() -> new PolygonException.NotFound("AAPL: gone", "v1"), 404, null);
  }

  private static void fails(Supplier<PolygonException> error, int status, String retryAfter) {
    server.bars.fate =
        answer -> {
          throw error.get();
        };
    HttpResponse<String> response =
        ask(
            "{\"symbol\":\"AAPL\",\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-05\"}");
    JsonNode problem = TestServer.json(response);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").asString()).isEqualTo(error.get().getMessage());
    assertThat(problem.path("request_id").asString()).isNotBlank();
    assertThat(problem.path("upstream_request_id").asString(null))
        .isEqualTo(error.get().requestId().orElse(null));
    assertThat(response.headers().firstValue("Retry-After").orElse(null)).isEqualTo(retryAfter);
  }

  @Test
  void hidesWhatItDidNotExpect() {
    server.bars.fate =
        answer -> {
          throw new IllegalStateException("inner secret");
        };
    HttpResponse<String> response =
        ask(
            "{\"symbol\":\"AAPL\",\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-05\"}");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("inner secret").contains("internal-error");
  }

  @Test
  void answersEvenWhenTheMachineFails() {
    server.bars.fate =
        answer -> {
          throw new StackOverflowError();
        };
    assertThat(
            ask("{\"symbol\":\"AAPL\",\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-05\"}")
                .statusCode())
        .isEqualTo(500);
  }

  @Test
  void compressesWhenAsked() throws Exception {
    String body =
        "{\"symbol\":\"AAPL\",\"timeframe\":\"1min\",\"start_date\":\"2024-01-01\",\"end_date\":\"2024-01-31\"}";
    HttpRequest request =
        server
            .request("/api/v1/bars")
            .header("Accept-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<byte[]> response =
        server.http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
    String plain = ask(body).body();
    assertThat(plain).hasSizeGreaterThan(2_000_000);
    assertThat(unzipped(response.body())).isEqualTo(plain);
  }

  private static String unzipped(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
