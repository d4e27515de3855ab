package com.alphaxiii.polygon.client;

import static com.alphaxiii.polygon.client.ScriptedServer.ok;
import static com.alphaxiii.polygon.client.Upstream.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sequence of pages ends in all bars or in an error that names the page; never in a part. */
@Timeout(60)
class RestPagingTest {
  private static final long START = Instant.parse("2024-01-02T14:30:00Z").toEpochMilli();

  static String bars(int... minutes) {
    StringBuilder rows = new StringBuilder();
    for (int minute : minutes) {
      rows.append(rows.isEmpty() ? "" : ",")
          .append(
              "{\"v\":7.09e7,\"vw\":131.6,\"o\":130,\"c\":130.15,\"h\":133.41,\"l\":129.89,\"t\":%d,\"n\":12.0}"
                  .formatted(START + minute * 60_000L));
    }
    return "[" + rows + "]";
  }

  static String page(String nextUrl, int... minutes) {
    return ok(
        "{\"ticker\":\"AAPL\",\"queryCount\":%d,\"resultsCount\":%1$d,\"adjusted\":false,\"results\":%s,\"status\":\"OK\",\"request_id\":\"6a7e\",\"count\":%1$d%s}"
            .formatted(
                minutes.length,
                bars(minutes),
                nextUrl == null ? "" : ",\"next_url\":\"" + nextUrl + "\""));
  }

  static String next(String cursor) {
    return "$BASE/v2/aggs/ticker/AAPL/range/1/minute/170/171?cursor=" + cursor;
  }

  private static BadData badData(ScriptedServer server) {
    try (server;
        Upstream upstream = Upstream.of(server)) {
      BadData error = Upstream.error(BadData.class, () -> upstream.client.bars(MINUTES));
      assertThat(error)
          .hasMessageContaining("AAPL 1min bars 2024-01-02T14:30:00Z/2024-01-02T15:30:00Z")
          .hasMessageContaining("attempt 1 of 1");
      return error;
    }
  }

