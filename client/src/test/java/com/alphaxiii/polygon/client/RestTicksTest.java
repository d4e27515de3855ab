package com.alphaxiii.polygon.client;

import static com.alphaxiii.polygon.client.ScriptedServer.answer;
import static com.alphaxiii.polygon.client.ScriptedServer.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Listing;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.PolygonException.Unavailable;
import com.alphaxiii.polygon.core.Rejected;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Trade;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Trades over pages: all of them in order, a page in memory, or an error that names the page. */
@Timeout(60)
class RestTicksTest {
  private static final Ticker AAPL = Ticker.of("AAPL");
  private static final TickRequest REQUEST =
      TickRequest.of(
          AAPL,
          new TimeRange(
              Instant.parse("2024-01-02T14:30:00.000000001Z"),
              Instant.parse("2024-01-02T15:30:00Z")));

  /** A page of trades by their sequence numbers, each a nanosecond after the other. */
  private static String page(String cursor, long... numbers) {
    List<String> rows = new ArrayList<>();
    for (long number : numbers) {
      rows.add(trade(1_704_205_800_000_000_000L + number, number));
    }
    return page(cursor, rows);
  }

  private static String trade(long time, long number) {
    return "{\"price\":5,\"sip_timestamp\":%d,\"sequence_number\":%d}".formatted(time, number);
  }

  private static String page(String cursor, List<String> rows) {
    return ok(
        "{\"results\":[%s],\"status\":\"OK\",\"request_id\":\"r\"%s}"
            .formatted(
                String.join(",", rows),
                cursor.isEmpty()
                    ? ""
                    : ",\"next_url\":\"$BASE/v3/trades/AAPL?cursor=" + cursor + "\""));
  }

  private static List<Long> numbers(Listing<Trade> trades) {
    return trades.values().stream().map(Trade::sequence).toList();
  }

  @Test
  void pagesAreAskedForOnlyWhenTheyAreNeeded() {
    try (ScriptedServer server =
            ScriptedServer.of(page("b", 1, 2), page("c"), page("d", 3), page("", 4));
        Upstream upstream = Upstream.of(server)) {
      Cursor<Trade> trades = upstream.client.trades(REQUEST);
      assertThat(server.heads()).isEmpty();
      assertThat(numbers(trades.take(2))).containsExactly(1L, 2L);
      assertThat(server.heads()).hasSize(1);
      assertThat(trades.next().sequence()).isEqualTo(3);
      assertThat(server.heads()).hasSize(3);
      assertThat(trades.stream().map(Trade::sequence)).containsExactly(4L);
      assertThat(trades.hasNext()).isFalse();
      Assertions.assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(trades::next);
      assertThat(server.heads()).hasSize(4);
      assertThat(server.heads().getFirst())
          .startsWith(
              "GET /v3/trades/AAPL?timestamp.gte=1704205800000000001&timestamp.lt=1704209400000000000&order=asc&sort=timestamp&limit=50000"
                  + " ");
      assertThat(server.heads().getLast()).startsWith("GET /v3/trades/AAPL?cursor=d ");
    }
  }

  @Test
  void anErrorEndsNothing() {
    try (ScriptedServer server = ScriptedServer.of(page("b", 1), answer(500, ""), page("", 2));
        Upstream upstream = Upstream.of(server)) {
      Cursor<Trade> trades = upstream.client.trades(REQUEST);
      assertThat(trades.next().sequence()).isEqualTo(1);
      assertThat(Upstream.error(Unavailable.class, trades::hasNext))
          .hasMessageContaining("trades of AAPL 2024-01-02T14:30:00.000000001Z/")
          .hasMessageContaining("page 2");
      assertThat(numbers(trades.rest())).containsExactly(2L);
    }
  }

  @Test
  void whatCannotBeReadIsCountedWithItsPlace() {
    try (ScriptedServer server =
            ScriptedServer.of(
                page("b", List.of(trade(1, 1), "{\"price\":null,\"sip_timestamp\":2}")),
                page("", List.of("7", trade(3, 3))));
        Upstream upstream = Upstream.of(server)) {
      Cursor<Trade> trades = upstream.client.trades(REQUEST);
      assertThat(numbers(trades.rest())).containsExactly(1L, 3L);
      assertThat(trades.rejectedCount()).isEqualTo(2);
      assertThat(trades.rejected())
          .containsExactly(
              new Rejected(1, 2, "has no 'price'"), new Rejected(2, 1, "is not an object"));
    }
  }

