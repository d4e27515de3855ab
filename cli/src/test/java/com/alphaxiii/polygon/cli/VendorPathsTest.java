package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.server.DataServer;
import com.alphaxiii.polygon.server.ServerConfig;
import com.alphaxiii.polygon.simulator.Replay;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The server says on the vendor's paths what the vendor says, page after page. */
class VendorPathsTest {
  private static final Instant MORNING = Instant.parse("2024-02-01T15:30:00Z");
  private static final String KEY = "advanced-key";

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path folder;

  private static Simulator simulator;
  private static PolygonDataManager manager;
  private static DataServer server;

  @BeforeAll
  static void start() {
    InstantSource system = InstantSource.system();
    InstantSource clock = InstantSource.offset(system, Duration.between(system.instant(), MORNING));
    simulator = Simulator.start(Scenario.builder().clock(clock).live(new Replay.Model(1)).build());
    PolygonConfig config =
        PolygonConfig.builder()
            .apiKey(KEY)
            .baseUrl(simulator.baseUrl())
            .streamUrl(simulator.streamUrl())
            .cacheDir(folder)
            .build();
    manager = PolygonDataManager.open(config, clock, NanoClock.system());
    server = DataServer.start(ServerConfig.of("127.0.0.1", 0), Wiring.ports(manager, clock));
  }

  @AfterAll
  static void stop() {
    server.close();
    manager.close();
    simulator.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "range/1/day/2024-01-01/2024-01-31?limit=4",
        "range/1/day/2024-01-01/2024-01-31?sort=desc&limit=4",
        "range/1/week/2023-11-01/2024-01-12?limit=7",
        "range/1/month/2023-03-10/2024-01-12",
        "range/5/minute/2024-01-03/2024-01-04?limit=301&adjusted=false",
        "range/1/hour/2024-01-03/2024-01-05?limit=100",
        "range/1/hour/2024-01-03/2024-01-05?limit=100&sort=desc",
        "range/1/hour/2024-01-03/2024-01-05?limit=7",
        "range/15/minute/1704290400000/1704294000000",
        "range/7/minute/2024-01-03/2024-01-03?limit=500",
      })
  void barsAreTheVendors(String question) throws Exception {
    String path = "/v2/aggs/ticker/AAPL/" + question;
    assertSamePages(path);
    simulator.requests().clear();
    List<JsonNode> again = pages(server.baseUrl().resolve(path));
    assertThat(again).isNotEmpty();
    if (!question.startsWith("range/7")) {
      assertThat(simulator.requests().requests()).as("the cache answers").isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v3/reference/tickers?market=stocks&limit=5",
        "/v3/reference/splits?ticker=AAPL",
        "/v3/reference/dividends?ticker=AAPL&limit=10",
        "/v3/reference/conditions?limit=20",
        "/v3/reference/exchanges",
        "/v3/trades/AAPL?timestamp=2024-01-03&limit=5000&order=asc",
        "/v2/aggs/ticker/AAPL/prev",
        "/v2/aggs/grouped/locale/us/market/stocks/2024-01-03",
        "/v1/open-close/AAPL/2024-01-03",
        "/v1/indicators/sma/AAPL?timespan=day&window=5&limit=10&timestamp.gte=2024-01-02&timestamp.lte=2024-01-30",
        "/v3/reference/options/contracts?underlying_ticker=AAPL&limit=100",
        "/v3/reference/tickers/NOPE",
        "/v2/aggs/ticker/AAPL/range/1/day/2024-02-01/2024-01-01",
      })
  void everythingElseIsTheVendors(String path) throws Exception {
    assertSamePages(path);
  }

  @Test
  void theKeyOfTheServerIsNowhereInWhatItSays() throws Exception {
    HttpResponse<String> answer =
        get(server.baseUrl().resolve("/v3/reference/tickers?limit=1&apiKey=mine"));
    assertThat(answer.body()).doesNotContain(KEY).doesNotContain("mine");
    assertThat(answer.headers().map().toString()).doesNotContain(KEY);
  }

  private static void assertSamePages(String path) throws Exception {
    List<JsonNode> expected = pages(simulator.baseUrl().resolve(path));
    List<JsonNode> found = pages(server.baseUrl().resolve(path));
    assertThat(found).isEqualTo(expected);
  }

  /** Status and body of each page, without what differs from request to request. */
  private static List<JsonNode> pages(URI first) throws Exception {
    List<JsonNode> pages = new ArrayList<>();
    URI next = first;
    while (next != null && pages.size() < 200) {
      assertThat(next.getAuthority()).isEqualTo(first.getAuthority());
      HttpResponse<String> answer = get(next);
      ObjectNode page = (ObjectNode) JSON.readTree(answer.body());
      page.put("http", answer.statusCode());
      page.remove("request_id");
      JsonNode link = page.remove("next_url");
      next = link == null ? null : URI.create(link.stringValue());
      page.put("more", next != null);
      withoutLastDigits(page);
      pages.add(page);
    }
    return pages;
  }

  /** Averages depend on the order of adding, and links on the host. */
  private static void withoutLastDigits(ObjectNode page) {
    for (JsonNode parent : page.findParents("vw")) {
      double average = parent.get("vw").doubleValue();
      ((ObjectNode) parent).put("vw", Math.round(average * 1e9) / 1e9);
    }
    if (page.path("results").path("underlying") instanceof ObjectNode underlying) {
      underlying.remove("url");
    }
  }

  private static HttpResponse<String> get(URI uri) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + KEY).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
