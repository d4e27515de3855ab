package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo as a newcomer meets it: no key, no network, any hour of the week. */
class DemoTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern ADDRESS = Pattern.compile("http://\\S+:\\d+");

  @TempDir Path folder;
  private final StopSignal stop = new StopSignal();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final HttpClient http = HttpClient.newHttpClient();
  private CompletableFuture<Integer> demo;
  private URI url;

  @BeforeEach
  void start() {
    CommandContext context =
        CliRun.context(
            folder, Map.of(), stop, CliRun.stream(new ByteArrayOutputStream()), CliRun.stream(err));
    demo =
        CompletableFuture.supplyAsync(
            () -> CommandLineProgram.run(new String[] {"demo", "--port", "0"}, context),
            task -> Thread.ofPlatform().start(task));
    url = awaitAddress();
  }

  @AfterEach
  void stop() throws Exception {
    stop.stop();
    assertThat(demo.get(30, TimeUnit.SECONDS)).isZero();
    http.shutdownNow();
    assertThat(folder).isEmptyDirectory();
  }

  private URI awaitAddress() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline && !demo.isDone()) {
      Matcher matcher = ADDRESS.matcher(err.toString(StandardCharsets.UTF_8));
      if (matcher.find()) {
        return URI.create(matcher.group());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    throw new AssertionError("no address in: " + err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void answersTheSpecificationsRequestForBars() throws Exception {
    String request =
        """
        {
            "symbol": "AAPL",
            "timeframe": "5min",
            "start_date": "2024-01-01",
            "end_date": "2024-01-31",
            "use_cache": true,
            "validate": true
        }
        """;
    JsonNode first = post(request);
    assertThat(first.get("symbol").asString()).isEqualTo("AAPL");
    assertThat(first.get("timeframe").asString()).isEqualTo("5min");
    // 21 trading days, each at most 16 hours of 12 bars.
    assertThat(first.get("bar_count").asInt()).isBetween(21 * 78, 21 * 192);
    assertThat(first.get("data").size()).isEqualTo(first.get("bar_count").asInt());
    assertThat(first.get("cached").asBoolean()).isFalse();
    assertThat(first.get("validation").get("overall_quality").asString()).isEqualTo("EXCELLENT");
    for (JsonNode bar : first.get("data")) {
      assertThat(bar.get("timestamp").asString()).endsWith("-05:00");
      assertThat(bar.get("high").asDouble()).isGreaterThanOrEqualTo(bar.get("low").asDouble());
    }

    JsonNode second = post(request);
    assertThat(second.get("cached").asBoolean()).isTrue();
    assertThat(second.get("data")).isEqualTo(first.get("data"));
  }

  @Test
  void streamsTradesAndQuotesAsTheSpecificationSubscribes() throws Exception {
    try (HubClient client = HubClient.open(http, url, "my-client-id")) {
      assertThat(client.await("connected").get("client_id").asString()).isEqualTo("my-client-id");
      client.send(
          """
          {"action": "subscribe", "symbols": ["AAPL", "MSFT"], "channels": ["T", "Q"]}\
          """);
      client.awaitUntil(c -> c.trades("AAPL").size() > 2 && c.trades("MSFT").size() > 2, "trades");
      client.awaitUntil(c -> !c.quotes("AAPL").isEmpty(), "a quote");
      assertThat(client.quotes("AAPL").getFirst())
          .matches("[0-9]+ [1-9][0-9]*[.][0-9]+ x [0-9.]+, [1-9][0-9]*[.][0-9]+ x [0-9.]+");
    }
  }

  @Test
  void knowsTheLatestPriceAtAnyHour() throws Exception {
    JsonNode latest = JSON.readTree(get("/api/v1/latest/AAPL", 200));
    assertThat(latest.get("symbol").asString()).isEqualTo("AAPL");
    assertThat(latest.get("price").asDouble()).isPositive();
    JsonNode unknown = JSON.readTree(get("/api/v1/latest/NOPE", 404));
    assertThat(unknown.get("detail").asString()).contains("NOPE");
    assertThat(JSON.readTree(get("/health", 200)).get("status").asString()).isNotBlank();
  }

  private JsonNode post(String body) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(url.resolve("/api/v1/bars"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private String get(String path, int status) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(url.resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return response.body();
  }
}