  private static BadData badData(String... pages) {
    try (ScriptedServer server = ScriptedServer.of(pages);
        Upstream upstream = Upstream.of(server)) {
      Cursor<Trade> trades = upstream.client.trades(REQUEST);
      return Upstream.error(BadData.class, trades::rest);
    }
  }

  @Test
  void aPageThatGoesBackOrComesTwiceIsAnError() {
    assertThat(badData(page("b", 1, 5), page("", 4)))
        .hasMessageContaining("page 2")
        .hasMessageContaining("cursor=b")
        .hasMessageContaining("comes after one at 2024-01-02T14:30:00.000000005Z");
    assertThat(badData(page("b", 1, 5), page("", 5, 6)))
        .hasMessageContaining("page 2")
        .hasMessageContaining("number 5 comes twice");
    assertThat(badData(page("", 2, 1))).hasMessageContaining("page 1");
    assertThat(badData(page("b", 1), page("b", 2))).hasMessageContaining("leads back");
    assertThat(badData(page("b", 1), ok("{\"status\":\"OK\"}")))
        .hasMessageContaining("neither results nor a count");
    assertThat(badData(page("b", 1), page("", 2).replace("}]", "}")))
        .hasMessageContaining("cut or garbled");
  }

  @Test
  void wherePagesHaveNoOrderTheyMustStillGoOn() {
    List<String> rows =
        List.of(
            "{\"price\":5,\"size\":1,\"participant_timestamp\":2}",
            "{\"price\":6,\"size\":1,\"participant_timestamp\":1}");
    TickRequest crypto = TickRequest.of(Ticker.of("X:BTCUSD"), REQUEST.range());
    try (ScriptedServer server = ScriptedServer.of(page("b", rows), page("", rows));
        Upstream upstream = Upstream.of(server)) {
      Cursor<Trade> trades = upstream.client.trades(crypto);
      assertThat(trades.take(2).values()).hasSize(2);
      assertThat(Upstream.error(BadData.class, trades::hasNext))
          .hasMessageContaining("page 2")
          .hasMessageContaining("those of the page before again");
    }
  }

  @Test
  void manyTradesOfOneInstantMayBeCutAnywhere() {
    List<String> together = new ArrayList<>();
    for (int number = 1; number <= 6; number++) {
      together.add(trade(77, number));
    }
    try (ScriptedServer server =
            ScriptedServer.of(
                page("b", together.subList(0, 2)),
                page("c", together.subList(2, 5)),
                page("", together.subList(5, 6)));
        Upstream upstream = Upstream.of(server)) {
      assertThat(numbers(upstream.client.trades(REQUEST).rest()))
          .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }
  }

  @Property(tries = 60)
  void anyPartitionIntoPagesGivesTheWhole(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 4) Integer> sizes) {
    List<String> pages = new ArrayList<>();
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      long[] numbers = new long[sizes.get(i)];
      for (int j = 0; j < numbers.length; j++) {
        numbers[j] = all.size() + 1;
        all.add(numbers[j]);
      }
      pages.add(page(i == sizes.size() - 1 ? "" : "c" + i, numbers));
    }
    try (ScriptedServer server = ScriptedServer.of(pages.toArray(String[]::new));
        Upstream upstream = Upstream.of(server)) {
      assertThat(numbers(upstream.client.trades(REQUEST).rest())).isEqualTo(all);
      assertThat(server.heads()).hasSize(pages.size());
    }
  }

  @Test
  void whatTheVendorDoesNotHaveIsRefusedWithoutARequest() {
    try (ScriptedServer server = ScriptedServer.of(answer(500, ""));
        Upstream upstream = Upstream.of(server)) {
      TimeRange range = REQUEST.range();
      Upstream.error(
          InvalidRequest.class,
          () -> upstream.client.trades(TickRequest.of(Ticker.of("C:EURUSD"), range)));
      Upstream.error(
          InvalidRequest.class,
          () -> upstream.client.quotes(TickRequest.of(Ticker.of("X:BTCUSD"), range)));
      Upstream.error(
          InvalidRequest.class,
          () ->
              upstream.client.trades(
                  TickRequest.of(AAPL, TimeRange.of(range.start(), Instant.MAX))));
      assertThat(server.heads()).isEmpty();
    }
  }
}
