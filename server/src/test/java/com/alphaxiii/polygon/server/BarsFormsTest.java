package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.columnar.ParquetWriter;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.BarTable;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.InclusiveRange;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BarsFormsTest {
  private static final String ADDRESS =
      "/api/v1/bars/AAPL?timeframe=1h&start_date=2024-01-02&end_date=2024-01-03";
  private static final String QUESTION =
      "{\"symbol\":\"AAPL\",\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-03\"}";

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
  }

  @Test
  void anAddressAsksWhatABodyAsks() {
    JsonNode byBody = TestServer.json(server.post("/api/v1/bars", QUESTION));
    JsonNode byAddress = TestServer.json(server.get(ADDRESS));

    assertThat(byAddress.get("bar_count").intValue()).isEqualTo(32);
    assertThat(byAddress).isEqualTo(byBody);

    JsonNode some =
        TestServer.json(
            server.get(ADDRESS + "&limit=2&order=desc&validate=false&adjust=none&timezone=UTC"));
    assertThat(some.at("/data/0/timestamp").asString()).isEqualTo("2024-01-04T00:00:00+00:00");
    assertThat(some.get("data").size()).isEqualTo(2);
    assertThat(some.get("validation").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"json,''", "json,gzip", "csv,''", "ndjson,gzip"})
  void whatWasGivenJustNowIsGivenAgainWhole(String format, String encoding) {
    // One of its own: its clock stands still, so what was fetched anew stays so.
    try (TestServer server = TestServer.start()) {
      String address = "%s&limit=20&format=%s".formatted(ADDRESS, format);
      String[] headers =
          encoding.isEmpty() ? new String[0] : new String[] {"Accept-Encoding", encoding};
      HttpResponse<byte[]> first = server.getBytes(address, headers);
      server.getBytes(address, headers);
      int reads = server.bars.requests.size();
      for (int i = 0; i < 3; i++) {
        HttpResponse<byte[]> again = server.getBytes(address, headers);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(told(again)).isEqualTo(told(first)).containsKey("etag");
        assertThat(again.headers().firstValue("X-Request-Id"))
            .isPresent()
            .isNotEqualTo(first.headers().firstValue("X-Request-Id"));
      }
      String tag = first.headers().firstValue("ETag").orElseThrow();
      assertThat(server.get(address, "If-None-Match", tag).statusCode()).isEqualTo(304);
      assertThat(server.bars.requests).as("looks at the bars").hasSize(reads);
      server.get(address + "&use_cache=false");
      assertThat(server.bars.requests).hasSize(reads + 1);
      assertThat(server.getBytes(address, headers).body()).isEqualTo(first.body());
      assertThat(server.bars.requests).as("after it was fetched anew").hasSize(reads + 2);
    }
  }

  private static Map<String, List<String>> told(HttpResponse<?> response) {
    Map<String, List<String>> told = new TreeMap<>(response.headers().map());
    told.keySet().removeAll(Set.of("x-request-id", "content-length", "transfer-encoding"));
    return told;
  }

  @Test
  void anAddressIsHeldToTheSameRules() {
    HttpResponse<String> response =
        server.get("/api/v1/bars/AAPL?timeframe=5mn&start_date=x&limit=0&validate=maybe&surplus=1");

    assertThat(response.statusCode()).isEqualTo(422);
    List<String> fields = new ArrayList<>();
    TestServer.json(response).get("errors").forEach(e -> fields.add(e.get("field").asString()));
    assertThat(fields)
        .containsExactlyInAnyOrder(
            "timeframe", "start_date", "end_date", "limit", "validate", "surplus");
  }

  @Test
  void everyFormTellsTheSameBars() {
    JsonNode rows = TestServer.json(server.get(ADDRESS)).get("data");

    HttpResponse<String> ndjson = server.get(ADDRESS, "Accept", "application/x-ndjson");
    assertThat(ndjson.headers().firstValue("Content-Type")).contains("application/x-ndjson");
    List<JsonNode> lines = ndjson.body().lines().map(TestServer::json).toList();
    assertThat(lines).containsExactlyElementsOf(rows);

    HttpResponse<String> csv = server.get(ADDRESS + "&format=csv");
    assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv");
    List<String> values = csv.body().lines().toList();
    assertThat(values.getFirst())
        .isEqualTo("timestamp,open,high,low,close,volume,vwap,transactions");
    assertThat(values).hasSize(rows.size() + 1);
    for (int i = 0; i < rows.size(); i++) {
      String[] cells = values.get(i + 1).split(",", -1);
      assertThat(cells[0]).isEqualTo(rows.get(i).get("timestamp").asString());
      String[] names = values.getFirst().split(",", -1);
      for (int c = 1; c < names.length; c++) {
        assertThat(Double.parseDouble(cells[c]))
            .as("%s of row %d", names[c], i)
            .isEqualTo(rows.get(i).get(names[c]).asDouble());
      }
    }
    assertThat(server.post("/api/v1/bars?format=csv", QUESTION).body()).isEqualTo(csv.body());
  }

  @Test
  void columnsAreTheSameBarsInTheOrderAsked() throws Exception {
    Bars bars =
        server
            .bars
            .bars(
                BarRequest.raw(
                    MemoryBars.AAPL,
                    Timeframe.parse("1h"),
                    InclusiveRange.parse("2024-01-02", "2024-01-03", Market.NEW_YORK)))
            .bars();
    ByteArrayOutputStream arrow = new ByteArrayOutputStream();
    bars.writeArrow(arrow, ZoneId.of("UTC"));
    ByteArrayOutputStream parquet = new ByteArrayOutputStream();
    ParquetWriter.write(parquet, BarTable.descending(bars.slice(27, 32), Market.NEW_YORK));

    assertThat(bars.size()).isEqualTo(32);
    assertThat(server.getBytes(ADDRESS + "&format=arrow&timezone=UTC").body())
        .isEqualTo(arrow.toByteArray());
    HttpResponse<byte[]> last =
        server.getBytes(
            ADDRESS + "&order=desc&limit=5", "Accept", "application/vnd.apache.parquet");
    assertThat(last.body()).isEqualTo(parquet.toByteArray());
    assertThat(last.headers().firstValue("X-Source")).contains("cache");
    assertThat(last.headers().firstValue("ETag")).isPresent();
  }

  @Test
  void whatRowsCannotTellIsInTheHeaders() {
    Instant from = Instant.parse("2024-01-03T05:00:00Z");
    server.bars.fate =
        answer ->
            new BarAnswer(
                answer.bars(),
                BarAnswer.Source.MIXED,
                List.of(TimeRange.of(from, from.plusSeconds(60))),
                from);

    HttpResponse<String> response = server.get(ADDRESS + "&format=csv");

    assertThat(response.headers().firstValue("X-Source")).contains("mixed");
    assertThat(response.headers().firstValue("X-Complete")).contains("false");
    assertThat(response.headers().firstValue("X-Missing"))
        .contains("2024-01-03T05:00:00Z/2024-01-03T05:01:00Z");
    assertThat(response.headers().firstValue("X-Unsettled-From")).isPresent();
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.headers().firstValue("ETag")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */*                                                       | application/json
          text/html, application/xhtml+xml, */*;q=0.8               | application/json
          text/csv                                                  | text/csv
          text/*                                                    | text/csv
          application/json;q=0.5, text/csv;q=0.9                    | text/csv
          application/x-ndjson, application/json                    | application/json
          */*, application/json;q=0                                 | application/x-ndjson
          application/vnd.apache.arrow.stream, application/json;q=0 | application/vnd.apache.arrow.stream
          application/vnd.apache.parquet                            | application/vnd.apache.parquet
          """)
  void theHeaderChooses(String accept, String type) {
    assertThat(server.get(ADDRESS, "Accept", accept).headers().firstValue("Content-Type"))
        .contains(type);
  }

  @Test
  void aFormThatThereIsNotIsSaid() {
    HttpResponse<String> unknown = server.get(ADDRESS, "Accept", "application/xml");
    assertThat(unknown.statusCode()).isEqualTo(406);
    assertThat(unknown.body()).contains("application/xml").contains("text/csv");

    HttpResponse<String> named = server.get(ADDRESS + "&format=xml");
    assertThat(named.statusCode()).isEqualTo(422);
    assertThat(named.body()).contains("json, ndjson, csv, arrow, parquet");
  }

  @Test
  void finishedHistoryNeedNotBeSentAgain() {
    HttpResponse<String> first = server.get(ADDRESS + "&adjust=none");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(first.headers().firstValue("Cache-Control")).contains("private, max-age=86400");
    assertThat(server.get(ADDRESS).headers().firstValue("Cache-Control"))
        .contains("private, no-cache");

    HttpResponse<String> again =
        server.get(ADDRESS + "&adjust=none", "If-None-Match", "\"x\", " + tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("ETag")).contains(tag);

    for (String other :
        List.of(
            ADDRESS + "&adjust=none&format=csv",
            ADDRESS,
            ADDRESS.replace("end_date=2024-01-03", "end_date=2024-01-04") + "&adjust=none")) {
      assertThat(server.get(other, "If-None-Match", tag).statusCode()).as(other).isEqualTo(200);
    }
  }

  @Test
  void changedBarsHaveAnotherTag() {
    String before = server.get(ADDRESS + "&limit=30").headers().firstValue("ETag").orElseThrow();
    server.bars.fate = answer -> BarAnswer.upstream(answer.bars().slice(1, answer.bars().size()));

    assertThat(server.get(ADDRESS + "&limit=30", "If-None-Match", before).statusCode())
        .isEqualTo(200);
  }
}
