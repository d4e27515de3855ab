package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.alphaxiii.polygon.catalogue.Catalogue;
import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.catalogue.Field;
import com.alphaxiii.polygon.catalogue.Parameter;
import com.alphaxiii.polygon.catalogue.State;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.PolygonException.NotEntitled;
import com.alphaxiii.polygon.core.PolygonException.NotFound;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every endpoint of the catalogue, called by the client and answered by the simulator, which share
 * no code but the catalogue: the data is where it is said to be, has the members and types that are
 * told, and small pages give what one large page gives.
 */
@Timeout(120)
class EndpointContractTest {
  private static final int MOST_ELEMENTS = 60;
  private static final Instant NOW = Instant.parse("2024-06-12T15:00:00Z");

  /** Members that the simulator sends beyond the catalogue, as vendors do: to be passed over. */
  private static final Set<String> UNKNOWN_ON_PURPOSE =
      Set.of("ticker-details last_updated_utc", "snapshots last_minute last_updated");

  /** What stands beside the data where that is the whole answer. */
  private static final Set<String> AROUND = Set.of("status", "request_id");

  /** Refused to every ordinary key, as documented. */
  private static final Set<String> FORBIDDEN =
      Set.of("summaries", "historic-crypto", "historic-forex");

  private static final Map<String, String> STANDARD =
      Map.ofEntries(
          Map.entry("ticker", "AAPL"),
          Map.entry("id", "META"),
          Map.entry("multiplier", "1"),
          Map.entry("timespan", "day"),
          Map.entry("date", "2024-06-05"),
          Map.entry("direction", "gainers"),
          Map.entry("underlying", "AAPL"));

  private static final Map<String, Map<String, String>> ARGUMENTS =
      Map.ofEntries(
          Map.entry("bars", Map.of("from", "2024-03-01", "to", "2024-06-07")),
          Map.entry("last-trade-crypto", Map.of("from", "BTC", "to", "USD")),
          Map.entry("last-quote-forex", Map.of("from", "EUR", "to", "USD")),
          Map.entry("conversion", Map.of("from", "EUR", "to", "USD", "amount", "100")),
          Map.entry("historic-crypto", Map.of("from", "BTC", "to", "USD")),
          Map.entry("historic-forex", Map.of("from", "EUR", "to", "USD")),
          Map.entry("open-close-crypto", Map.of("from", "BTC", "to", "USD")),
          Map.entry("snapshot-crypto", Map.of("ticker", "X:BTCUSD")),
          Map.entry("book-crypto", Map.of("ticker", "X:BTCUSD")),
          Map.entry("snapshot-forex", Map.of("ticker", "C:EURUSD")),
          Map.entry("summaries", Map.of("ticker.any_of", "AAPL")),
          Map.entry("snapshots", Map.of("ticker.any_of", "AAPL,MSFT,NOPE,C:EURUSD,X:BTCUSD")),
          Map.entry("trades", Map.of("timestamp", "2024-06-05", "order", "asc", "limit", "60")));

