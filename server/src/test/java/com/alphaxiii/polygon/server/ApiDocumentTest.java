package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Timespan;
import com.alphaxiii.polygon.core.Topic;
import java.net.http.HttpRequest;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {
  private static final String BARS = "/api/v1/bars";
  private static final String LATEST = "/api/v1/latest/{symbol}";

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

  @Test
  void describesExactlyTheRoutesThatThereAre() {
    Set<String> described = new TreeSet<>();
    for (String path : document.paths().fieldNames()) {
      for (String method : document.paths().getJsonObject(path).fieldNames()) {
        described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path);
      }
    }
    assertThat(described).containsExactlyInAnyOrderElementsOf(server.server.routes());
  }

  @Test
  void foretellsEveryAnswer() {
    String question =
        "{\"symbol\":\"%s\",\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-05\"%s}";
    for (String body :
        new String[] {
          question.formatted("AAPL", ""),
          question.formatted("AAPL", ",\"validate\":false"),
          question.formatted("NOPE", ""),
          question.formatted("AAPL", ",\"limit\":\"x\",\"foo\":[1,{}]"),
          "{"
        }) {
      document.assertForetells("post", BARS, server.post(BARS, body));
    }
    String address = "/api/v1/bars/AAPL?timeframe=1h&start_date=2024-01-02&end_date=2024-01-05";
    for (String more :
        new String[] {
          "",
          "&format=csv",
          "&format=ndjson",
          "&format=arrow",
          "&format=parquet",
          "&format=xml",
          "&x=1"
        }) {
      document.assertForetells("get", "/api/v1/bars/{symbol}", server.get(address + more));
      document.assertForetells(
          "post", BARS, server.post(BARS + "?" + more, question.formatted("AAPL", "")));
    }
    document.assertForetells(
        "get", "/api/v1/bars/{symbol}", server.get(address, "Accept", "image/png"));
    String many = question.replace("\"symbol\":\"%s\"", "\"symbols\":[\"AAPL\",\"!\",\"NOPE\"]");
    for (String body : new String[] {many.formatted(""), many.formatted(",\"x\":1"), "[]"}) {
      document.assertForetells(
          "post", "/api/v1/bars/batch", server.post("/api/v1/bars/batch", body));
    }
    for (String body :
        new String[] {
          "{\"symbols\":[\"AAPL\",\"NOPE\",\"aapl\"],\"detailed\":true}",
          "{\"symbols\":[\"MSFT\"]}",
          "{\"symbols\":[]}",
          "{"
        }) {
      document.assertForetells("post", "/api/v1/validate", server.post("/api/v1/validate", body));
    }
    for (String query : new String[] {"", "?refresh=true", "?refresh=x"}) {
      document.assertForetells("get", "/api/v1/features", server.get("/api/v1/features" + query));
    }
    String range =
        "{\"symbol\":\"%s\",\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-05\"%s}";
    for (String body :
        new String[] {
          range.formatted("AAPL", ""),
          range.formatted("NOPE", ",\"adjust\":\"split\",\"use_cache\":false"),
          range.formatted("!", ",\"limit\":1"),
          "["
        }) {
      document.assertForetells(
          "post", "/api/v1/validate/data", server.post("/api/v1/validate/data", body));
    }
    for (String path : new String[] {"quote", "snapshot", "splits", "dividends"}) {
      for (String symbol : new String[] {"AAPL", "O:AAPL240216C00185000", "NOPE", "!"}) {
        String described = "/api/v1/" + path + "/{symbol}";
        document.assertForetells(
            "get", described, server.get("/api/v1/%s/%s".formatted(path, symbol)));
      }
    }
    for (String path : new String[] {"trades", "quotes"}) {
      for (String more :
          new String[] {
            "&limit=9",
            "&format=csv",
            "&format=ndjson",
            "&format=arrow",
            "&format=parquet",
            "&limit=0"
          }) {
        for (String symbol : new String[] {"AAPL", "NOPE"}) {
          document.assertForetells(
              "get",
              "/api/v1/" + path + "/{symbol}",
              server.get(
                  "/api/v1/%s/%s?start=2024-01-26&end=2024-01-26%s".formatted(path, symbol, more)));
        }
      }
    }
    for (String query : new String[] {"", "?start=2024-01-01&end=2024-02-01", "?start=x&end=y"}) {
      document.assertForetells("get", "/api/v1/calendar", server.get("/api/v1/calendar" + query));
    }
    for (String query :
        new String[] {"", "?query=ap", "?query=nothing", "?query=&limit=0&market=x"}) {
      document.assertForetells("get", "/api/v1/search", server.get("/api/v1/search" + query));
    }
    for (String query :
        new String[] {"", "?confirm=all", "?symbol=AAPL&older_than_days=3", "?x=1"}) {
      document.assertForetells("delete", "/api/v1/cache", server.delete("/api/v1/cache" + query));
    }
    document.assertForetells("get", LATEST, server.get("/api/v1/latest/AAPL"));
    document.assertForetells("get", LATEST, server.get("/api/v1/latest/MSFT"));
    document.assertForetells("get", LATEST, server.get("/api/v1/latest/NOPE"));
    document.assertForetells("get", LATEST, server.get("/api/v1/latest/!"));
    for (String path :
        new String[] {
          "/api/v1/market",
          "/api/v1/rate-limit",
          "/api/v1/cache/stats",
          "/health",
          "/health/live",
          "/health/ready",
          "/openapi.json"
        }) {
      document.assertForetells("get", path, server.get(path));
      document.assertForetells("get", path, server.get(path + "?surplus=1"));
    }
    document.assertForetells("get", "/assets/{file}", server.get("/assets/dashboard.js"));
    document.assertForetells("get", "/docs/{file}", server.get("/docs/nothing"));
    document.assertForetells("get", "/ws/{client_id}", server.get("/ws/me"));
  }

  @Test
  void foretellsEveryFailureOfTheUpstream() {
    String question =
        "{\"symbol\":\"AAPL\",\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-05\"}";
    for (PolygonException error :
        new PolygonException[] {
          new PolygonException.NotEntitled("no", "id"),
          new PolygonException.Unauthorized("no", "id"),
          new PolygonException.RateLimited("no", "id", null),
          new PolygonException.Unavailable("no", "id", null),
          new PolygonException.BadData("no", "id", null),
          new PolygonException.StorageFailure("no", null),
          new PolygonException.InvalidRequest("no", "id")
        }) {
      server.bars.fate =
          answer -> {
            throw error;
          };
      document.assertForetells("post", BARS, server.post(BARS, question));
    }
  }

  @Test
  void doesNotCallValidWhatTheServerRefuses() {
    String[] refused = {
      "{\"symbol\":\"AAPL\"}",
      "{\"symbol\":1,\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-05\"}",
      "{\"symbol\":\"A\",\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-05\",\"x\":1}",
      "{\"symbol\":\"A\",\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-05\",\"limit\":0}",
      "{\"symbol\":\"A\",\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-05\",\"order\":\"up\"}"
    };
    for (String body : refused) {
      assertThat(server.post(BARS, body).statusCode()).as(body).isEqualTo(422);
      assertThat(document.accepts("BarsRequest", body)).as(body).isFalse();
    }
  }

  @Test
  void foretellsEveryMessageOfTheStream() {
    try (TestClient client = server.connect("all")) {
      document.assertMessage("ServerMessage", client.nextText());
      document.assertMessage("ServerMessage", client.nextText());
      String subscribe =
          "{\"action\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"T\",\"Q\",\"A\",\"AM\"],\"policy\":\"drop_oldest\"}";
      document.assertMessage("ClientMessage", subscribe);
      client.send(subscribe);
      document.assertMessage("ServerMessage", client.nextText());
      Await.until("subscribed upstream", () -> server.feed.topics().size() == 4);
      server.feed.emit(Events.trade("AAPL", 185.5, 1));
      server.feed.emit(Events.quote("AAPL"));
      server.feed.emit(Events.aggregate("AAPL", Timespan.SECOND));
      server.feed.emit(Events.aggregate("AAPL", Timespan.MINUTE));
      server.feed.emit(
          new FeedStatus(FeedStatus.State.RECONNECTING, "lost, trying again", TestServer.NOW));
      server.feed.emit(
          new Gap(Set.of(Topic.parse("T.AAPL")), TestServer.NOW.minusSeconds(5), TestServer.NOW));
      for (int i = 0; i < 6; i++) {
        document.assertMessage("ServerMessage", client.nextText());
      }
      document.assertForetells("get", "/health", server.get("/health"));
      for (String message :
          new String[] {
            "{\"action\":\"list\"}",
            "{\"action\":\"ping\"}",
            "{\"action\":\"unsubscribe\",\"symbols\":[\"*\"],\"channels\":[\"T\"]}"
          }) {
        document.assertMessage("ClientMessage", message);
        client.send(message);
        document.assertMessage("ServerMessage", client.nextText());
      }
      client.send("nonsense");
      document.assertMessage("ServerMessage", client.nextText());
    }
  }

  @Test
  void isWhatABrowserOfTheApiCanLoad() {
    HttpRequest.Builder request =
        server.request("/openapi.json").header("Origin", "http://localhost:3000");
    var response = server.send(request);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("http://localhost:3000");
    assertThat(TestServer.json(response).path("openapi").asString()).isEqualTo("3.1.0");
  }
}
