package com.alphaxiii.polygon.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.catalogue.Answer.Shape;
import com.alphaxiii.polygon.catalogue.Order.Direction;
import com.alphaxiii.polygon.catalogue.Parameter.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final Catalogue CATALOGUE = Catalogue.of();

  @Test
  void findsByNameByTemplateAndByFilledPath() {
    Endpoint bars = CATALOGUE.find("bars").orElseThrow();

    assertThat(CATALOGUE.find(bars.path())).contains(bars);
    assertThat(CATALOGUE.find("/v2/aggs/ticker/AAPL/range/1/day/2024-01-02/2024-01-05?limit=3"))
        .contains(bars);
    assertThat(CATALOGUE.find("nothing")).isEmpty();
    assertThat(CATALOGUE.find("/v2/aggs")).isEmpty();
    assertThat(CATALOGUE.find("/v3/trades/")).isEmpty();
  }

  @Test
  void matchesVariablesDecoded() {
    Catalogue.Match match =
        CATALOGUE.match("/v2/aggs/ticker/O%3AAAPL230616C00150000/range/5/minute/1/2").orElseThrow();

    assertThat(match.endpoint().name()).isEqualTo("bars");
    assertThat(match.variables())
        .containsExactly(
            Map.entry("ticker", "O:AAPL230616C00150000"),
            Map.entry("multiplier", "5"),
            Map.entry("timespan", "minute"),
            Map.entry("from", "1"),
            Map.entry("to", "2"));
  }

  @Test
  void fixedSegmentsGoBeforeVariables() {
    String stocks = "/v2/snapshot/locale/us/markets/stocks/";

    assertThat(CATALOGUE.find(stocks + "tickers").orElseThrow().name())
        .isEqualTo("snapshots-stocks");
    assertThat(CATALOGUE.find(stocks + "gainers").orElseThrow().name()).isEqualTo("movers-stocks");
    assertThat(CATALOGUE.find("/v3/reference/tickers/types").orElseThrow().name())
        .isEqualTo("ticker-types");
    assertThat(CATALOGUE.find("/v3/reference/tickers/T").orElseThrow().name())
        .isEqualTo("ticker-details");
    assertThat(CATALOGUE.find("/v1/open-close/crypto/BTC/USD/2024-01-02").orElseThrow().name())
        .isEqualTo("open-close-crypto");
  }

  @Test
  void anAliasIsTheSameEndpoint() {
    assertThat(CATALOGUE.find("/futures/vX/aggs/GCJ5"))
        .isEqualTo(CATALOGUE.find("/futures/v1/aggs/GCJ5"))
        .isPresent();
  }

  @Test
  void readsAllOfABlock() {
    Endpoint trades = CATALOGUE.find("trades").orElseThrow();
    Parameter timestamp = trades.parameter("timestamp.gte").orElseThrow();
    Parameter limit = trades.parameter("limit").orElseThrow();

    assertThat(timestamp.type()).isEqualTo(ValueType.DATE_OR_NANOS);
    assertThat(timestamp.filter()).isEqualTo(Filter.RANGE);
    assertThat(trades.parameter("timestamp.any_of")).isEmpty();
    assertThat(limit.defaultValue()).contains("1000");
    assertThat(limit.least()).hasValue(1);
    assertThat(limit.most()).hasValue(50_000);
    assertThat(trades.parameter("order").orElseThrow().values()).containsExactly("asc", "desc");
    assertThat(trades.data()).isEqualTo(DataType.TRADES);
    assertThat(trades.markets())
        .containsExactlyInAnyOrder(AssetClass.STOCKS, AssetClass.OPTIONS, AssetClass.CRYPTO);
    assertThat(trades.freshness()).isEqualTo(Freshness.HISTORY);
    assertThat(trades.state()).isEqualTo(State.SERVED);
    assertThat(trades.csv()).isTrue();
    assertThat(trades.answer()).isEqualTo(new Answer(Shape.LIST, List.of("results"), true));
    assertThat(trades.order()).contains(new Order("sip_timestamp", Direction.DESCENDING));
    assertThat(Field.find(trades.fields(), "conditions"))
        .contains(new Field("conditions", ValueType.INTEGER, true, List.of()));
    assertThat(Field.find(trades.fields(), "sip_timestamp").orElseThrow().type())
        .isEqualTo(ValueType.NANOS);
  }

  @Test
  void readsNestedMembers() {
    Endpoint financials = CATALOGUE.find("financials").orElseThrow();
    Field statements = Field.find(financials.fields(), "financials").orElseThrow();
    Field sheet = Field.find(statements.members(), "balance_sheet").orElseThrow();
    Field line = Field.find(sheet.members(), "assets").orElseThrow();

    assertThat(Field.find(line.members(), "value").orElseThrow().type())
        .isEqualTo(ValueType.NUMBER);
    assertThat(CATALOGUE.find("sma").orElseThrow().answer().key())
        .containsExactly("results", "values");
    assertThat(CATALOGUE.find("market-holidays").orElseThrow().answer())
        .isEqualTo(new Answer(Shape.LIST, List.of(), false));
    assertThat(CATALOGUE.find("open-close").orElseThrow().answer())
        .isEqualTo(new Answer(Shape.OBJECT, List.of(), false));
  }

  @Test
  void everyEndpointAgreesWithItself() {
    Set<String> names = new HashSet<>();
    for (Endpoint endpoint : CATALOGUE.all()) {
      assertThat(names.add(endpoint.name())).as(endpoint.name()).isTrue();
      assertThat(endpoint.pathParameters().stream().map(Parameter::name))
          .as(endpoint.path())
          .containsExactlyElementsOf(variables(endpoint.path()));
      assertThat(endpoint.parameters())
          .as(endpoint.name())
          .allMatch(p -> p.place() == Place.QUERY || p.required())
          .allMatch(
              p ->
                  p.values().isEmpty() || p.defaultValue().stream().allMatch(p.values()::contains));
      endpoint.instead().ifPresent(other -> assertThat(CATALOGUE.find(other)).isPresent());
      assertThat(endpoint.identity())
          .as("identity of " + endpoint.name())
          .allMatch(path -> reaches(endpoint.fields(), path));
      endpoint
          .order()
          .ifPresent(
              order ->
                  assertThat(reaches(endpoint.fields(), order.field()))
                      .as("order of " + endpoint.name())
                      .isTrue());
      if (endpoint.answer().paged()) {
        assertThat(endpoint.answer().list()).as(endpoint.name()).isTrue();
      }
      if (endpoint.answer().shape() != Shape.DOCUMENT) {
        assertThat(endpoint.fields()).as(endpoint.name()).isNotEmpty();
      }
    }
  }

  @Test
  void namesWhereTheTextIsWrong() {
    assertThatThrownBy(() -> CatalogueText.read("odd: An odd one\n  path /odd\n  needs nothing\n"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("odd: An odd one");
    assertThatThrownBy(() -> CatalogueText.read("odd: An odd one\n  path /odd\n  path /even\n"))
        .hasRootCauseMessage("two lines begin with path");
  }

  private static boolean reaches(List<Field> fields, String path) {
    List<Field> at = fields;
    for (String name : path.split("\\.")) {
      Field field = Field.find(at, name).orElse(null);
      if (field == null) {
        return false;
      }
      at = field.members();
    }
    return true;
  }

  private static List<String> variables(String path) {
    Matcher matcher = Pattern.compile("\\{([^}]+)}").matcher(path);
    return matcher.results().map(r -> r.group(1)).toList();
  }
}
