package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How much of a gap is filled, from which end, and that the rest is told. */
class GapBoundsTest {
  private static final Instant TO = Instant.parse("2024-01-26T16:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration PART = Duration.ofMinutes(10);

  private static Gap gap(Duration length, String... topics) {
    return new Gap(
        Set.of(topics).stream().map(Topic::parse).collect(Collectors.toSet()),
        TO.minus(length),
        TO);
  }

  /** All that a client is told up to a message of one of these types for each of so many. */
  private static List<JsonNode> until(TestClient client, String type) {
    List<JsonNode> told = new ArrayList<>();
    do {
      told.add(client.next());
    } while (!told.getLast().path("type").asString().equals(type));
    return told;
  }

  private static List<Long> seconds(List<JsonNode> told) {
    return told.stream()
        .filter(m -> m.path("type").asString().equals("market_data"))
        .peek(m -> assertThat(m.path("backfilled").asBoolean()).isTrue())
        .map(m -> m.at("/data/timestamp").asLong() / 1_000)
        .toList();
  }

  private static JsonNode only(List<JsonNode> told, String type) {
    List<JsonNode> found =
        told.stream().filter(m -> m.path("type").asString().equals(type)).toList();
    assertThat(found).as(type).hasSize(1);
    return found.getFirst();
  }

  private static Instant time(JsonNode message, String field) {
    return java.time.OffsetDateTime.parse(message.path(field).asString()).toInstant();
  }

  private static List<Long> span(Instant from, Instant to) {
    return LongStream.rangeClosed(from.getEpochSecond(), to.getEpochSecond()).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLongGapIsFilledFromOneEnd(boolean newest) {
    try (TestServer server =
            TestServer.start(new GapLimits(newest, 50_000, PART, 0), new SecondTrades());
        TestClient client = server.connect("app").subscribe("[\"AAPL\"]", "[\"T\"]")) {
      server.feed.emit(gap(HOUR, "T.AAPL"));
      List<JsonNode> told = until(client, "gap_filled");
      Instant from = newest ? TO.minus(PART) : TO.minus(HOUR);
      assertThat(seconds(told)).isEqualTo(span(from, from.plus(PART)));
      JsonNode rest = only(told, "gap_not_filled");
      assertThat(time(rest, "from")).isEqualTo(newest ? TO.minus(HOUR) : from.plus(PART));
      assertThat(time(rest, "to"))
          .isBetween(newest ? from : TO, (newest ? from : TO).plusMillis(1));
      assertThat(rest.path("reason").asString()).contains("10 minutes", "GAP_FILL_MINUTES");
      JsonNode filled = told.getLast();
      assertThat(filled.path("count").asLong()).isEqualTo(601);
      assertThat(time(filled, "from")).isEqualTo(from);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFullGapIsFilledFromOneEnd(boolean newest) {
    try (TestServer server =
            TestServer.start(new GapLimits(newest, 20, HOUR, 0), new SecondTrades());
        TestClient client = server.connect("app").subscribe("[\"AAPL\"]", "[\"T\"]")) {
      server.feed.emit(gap(PART, "T.AAPL"));
      List<JsonNode> told = until(client, "gap_filled");
      Instant from = newest ? TO.minusSeconds(19) : TO.minus(PART);
      assertThat(seconds(told)).isEqualTo(span(from, from.plusSeconds(19)));
      assertThat(only(told, "gap_not_filled").path("reason").asString())
          .contains("20 events", "GAP_FILL_EVENTS");
    }
  }

  @Test
  void barsComeByTheEndOfTheirWindow() {
    try (TestServer server = TestServer.start();
        TestClient client = server.connect("app").subscribe("[\"AAPL\"]", "[\"AM\"]")) {
      server.feed.emit(gap(Duration.ofMinutes(5), "AM.AAPL"));
      List<JsonNode> told = until(client, "gap_filled");
      assertThat(seconds(told))
          .isEqualTo(
              LongStream.rangeClosed(1, 6)
                  .mapToObj(i -> TO.minusSeconds(60 * (7 - i)).getEpochSecond())
                  .toList());
      assertThat(
              told.stream()
                  .filter(m -> m.path("type").asString().equals("market_data"))
                  .map(m -> m.at("/data/timespan").asString()))
          .containsOnly("minute");
    }
  }

  @Test
  void moreSymbolsThanAreAskedForAreTold() {
    List<String> symbols = IntStream.range(0, 501).mapToObj(i -> "S" + letters(i)).toList();
    SecondTrades past = new SecondTrades();
    try (TestServer server = TestServer.start(GapLimits.DEFAULT, past);
        TestClient client =
            server
                .connect("app")
                .subscribe("[\"%s\"]".formatted(String.join("\",\"", symbols)), "[\"T\"]")) {
      server.feed.emit(
          gap(Duration.ofSeconds(1), symbols.stream().map(s -> "T." + s).toArray(String[]::new)));
      List<JsonNode> told = until(client, "gap_filled");
      JsonNode rest = only(told, "gap_not_filled");
      assertThat(rest.path("symbols")).hasSize(1);
      assertThat(rest.path("reason").asString()).contains("500 topics");
      assertThat(told.getLast().path("symbols")).hasSize(500);
      assertThat(past.requests).hasSize(500);
    }
  }

  private static String letters(int i) {
    return "" + (char) ('A' + i / 26) + (char) ('A' + i % 26);
  }

  @Test
  void ofAllTheBusiestAreFilledAndTheRestIsTold() {
    SecondTrades past = new SecondTrades();
    try (TestServer server = TestServer.start(new GapLimits(true, 50_000, HOUR, 2), past);
        TestClient all = server.connect("all").subscribe("[\"*\"]", "[\"T\"]");
        TestClient one = server.connect("one").subscribe("[\"RARE\"]", "[\"T\"]")) {
      long before = TO.minusSeconds(3).getEpochSecond();
      Await.until("both upstream", () -> server.feed.topics().size() == 2);
      for (String symbol : List.of("BUSY", "BUSY", "BUSY", "USUAL", "USUAL", "QUIET", "RARE")) {
        server.feed.emit(SecondTrades.trade(symbol, before));
      }
      server.feed.emit(gap(Duration.ofSeconds(3), "T.*", "T.RARE"));
      List<JsonNode> told = until(all, "gap_filled");
      List<JsonNode> late = told.stream().filter(m -> m.path("backfilled").asBoolean()).toList();
      // The second before the loss has been delivered: three more of each.
      assertThat(late).hasSize(9);
      assertThat(new TreeSet<>(late.stream().map(m -> m.at("/data/symbol").asString()).toList()))
          .containsExactly("BUSY", "RARE", "USUAL");
      JsonNode rest = only(told, "gap_not_filled");
      assertThat(rest.path("symbols").toString()).isEqualTo("[\"*\"]");
      assertThat(rest.path("reason").asString()).contains("1 more", "GAP_FILL_SYMBOLS");
      assertThat(told.getLast().path("symbols").toString())
          .contains("BUSY", "USUAL", "RARE")
          .doesNotContain("QUIET");
      List<JsonNode> ofOne = until(one, "gap_filled");
      assertThat(ofOne.getLast().path("symbols").toString()).isEqualTo("[\"RARE\"]");
      assertThat(ofOne).noneMatch(m -> m.path("type").asString().equals("gap_not_filled"));
    }
  }
}
