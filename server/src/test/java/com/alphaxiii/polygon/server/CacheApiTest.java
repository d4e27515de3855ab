package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The cache and the search for symbols, over HTTP. */
class CacheApiTest {
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsWhatIsHeld() {
    JsonNode held = TestServer.json(server.get("/api/v1/cache/stats"));
    assertThat(held.get("bars").intValue()).isEqualTo(400);
    assertThat(held.at("/bars_by_timeframe/1min").intValue()).isEqualTo(400);
    assertThat(held.at("/bars_by_timeframe/1day").intValue()).isZero();
    assertThat(held.get("oldest").asString()).startsWith("2024-01-26T11:00:00");
    assertThat(held.get("newest").isNull()).isTrue();
    assertThat(held.at("/ticks/ticks").intValue()).isEqualTo(30);
  }

  @Test
  void emptiesWhatIsNamed() {
    JsonNode cleared =
        TestServer.json(server.delete("/api/v1/cache?symbol=AAPL&older_than_days=30"));
    assertThat(cleared.get("files").intValue()).isEqualTo(2);
    assertThat(cleared.get("bytes").intValue()).isEqualTo(3_000);
    server.delete("/api/v1/cache?older_than_days=0");
    server.delete("/api/v1/cache?symbol=MSFT");
    server.delete("/api/v1/cache?confirm=all");
    assertThat(server.cache.cleared).containsExactly("AAPL 30", "all 0", "MSFT", "all");
  }

  @Test
  void emptiesAllOnlyWhenThatIsConfirmed() {
    for (String query : new String[] {"", "?confirm=yes", "?symbol=AAPL&confirm=no"}) {
      HttpResponse<String> response = server.delete("/api/v1/cache" + query);
      assertThat(response.statusCode()).as(query).isEqualTo(422);
      assertThat(response.body()).contains("confirm=all");
    }
    assertThat(server.delete("/api/v1/cache?symbol=!&older_than_days=-1").statusCode())
        .isEqualTo(422);
    assertThat(server.cache.cleared).isEmpty();
  }

  @Test
  void findsSymbolsBestFirst() {
    JsonNode found = TestServer.json(server.get("/api/v1/search?query=ap&active_only=false"));
    assertThat(found.get("query").asString()).isEqualTo("ap");
    assertThat(found.get("count").intValue()).isEqualTo(2);
    JsonNode first = found.at("/results/0");
    assertThat(first.get("symbol").asString()).isEqualTo("X:APEUSD");
    assertThat(first.get("exchange").isNull()).isTrue();
    assertThat(first.get("active").asBoolean()).isFalse();
    assertThat(found.at("/results/1/exchange").asString()).isEqualTo("XNAS");
    JsonNode none = TestServer.json(server.get("/api/v1/search?query=nothing&limit=3"));
    assertThat(none.get("count").intValue()).isZero();
  }

  @Test
  void namesAllThatIsWrongWithASearch() {
    HttpResponse<String> response = server.get("/api/v1/search?query=%20&limit=0&market=moon&x=1");
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(TestServer.json(response).get("errors").size()).isEqualTo(4);
  }
}
