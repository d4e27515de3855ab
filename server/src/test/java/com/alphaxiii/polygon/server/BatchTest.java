package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BatchTest {
  private static final String BATCH = "/api/v1/bars/batch";

  private TestServer server;

  @BeforeEach
  void start() {
    server =
        TestServer.start(config -> config.withTokens(Map.of("desk", new Secret("desk-token"))));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> ask(String symbols, String more) {
    return server.post(
        BATCH,
        "{\"symbols\":%s,\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-02\"%s}"
            .formatted(symbols, more),
        "Authorization",
        "Bearer desk-token");
  }

  @Test
  void answersEverySymbolInItsPlace() {
    server.bars.fate =
        answer -> {
          if (answer.bars().ticker().symbol().equals("TSLA")) {
            throw new PolygonException.Unavailable("TSLA cannot be had now", "id-1", null);
          }
          return answer;
        };

    HttpResponse<String> response =
        ask("[\"AAPL\",\"not a symbol\",\"TSLA\",\"MSFT\",\"AAPL\"]", "");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode answer = TestServer.json(response);
    assertThat(answer.get("count").intValue()).isEqualTo(4);
    assertThat(answer.get("failed").intValue()).isEqualTo(2);
    JsonNode results = answer.get("results");
    assertThat(results.valueStream().map(each -> each.get("symbol").asString()))
        .containsExactly("AAPL", "not a symbol", "TSLA", "MSFT");
    assertThat(results.at("/0/bar_count").intValue()).isEqualTo(16);
    assertThat(results.at("/1/error/status").intValue()).isEqualTo(422);
    assertThat(results.at("/2/error/detail").asString()).isEqualTo("TSLA cannot be had now");
    assertThat(results.at("/2/error/upstream_request_id").asString()).isEqualTo("id-1");
    assertThat(results.at("/3/explanation").isMissingNode()).isFalse();
    assertThat(server.bars.callers).containsOnly("desk");
  }

  @Test
  void keepsTheOrderOfManySymbols() {
    List<String> symbols = IntStream.range(0, 300).mapToObj(i -> "S" + letters(i)).toList();

    JsonNode answer =
        TestServer.json(
            ask(symbols.stream().collect(Collectors.joining("\",\"", "[\"", "\"]")), ""));

    assertThat(answer.get("results").valueStream().map(each -> each.get("symbol").asString()))
        .containsExactlyElementsOf(symbols);
    assertThat(answer.get("failed").intValue()).isZero();
  }

  private static String letters(int i) {
    return "" + (char) ('A' + i / 26) + (char) ('A' + i % 26);
  }

  @Test
  void whatIsWrongForAllIsSaidAtOnce() {
    HttpResponse<String> response = ask("[]", ",\"order\":\"up\",\"symbol\":\"AAPL\"");

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(
            TestServer.json(response)
                .get("errors")
                .valueStream()
                .map(e -> e.get("field").asString()))
        .containsExactlyInAnyOrder("symbols", "order", "symbol");
    for (String symbols : List.of("\"AAPL\"", "[1]", "{\"a\":\"b\"}", "null")) {
      assertThat(ask(symbols, "").statusCode()).as(symbols).isEqualTo(422);
    }
  }
}
