package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** However a list is cut into pages, it comes whole or not at all. */
class EndpointPagesPropertyTest {
  /** What can go wrong with one page among several. */
  enum Fault {
    CUT,
    NO_DATA,
    NULL_DATA,
    COUNT_TOO_HIGH,
    COUNT_TOO_LOW,
    TWICE_THE_DATA,
    FOREIGN_NEXT,
    NEXT_TO_ITSELF,
    NEXT_TO_THE_FIRST,
    NEXT_IS_NO_TEXT,
    REPEATS_THE_PAGE_BEFORE,
    STARTS_WITH_THE_LAST_OF_THE_PAGE_BEFORE,
    BACKWARDS,
    HTML,
    EMPTY_BODY,
    REFUSED,
    FAILS,
    SAYS_ERROR
  }

  /** Pages of consecutive trades, as many as there are sizes. */
  private static List<List<Integer>> pages(List<Integer> sizes) {
    List<List<Integer>> pages = new ArrayList<>();
    int at = 0;
    for (int size : sizes) {
      pages.add(IntStream.range(at, at + size).boxed().toList());
      at += size;
    }
    return pages;
  }

  private static String element(int number) {
    return "{\"sip_timestamp\":%d,\"sequence_number\":%d,\"price\":1.50,\"size\":2.0}"
        .formatted(1_700_000_000_000_000_000L + number / 3, number);
  }

  private static String body(List<Integer> rows, String next) {
    return "{\"results\":[%s],\"status\":\"OK\",\"request_id\":\"r\",\"count\":%d%s}"
        .formatted(
            String.join(",", rows.stream().map(EndpointPagesPropertyTest::element).toList()),
            rows.size(),
            next == null ? "" : ",\"next_url\":\"" + next + "\"");
  }

  private static int number(String target) {
    int at = target.indexOf("cursor=");
    return at < 0 ? 0 : Integer.parseInt(target.substring(at + 7));
  }

  private static ScriptedServer serving(List<List<Integer>> pages, int bad, Fault fault) {
    ScriptedServer[] self = new ScriptedServer[1];
    self[0] =
        new ScriptedServer(
            (_, target) -> {
              int page = number(target);
              String base = self[0].base() + "/v3/trades/AAPL?cursor=";
              String next = page + 1 < pages.size() ? base + (page + 1) : null;
              String answer = ScriptedServer.ok(body(pages.get(page), next));
              if (fault != null && page == bad) {
                answer = broken(pages, page, fault, base, next);
              }
              return answer.getBytes(StandardCharsets.UTF_8);
            });
    return self[0];
  }

  private static String broken(
      List<List<Integer>> pages, int page, Fault fault, String base, String next) {
    List<Integer> rows = pages.get(page);
    String body = body(rows, next);
    return switch (fault) {
      case CUT -> ScriptedServer.ok(body.substring(0, body.length() - 1 - rows.size()));
      case NO_DATA -> ScriptedServer.ok("{\"status\":\"OK\",\"request_id\":\"r\"}");
      case NULL_DATA -> ScriptedServer.ok("{\"status\":\"OK\",\"results\":null,\"count\":1}");
      case COUNT_TOO_HIGH -> ScriptedServer.ok(body.replace("\"count\":", "\"count\":1"));
      case COUNT_TOO_LOW ->
          ScriptedServer.ok(body.replaceAll("\"count\":\\d+", "\"count\":" + (rows.size() - 1)));
      case TWICE_THE_DATA ->
          ScriptedServer.ok(body.replace("\"status\"", "\"results\":[],\"status\""));
      case FOREIGN_NEXT -> ScriptedServer.ok(body(rows, "http://127.0.0.1:1/v3/trades/AAPL"));
      case NEXT_TO_ITSELF -> ScriptedServer.ok(body(rows, base + page));
      case NEXT_TO_THE_FIRST -> ScriptedServer.ok(body(rows, base + "1"));
      case NEXT_IS_NO_TEXT ->
          ScriptedServer.ok(body(rows, null).replace("\"count\"", "\"next_url\":7,\"count\""));
      case REPEATS_THE_PAGE_BEFORE -> ScriptedServer.ok(body(pages.get(page - 1), next));
      case STARTS_WITH_THE_LAST_OF_THE_PAGE_BEFORE -> {
        List<Integer> more = new ArrayList<>(rows);
        more.addFirst(pages.get(page - 1).getLast());
        yield ScriptedServer.ok(body(more, next));
      }
      case BACKWARDS -> ScriptedServer.ok(body(rows.reversed(), next));
      case HTML -> ScriptedServer.ok("<html><body>Welcome</body></html>");
      case EMPTY_BODY -> ScriptedServer.ok("");
      case REFUSED -> ScriptedServer.answer(403, "{\"status\":\"NOT_AUTHORIZED\"}");
      case FAILS -> ScriptedServer.answer(502, "<html>Bad gateway</html>");
      case SAYS_ERROR -> ScriptedServer.ok("{\"status\":\"ERROR\",\"error\":\"sorry\"}");
    };
  }

  private static List<Long> read(ScriptedServer server) {
    try (server;
        Upstream upstream = Upstream.of(server)) {
      Cursor<Long> cursor =
          upstream.client.pages(
              "trades", Map.of("ticker", "AAPL", "order", "asc"), r -> r.whole("sequence_number"));
      List<Long> read = new ArrayList<>();
      cursor.forEachRemaining(read::add);
      assertThat(cursor.rejectedCount()).isZero();
      return read;
    }
  }

  @Property(tries = 60)
  void anyPartitionGivesTheWhole(@ForAll("sizes") List<Integer> sizes) {
    List<List<Integer>> pages = pages(sizes);

    List<Long> read = read(serving(pages, -1, null));

    assertThat(read)
        .containsExactlyElementsOf(
            pages.stream().flatMap(List::stream).map(Integer::longValue).toList());
  }

  @Property(tries = 150)
  void anyFaultIsAnErrorAndNeverAShorterAnswer(
      @ForAll("full") List<Integer> sizes, @ForAll Fault fault, @ForAll @IntRange(max = 7) int at) {
    List<List<Integer>> pages = pages(sizes);
    int bad = 1 + at % (pages.size() - 1);

    Throwable error = catchThrowable(() -> read(serving(pages, bad, fault)));

    assertThat(error).as("%s on page %d", fault, bad + 1).isInstanceOf(PolygonException.class);
    assertThat(error)
        .hasMessageContaining("trades AAPL, page " + (bad + 1))
        .hasMessageContaining("cursor=" + bad);
    if (fault != Fault.REFUSED && fault != Fault.FAILS && fault != Fault.SAYS_ERROR) {
      assertThat(error).isInstanceOf(BadData.class);
    }
  }

  @Provide
  Arbitrary<List<Integer>> sizes() {
    return Arbitraries.integers().between(0, 12).list().ofMinSize(1).ofMaxSize(8);
  }

  /** Pages of four or more, so that each has two times at least. */
  @Provide
  Arbitrary<List<Integer>> full() {
    return Arbitraries.integers().between(4, 9).list().ofMinSize(3).ofMaxSize(6);
  }
}