  private static Simulator simulator;
  private static Upstream upstream;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(Scenario.builder().clock(InstantSource.fixed(NOW)).build());
    upstream = new Upstream(simulator.baseUrl(), 2, 50_000);
  }

  @AfterAll
  static void stop() {
    upstream.close();
    simulator.close();
  }

  static Stream<String> endpoints() {
    return Catalogue.of().all().stream().map(Endpoint::name);
  }

  /** Arguments that the simulated market knows; single things are first looked for in lists. */
  private static Map<String, String> arguments(Endpoint endpoint) {
    Map<String, String> arguments = new HashMap<>();
    Map<String, String> own = ARGUMENTS.getOrDefault(endpoint.name(), Map.of());
    for (Parameter parameter : endpoint.pathParameters()) {
      String value = own.get(parameter.name());
      arguments.put(parameter.name(), value == null ? known(endpoint, parameter.name()) : value);
    }
    own.forEach(
        (name, value) -> {
          if (endpoint.parameter(name).isPresent()) {
            arguments.put(name, value);
          }
        });
    return arguments;
  }

  private static String known(Endpoint endpoint, String parameter) {
    return switch (endpoint.name() + " " + parameter) {
      case "futures-bars ticker", "futures-trades ticker", "futures-quotes ticker" ->
          first("futures-contracts", Map.of("active", "true"), "ticker");
      case "options-contract ticker",
          "snapshot-option contract",
          "options-trades-table ticker",
          "options-quotes-table ticker" ->
          first("options-contracts", Map.of("underlying_ticker", "AAPL"), "ticker");
      case "sec-filing filing_id", "sec-filing-files filing_id", "sec-filing-file filing_id" ->
          first("sec-filings", Map.of(), "id");
      case "sec-filing-file file_id" ->
          first(
              "sec-filing-files", Map.of("filing_id", first("sec-filings", Map.of(), "id")), "id");
      default -> Optional.ofNullable(STANDARD.get(parameter)).orElse("1");
    };
  }

  private static String first(String list, Map<String, String> parameters, String member) {
    Map<String, String> one = new HashMap<>(parameters);
    one.put("limit", "1");
    return upstream.client.get(list, one).rows().getFirst().text(member);
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void isAnsweredAsTheCatalogueSays(String name) {
    Endpoint endpoint = Catalogue.of().find(name).orElseThrow();
    if (endpoint.state() == State.UNSERVED) {
      Throwable refusal = catchThrowable(() -> upstream.client.get(name, arguments(endpoint)));
      assertThat(refusal).isInstanceOfAny(InvalidRequest.class, NotFound.class);
      return;
    }
    if (FORBIDDEN.contains(name)) {
      assertThat(catchThrowable(() -> upstream.client.get(name, arguments(endpoint))))
          .isInstanceOf(NotEntitled.class)
          .hasMessageContaining("plan");
      return;
    }
    RestAnswer answer = upstream.client.get(name, arguments(endpoint));
    List<Row> rows = answer.rows();
    List<String> wrong = new ArrayList<>();
    boolean flat = endpoint.answer().key().isEmpty() && !endpoint.answer().list();
    for (Row row : rows) {
      members(row.node(), endpoint.fields(), name, wrong);
    }
    wrong.removeIf(
        told ->
            UNKNOWN_ON_PURPOSE.stream().anyMatch(known -> told.startsWith(known + " "))
                || flat && AROUND.stream().anyMatch(a -> told.startsWith(name + " " + a + " ")));
    assertThat(wrong).isEmpty();
    switch (endpoint.answer().shape()) {
      case LIST, OBJECT -> assertThat(rows).as("elements of %s", name).isNotEmpty();
      case DOCUMENT -> assertThat(answer.body().asString()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("paged")
  void smallPagesGiveWhatOneLargePageGives(String name) {
    Endpoint endpoint = Catalogue.of().find(name).orElseThrow();
    Map<String, String> arguments = new HashMap<>(arguments(endpoint));
    arguments.remove("limit");
    List<JsonNode> large = take(name, arguments);
    int limit = Math.max(2, large.size() / 4);
    if (name.equals("bars")) {
      limit = 20;
    }
    arguments.put("limit", Integer.toString(limit));

    assertThat(take(name, arguments)).isEqualTo(large);
  }

  static Stream<String> paged() {
    return Catalogue.of().all().stream()
        .filter(e -> e.answer().paged() && e.parameter("limit").isPresent())
        .filter(e -> e.state() != State.UNSERVED && !FORBIDDEN.contains(e.name()))
        .map(Endpoint::name);
  }

  /** No more than some: a modelled day has too many trades for a test. */
  private static List<JsonNode> take(String name, Map<String, String> arguments) {
    Cursor<JsonNode> cursor = upstream.client.pages(name, arguments, Row::node);
    List<JsonNode> taken = cursor.take(MOST_ELEMENTS).values();
    assertThat(cursor.rejectedCount()).isZero();
    return taken;
  }

  private static void members(JsonNode node, List<Field> fields, String where, List<String> wrong) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String place = where + " " + member.getKey();
      Optional<Field> field = Field.find(fields, member.getKey());
      if (field.isEmpty()) {
        wrong.add(place + " is not in the catalogue");
      } else if (!member.getValue().isNull()) {
        value(member.getValue(), field.get(), place, wrong);
      }
    }
  }

  private static void value(JsonNode value, Field field, String place, List<String> wrong) {
    if (field.list()) {
      if (!value.isArray()) {
        wrong.add(place + " is not a list");
        return;
      }
      Field element = new Field(field.name(), field.type(), false, field.members());
      value.forEach(one -> value(one, element, place, wrong));
      return;
    }
    boolean fits =
        switch (field.type()) {
          case OBJECT -> value.isObject();
          case INTEGER, MILLIS, NANOS ->
              value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
          case NUMBER -> value.isNumber();
          case FLAG -> value.isBoolean();
          case DATE -> value.asString("").matches("\\d{4}-\\d{2}-\\d{2}");
          case DATE_TIME -> value.asString("").matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}.*");
          case COMPACT_DATE -> value.asString("").matches("\\d{8}");
          default -> value.isString();
        };
    if (!fits) {
      wrong.add("%s is %s, not %s".formatted(place, value, field.type()));
    } else if (value.isObject()) {
      members(value, field.members(), place, wrong);
    } else {
      unit(value, field, place, wrong);
    }
  }

  /** Times of this century are 13 digits in milliseconds and 19 in nanoseconds. */
  private static void unit(JsonNode value, Field field, String place, List<String> wrong) {
    int digits =
        switch (field.type()) {
          case MILLIS -> 13;
          case NANOS -> 19;
          default -> 0;
        };
    if (digits > 0
        && !value.asString().equals("0")
        && value.decimalValue().toBigInteger().toString().length() != digits) {
      wrong.add("%s is %s, not in %s".formatted(place, value, field.type()));
    }
  }

  @Test
  void whatTheVendorWouldRefuseIsRefusedBeforeItIsSent() {
    long before = simulator.requests().total();
    Set<String> refused = new TreeSet<>();
    for (Endpoint endpoint : Catalogue.of().all()) {
      Optional<Parameter> limit = endpoint.parameter("limit").filter(p -> p.most().isPresent());
      if (limit.isPresent()) {
        Throwable error =
            catchThrowable(
                () ->
                    upstream.client.get(
                        endpoint.name(),
                        Map.of(
                            "limit",
                            Long.toString(limit.get().most().getAsLong() + 1),
                            "nonsense",
                            "1")));
        assertThat(error).as(endpoint.name()).isInstanceOf(PolygonException.class);
        assertThat(error).hasMessageContaining("at most").hasMessageContaining("'nonsense'");
        refused.add(endpoint.name());
      }
    }
    assertThat(refused).hasSizeGreaterThan(60);
    assertThat(simulator.requests().total()).isEqualTo(before);
  }
}