  @Test
  void followsPagesUntilNoneIsNamed() {
    try (ScriptedServer server =
            ScriptedServer.of(
                page(next("b"), 0, 1), page(next("c")), page(next("d"), 5), page(null, 7, 8));
        Upstream upstream = Upstream.of(server)) {
      BarAnswer answer = upstream.client.bars(MINUTES);

      Bars bars = answer.bars();
      assertThat(bars.rows().stream().map(b -> (b.start().toEpochMilli() - START) / 60_000))
          .containsExactly(0L, 1L, 5L, 7L, 8L);
      assertThat(bars.volume(0)).isEqualTo(7.09e7);
      assertThat(bars.transactions(0)).isEqualTo(12);
      assertThat(answer.complete()).isTrue();
      assertThat(answer.cached()).isFalse();
      assertThat(server.heads()).hasSize(4);
      assertThat(server.heads().getLast())
          .startsWith("GET /v2/aggs/ticker/AAPL/range/1/minute/170/171?cursor=d HTTP/1.1")
          .contains("Authorization: Bearer " + Upstream.KEY)
          .contains("User-Agent: polygon-java/")
          .contains("Accept-Encoding: gzip");
      assertThat(server.heads())
          .allSatisfy(
              head -> assertThat(head.lines().findFirst().orElseThrow()).doesNotContain("k3y"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example/v2/aggs?cursor=x",
        "https://127.0.0.1/v2/aggs?cursor=x",
        "http://127.0.0.1:1/v2/aggs?cursor=x",
        "http://127.0.0.1/v2/aggs?cursor=x",
        "http://me@127.0.0.1/v2/aggs?cursor=x",
        "//evil.example/v2",
        "/v2/aggs?cursor=x",
        "",
        "not a url",
        "ftp://127.0.0.1/"
      })
  void refusesAForeignNextUrl(String nextUrl) {
    ScriptedServer server = ScriptedServer.of(page(nextUrl, 0, 1));

    assertThat(badData(server)).hasMessageContaining("page 1").hasMessageContaining("next_url");
    assertThat(server.heads()).hasSize(1);
  }

  @Test
  void namesNoKeyThatANextUrlCarries() {
    assertThat(badData(ScriptedServer.of(page("http://evil.example/?apiKey=" + Upstream.KEY, 0))))
        .hasMessageContaining("evil.example");
  }

  @Test
  void refusesAPageThatLeadsBack() {
    assertThat(
            badData(ScriptedServer.of(page(next("b"), 0), page(next("c"), 1), page(next("b"), 2))))
        .hasMessageContaining("page 3")
        .hasMessageContaining("cursor=c")
        .hasMessageContaining("leads back")
        .hasMessageContaining("request_id 6a7e");
  }

  @Test
  void refusesAPageThatNamesItself() {
    assertThat(badData(ScriptedServer.of(page(next("b"), 0), page(next("b"), 1))))
        .hasMessageContaining("page 2")
        .hasMessageContaining("leads back");
  }

  @Test
  void refusesMorePagesThanTheRangeCanHave() {
    ScriptedServer[] self = new ScriptedServer[1];
    self[0] =
        new ScriptedServer(
            (number, target) ->
                page(self[0].base() + "/x?cursor=" + number).getBytes(StandardCharsets.UTF_8));

    assertThat(badData(self[0])).hasMessageContaining("page 18").hasMessageContaining("18 pages");
  }

  @ParameterizedTest
  @CsvSource({"1", "0", "-5"})
  void refusesAPageThatDoesNotAdvance(int minute) {
    assertThat(badData(ScriptedServer.of(page(next("b"), 0, 1), page(null, minute, 9))))
        .hasMessageContaining("page 2")
        .hasMessageContaining("cursor=b")
        .hasMessageContaining("does not come after");
  }

  @Test
  void refusesDuplicateAndUnorderedBarsWithinAPage() {
    assertThat(badData(ScriptedServer.of(page(null, 0, 1, 1))))
        .hasMessageContaining("bar 3 of AAPL");
    assertThat(badData(ScriptedServer.of(page(null, 3, 2)))).hasMessageContaining("bar 2 of AAPL");
  }

  @Test
  void aBadBarCostsNoOtherAndIsMissing() {
    String bad = page(next("c"), 5, 6, 7).replaceFirst("\"o\":130", "\"o\":true");
    try (ScriptedServer server =
            ScriptedServer.of(
                page(next("b"), 0, 1, 2).replaceFirst("\"c\":130.15,", ""), bad, page(null, 9));
        Upstream upstream = Upstream.of(server)) {
      BarAnswer answer = upstream.client.bars(MINUTES);

      assertThat(minutes(answer.bars())).containsExactly(1L, 2L, 6L, 7L, 9L);
      assertThat(answer.missing()).containsExactly(minutes(0, 1), minutes(5, 6));
      assertThat(answer.complete()).isFalse();
    }
  }

  @Test
  void aBadBarWithoutATimeIsMissingBetweenItsNeighbours() {
    try (ScriptedServer server =
            ScriptedServer.of(
                untimed(page(next("b"), 0, 1, 2), 0),
                untimed(page(next("c"), 5, 6), 6),
                untimed(page(next("d"), 8), 8),
                page(null, 9));
        Upstream upstream = Upstream.of(server)) {
      BarAnswer answer = upstream.client.bars(MINUTES);

      assertThat(minutes(answer.bars())).containsExactly(1L, 2L, 5L, 9L);
      assertThat(answer.missing()).containsExactly(minutes(0, 1), minutes(6, 9));
    }
    try (ScriptedServer server = ScriptedServer.of(untimed(page(null, 0, 1), 1));
        Upstream upstream = Upstream.of(server)) {
      assertThat(upstream.client.bars(MINUTES).missing()).containsExactly(minutes(1, 60));
    }
  }

  private static String untimed(String page, int minute) {
    String time = "\"t\":" + (START + minute * 60_000L);
    assertThat(page).contains(time);
    return page.replace(time, "\"t\":\"soon\"");
  }

  private static TimeRange minutes(int from, int to) {
    Instant start = Instant.ofEpochMilli(START);
    return TimeRange.of(start.plusSeconds(60L * from), start.plusSeconds(60L * to));
  }

  private static List<Long> minutes(Bars bars) {
    return bars.rows().stream().map(b -> (b.start().toEpochMilli() - START) / 60_000).toList();
  }

  @Test
  void refusesAPageWithoutItsResults() {
    assertThat(
            badData(
                ScriptedServer.of(
                    page(next("b"), 0),
                    ok("{\"resultsCount\":3,\"status\":\"OK\",\"request_id\":\"x\"}"))))
        .hasMessageContaining("page 2")
        .hasMessageContaining("promises 3 results and has none");
    assertThat(badData(ScriptedServer.of(ok("{\"resultsCount\":3,\"results\":null}"))))
        .hasMessageContaining("promises 3");
    assertThat(badData(ScriptedServer.of(page(next("b"), 0), ok("{\"status\":\"OK\"}"))))
        .hasMessageContaining("neither results nor a count");
  }

  @Test
  void refusesFewerOrMoreRowsThanPromised() {
    for (int promised : new int[] {0, 1, 3}) {
      assertThat(
              badData(
                  ScriptedServer.of(
                      ok(
                          "{\"resultsCount\":%d,\"results\":%s,\"status\":\"OK\"}"
                              .formatted(promised, bars(0, 1))))))
          .hasMessageContaining("promises %d results and has 2".formatted(promised));
    }
  }

  @Test
  void refusesACutBodyWhateverTellsOfItsLength() {
    String whole = page(null, 0, 1, 2);
    String body = whole.substring(whole.indexOf("\r\n\r\n") + 4);
    String cut = body.substring(0, body.length() / 2);

    assertThat(badData(ScriptedServer.of(page(next("b"), 0), ok(cut))))
        .hasMessageContaining("page 2")
        .hasMessageContaining("cursor=b")
        .hasMessageContaining("cut or garbled");
    assertThat(
            badData(
                ScriptedServer.of(
                    ScriptedServer.answer(200, cut, "Content-Length: " + body.length()))))
        .hasMessageContaining("breaks off");
    assertThat(
            badData(
                ScriptedServer.of(
                    ScriptedServer.answer(
                        200,
                        Integer.toHexString(body.length()) + "\r\n" + cut,
                        "Transfer-Encoding: chunked"))))
        .hasMessageContaining("breaks off");
  }

  @Test
  void refusesABodyThatLacksOnlyItsLastBrace() {
    String body = page(null, 0);
    assertThat(badData(ScriptedServer.of(body.substring(0, body.length() - 1))))
        .hasMessageContaining("cut or garbled");
  }

  @Test
  void refusesABodyThatGoesOn() {
    assertThat(badData(ScriptedServer.of(page(null, 0) + "{}")))
        .hasMessageContaining("goes on after its end");
  }

  @Test
  void refusesBrokenCompressionEvenInItsLastBytes() {
    byte[] zipped = ScriptedServer.gzip("{\"resultsCount\":1,\"results\":" + bars(0) + "}");
    String head = ScriptedServer.answer(200, "", "Content-Encoding: gzip");
    for (int missing : new int[] {1, 7, zipped.length / 2, zipped.length - 3}) {
      byte[] cut = java.util.Arrays.copyOf(zipped, zipped.length - missing);
      badData(new ScriptedServer((n, t) -> ScriptedServer.join(head, cut)));
    }
    byte[] flipped = zipped.clone();
    flipped[zipped.length - 6] ^= 1;
    badData(new ScriptedServer((n, t) -> ScriptedServer.join(head, flipped)));
    badData(ScriptedServer.of(ScriptedServer.answer(200, "xx", "Content-Encoding: br")));

    try (ScriptedServer server = new ScriptedServer((n, t) -> ScriptedServer.join(head, zipped));
        Upstream upstream = Upstream.of(server)) {
      assertThat(upstream.client.bars(MINUTES).bars().size()).isEqualTo(1);
    }
  }

  @Test
  void aCutPageIsAskedForAgainAndThenComplete() {
    String second = page(null, 2, 3);
    try (ScriptedServer server =
            ScriptedServer.of(
                page(next("b"), 0, 1),
                second.substring(0, second.length() - 20),
                ScriptedServer.answer(200, "{", "Content-Length: 500"),
                second);
        Upstream upstream = Upstream.of(server, 3)) {
      assertThat(upstream.client.bars(MINUTES).bars().size()).isEqualTo(4);
      assertThat(server.heads()).hasSize(4);
      assertThat(upstream.budget.status().usedLastMinute()).isEqualTo(4);
    }
  }

  @Test
  void aPagingFaultIsNotAskedForAgain() {
    try (ScriptedServer server = ScriptedServer.of(page("http://evil.example/", 0));
        Upstream upstream = Upstream.of(server, 4)) {
      Upstream.error(BadData.class, () -> upstream.client.bars(MINUTES));
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void refusesReferenceRowsThatComeTwice() {
    String split =
        "{\"id\":\"E1\",\"ticker\":\"AAPL\",\"execution_date\":\"2014-06-09\",\"split_from\":1,\"split_to\":7}";
    try (ScriptedServer server =
            ScriptedServer.of(
                ok(
                    "{\"results\":["
                        + split
                        + "],\"status\":\"OK\",\"next_url\":\"$BASE/v3/reference/splits?cursor=b\"}"),
                ok("{\"results\":[" + split + "],\"status\":\"OK\"}"));
        Upstream upstream = Upstream.of(server)) {
      assertThat(Upstream.error(BadData.class, () -> upstream.client.splits(Ticker.of("AAPL"))))
          .hasMessageContaining("splits of AAPL, page 2")
          .hasMessageContaining("element 1 (id E1) is on page 1 already");
    }
  }
}
