package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.Secret;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A server that has more to do than it can bear. */
class OverloadTest {
  private static final long MB = 1 << 20;
  private static final String BARS =
      "/api/v1/bars/AAPL?timeframe=1min&start_date=2024-01-02&end_date=2024-01-%s";
  private static final String SMALL = BARS.formatted("02");
  private static final String LARGE = BARS.formatted("31");

  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicInteger inside = new AtomicInteger();

  private BarAnswer hold(BarAnswer answer) {
    inside.incrementAndGet();
    try {
      assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    inside.decrementAndGet();
    return answer;
  }

  private static CompletableFuture<HttpResponse<String>> ask(
      TestServer server, String path, String token) {
    return server.http.sendAsync(
        server.request(path).header("X-API-Key", token).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static void isBusy(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValueAsLong("Retry-After")).hasValue(1);
  }

  @Test
  void moreRequestsThanItBearsAreRefusedAtOnceAndSoAreThoseOfOneWhoHasMost() throws Exception {
    Load.Limits limits = new Load.Limits(4, 64 * MB, 64 * MB, 10, Duration.ofSeconds(20));
    try (TestServer server =
        TestServer.start(
            config ->
                config.withTokens(
                    Map.of("a", new Secret("token-of-a"), "b", new Secret("token-of-b"))),
            limits)) {
      server.bars.fate = this::hold;
      List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        held.add(ask(server, SMALL, "token-of-a"));
      }
      Await.until("three are under way", () -> inside.get() == 3);
      HttpResponse<String> busy = server.get(SMALL, "X-API-Key", "token-of-a");
      isBusy(busy);
      assertThat(TestServer.json(busy).path("type").asString()).isEqualTo("/problems/overloaded");
      held.add(ask(server, SMALL, "token-of-b"));
      Await.until("four are under way", () -> inside.get() == 4);
      isBusy(server.get("/api/v1/latest/AAPL", "X-API-Key", "token-of-b"));
      HttpResponse<String> vendor =
          server.get("/v3/reference/exchanges", "X-API-Key", "token-of-b");
      isBusy(vendor);
      assertThat(TestServer.json(vendor).path("status").asString()).isEqualTo("ERROR");
      assertThat(server.asked).isEmpty();
      String metrics = server.get("/metrics", "X-API-Key", "token-of-a").body();
      assertThat(metrics).contains("polygon_load_refused_total 3.0", "polygon_load_requests 4.0");
      go.countDown();
      for (CompletableFuture<HttpResponse<String>> each : held) {
        assertThat(each.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      }
      Await.until(
          "there is room again",
          () -> server.get(SMALL, "X-API-Key", "token-of-a").statusCode() == 200);
    }
  }

  @Test
  void largeAnswersTakeTurnsAndSmallOnesDoNotWaitForThem() throws Exception {
    // A month of minutes counts about 4 MB, a day less than half of one.
    Load.Limits limits = new Load.Limits(100, 8 * MB, 5 * MB, 2, Duration.ofSeconds(20));
    try (TestServer server = TestServer.start(limits)) {
      server.bars.fate = answer -> answer.bars().size() > 1_000 ? hold(answer) : answer;
      List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        held.add(ask(server, LARGE, "none"));
      }
      Await.until("one is under way", () -> inside.get() == 1);
      Await.until("two wait", () -> server.get("/metrics").body().contains("load_waiting 2.0"));
      assertThat(inside.get()).isOne();
      isBusy(server.get(LARGE));
      assertThat(server.get(SMALL).statusCode()).isEqualTo(200);
      assertThat(server.get("/api/v1/latest/AAPL").statusCode()).isEqualTo(200);
      go.countDown();
      for (CompletableFuture<HttpResponse<String>> each : held) {
        assertThat(each.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void whatCanNeverBeBorneIsRefusedWithWordsBeforeAnythingIsRead() {
    Load.Limits limits = new Load.Limits(100, 2 * MB, 5 * MB, 2, Duration.ofSeconds(20));
    try (TestServer server = TestServer.start(limits)) {
      HttpResponse<String> years =
          server.get("/api/v1/bars/AAPL?timeframe=1min&start_date=2014-01-01&end_date=2024-01-01");
      assertThat(years.statusCode()).isEqualTo(422);
      assertThat(TestServer.json(years).path("detail").asString())
          .contains("5 here", "shorter range", "POLYGON_JAVA_OPTS");
      assertThat(server.bars.requests).isEmpty();
      HttpResponse<String> batch =
          server.send(
              server
                  .request("/api/v1/bars/batch")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"symbols\":[\"AAPL\",\"A\",\"B\",\"C\"],\"timeframe\":\"1min\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-31\"}")));
      assertThat(batch.statusCode()).isEqualTo(200);
      assertThat(TestServer.json(batch).path("results").size()).isEqualTo(4);
      assertThat(TestServer.json(batch).path("failed").asInt()).isZero();
    }
  }

  @Test
  void manyLargeAnswersAtOnceFitIntoASmallHeap() throws Exception {
    String surefire = System.getProperty("surefire.test.class.path");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-cp",
                surefire != null ? surefire : System.getProperty("java.class.path"),
                SmallHeap.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    // All of them, all whole and equal.
    assertThat(printed.strip()).matches("\\{200 \\d{8}=40}");
  }
}
