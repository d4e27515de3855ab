package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TickRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TicksApiTest {
  private static final String DAY = "?start=2024-01-26&end=2024-01-26";

  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String text(String path) {
    HttpResponse<String> response = server.get("/api/v1/" + path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  @Test
  void tellsTradesWithTheirExactTimesAsTextAndNumber() {
    JsonNode answer = TestServer.json(text("trades/AAPL" + DAY));
    assertThat(answer.get("symbol").asString()).isEqualTo("AAPL");
    assertThat(answer.get("count").intValue()).isEqualTo(MemoryFacts.TICKS);
    assertThat(answer.get("limited").booleanValue()).isFalse();
    assertThat(answer.get("explanation").isNull()).isTrue();
    assertThat(answer.at("/data/1").toString())
        .isEqualTo(
            "{\"timestamp\":\"2024-01-26T09:30:00.000000123-05:00\",\"sip_timestamp\":1706279400000000123,"
                + "\"price\":185.51,\"size\":100,\"exchange\":4,\"conditions\":[14,37],\"sequence_number\":1,"
                + "\"id\":\"a,\\\"1\",\"participant_timestamp\":1706279400000000023,\"trf_timestamp\":null,"
                + "\"tape\":3,\"trf_id\":0,\"correction\":0}");
    assertThat(answer.at("/data/0/id").isNull()).isTrue();
    assertThat(answer.at("/data/0/participant_timestamp").isNull()).isTrue();
  }

  @Test
  void tellsQuotes() {
    JsonNode quote = TestServer.json(text("quotes/AAPL" + DAY + "&limit=1")).at("/data/0");
    assertThat(quote.toString())
        .isEqualTo(
            "{\"timestamp\":\"2024-01-26T09:30:00.000000000-05:00\",\"sip_timestamp\":1706279400000000000,"
                + "\"bid_price\":185.48,\"bid_size\":300,\"bid_exchange\":11,\"ask_price\":185.52,"
                + "\"ask_size\":500,\"ask_exchange\":12,\"conditions\":[1],\"indicators\":[],"
                + "\"sequence_number\":0,\"participant_timestamp\":null,\"trf_timestamp\":null,"
                + "\"tape\":3}");
  }

  @Test
  void tellsTheSameInColumns(@TempDir Path folder) throws Exception {
    for (String what : List.of("trades", "quotes")) {
      String path = "/api/v1/" + what + "/AAPL" + DAY;
      Path file = folder.resolve(what + ".parquet");
      Files.write(file, server.getBytes(path + "&format=parquet").body());
      Path lines = folder.resolve(what + ".ndjson");
      Files.writeString(lines, server.get(path + "&format=ndjson").body());
      try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = database.createStatement()) {
        String names =
            what.equals("trades")
                ? "price::DOUBLE, size::DOUBLE, exchange, conditions, sequence_number, id, tape,"
                    + " trf_id, correction"
                : "bid_price::DOUBLE, bid_size::DOUBLE, bid_exchange, ask_price::DOUBLE,"
                    + " ask_size::DOUBLE, ask_exchange, conditions::INT[], indicators::INT[],"
                    + " sequence_number, tape";
        String columns =
            """
            SELECT epoch_ns("timestamp"), epoch_ns(participant_timestamp), epoch_ns(trf_timestamp), %s
            FROM '%s'
            """
                .formatted(names, file);
        String members =
            "SELECT sip_timestamp, participant_timestamp, trf_timestamp, %s FROM read_json('%s')"
                .formatted(names, lines);
        assertThat(rows(statement, columns))
            .hasSize(MemoryFacts.TICKS)
            .isEqualTo(rows(statement, members));
      }
      HttpResponse<byte[]> arrow = server.getBytes(path + "&format=arrow&limit=3");
      assertThat(arrow.headers().firstValue("Content-Type"))
          .contains("application/vnd.apache.arrow.stream");
      assertThat(arrow.body()).startsWith(-1, -1, -1, -1).endsWith(-1, -1, -1, -1, 0, 0, 0, 0);
    }
  }

  private static List<String> rows(Statement statement, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(result.getObject(i)).append('|');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  @Test
  void writesALineForEachTickWhenAskedFor() {
    List<String> csv = text("trades/AAPL" + DAY + "&format=csv").lines().toList();
    assertThat(csv).hasSize(MemoryFacts.TICKS + 1);
    assertThat(csv.getFirst()).startsWith("timestamp,sip_timestamp,price,size,exchange,conditions");
    assertThat(csv.get(2))
        .isEqualTo(
            "2024-01-26T09:30:00.000000123-05:00,1706279400000000123,185.51,100,4,\"14,37\",1,"
                + "\"a,\"\"1\",1706279400000000023,,3,0,0");
    List<String> lines = text("trades/AAPL" + DAY + "&format=ndjson&limit=7").lines().toList();
    assertThat(lines).hasSize(7);
    assertThat(TestServer.json(lines.get(6)).get("sequence_number").intValue()).isEqualTo(6);
    assertThat(text("quotes/AAPL" + DAY + "&format=csv").lines())
        .hasSize(MemoryFacts.TICKS + 1)
        .allMatch(line -> line.chars().filter(c -> c == ',').count() == 13);
  }

  @Test
  void asksForTheRangeToTheNanosecondInTheAskedOrder() {
    text(
        "trades/AAPL?start=2024-01-26T14:30:00.000000001Z&end=2024-01-26T09:30:01&order=desc"
            + "&use_cache=false&timezone=UTC");
    TickRequest asked = server.facts.asked;
    assertThat(asked.range().start()).isEqualTo(Instant.parse("2024-01-26T14:30:00.000000001Z"));
    assertThat(asked.range().end()).isEqualTo(Instant.parse("2024-01-26T14:30:01.000000001Z"));
    assertThat(asked.newestFirst()).isTrue();
    assertThat(asked.useCache()).isFalse();
    text("trades/AAPL" + DAY);
    assertThat(server.facts.asked.range().end()).isEqualTo(Instant.parse("2024-01-27T05:00:00Z"));
    assertThat(server.facts.asked.useCache()).isTrue();
  }

  @Test
  void aLimitTakesNoMoreThanItTells() {
    JsonNode answer = TestServer.json(text("trades/AAPL" + DAY + "&limit=3"));
    assertThat(answer.get("count").intValue()).isEqualTo(3);
    assertThat(answer.get("limited").booleanValue()).isTrue();
    assertThat(server.facts.taken).isEqualTo(3);
  }

  @Test
  void explainsNothing() {
    JsonNode answer = TestServer.json(text("trades/NOPE" + DAY));
    assertThat(answer.get("count").intValue()).isZero();
    assertThat(answer.get("explanation").asString()).contains("NOPE", "2024-01-26");
  }

  @Test
  void tellsEverythingThatIsWrongWithTheQuestion() {
    HttpResponse<String> response =
        server.get("/api/v1/trades/!?start=x&order=up&limit=0&format=xml&foo=1");
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(TestServer.json(response).get("errors").valueStream())
        .extracting(error -> error.get("field").asString())
        .containsExactlyInAnyOrder("symbol", "start", "end", "order", "limit", "format", "foo");
    assertThat(server.get("/api/v1/quotes/AAPL?start=2024-01-27&end=2024-01-26").statusCode())
        .isEqualTo(422);
  }

  @Test
  void aFailureBeforeTheFirstTickHasItsStatusAndOneLaterBreaksTheAnswerOff() {
    server.facts.failAt = 0;
    assertThat(server.get("/api/v1/trades/AAPL" + DAY).statusCode()).isEqualTo(503);
    server.facts.failAt = 2_000;
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> server.get("/api/v1/trades/AAPL" + DAY + "&format=ndjson"))
        .hasRootCauseInstanceOf(java.io.IOException.class);
  }

  /** Thrown by the facts of the tests. */
  static PolygonException lost() {
    return new PolygonException.Unavailable("the vendor went away", null, null);
  }
}
