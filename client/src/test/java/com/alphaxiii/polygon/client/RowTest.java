package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.node.StringNode;

class RowTest {
  private static Row row(String json) {
    try (JsonParser parser =
        Json.parser(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))) {
      parser.nextToken();
      return Row.read(parser, "split 3");
    }
  }

  @Test
  void numbersKeepEveryDigit() {
    Row row = row("{\"t\":1617901342969796417,\"p\":129.840,\"big\":12345678901234567890.125}");

    assertThat(row.whole("t")).isEqualTo(1_617_901_342_969_796_417L);
    assertThat(row.decimal("p")).contains(new BigDecimal("129.840"));
    assertThat(row.decimal("big")).contains(new BigDecimal("12345678901234567890.125"));
    assertThat(row.toString()).contains("129.840", "12345678901234567890.125");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "12.0", "1.2e1", "\"12\"", "\"12.0\""})
  void wholeNumbersAreReadInEverySpelling(String spelling) {
    Row row = row("{\"n\":%s}".formatted(spelling));

    assertThat(row.whole("n")).isEqualTo(12);
    assertThat(row.smallOr("n", 0)).isEqualTo(12);
    assertThat(row.real("n")).isEqualTo(12);
  }

  @Test
  void missingAndNullAreTheSame() {
    for (String json : List.of("{}", "{\"x\":null}")) {
      Row row = row(json);
      assertThat(row.has("x")).isFalse();
      assertThat(row.textOrNull("x")).isNull();
      assertThat(row.textOr("x", "-")).isEqualTo("-");
      assertThat(row.realOr("x", 1.5)).isEqualTo(1.5);
      assertThat(row.wholeOr("x", 2)).isEqualTo(2);
      assertThat(row.smallOr("x", 3)).isEqualTo(3);
      assertThat(row.decimal("x")).isEmpty();
      assertThat(row.dateIfAny("x")).isEmpty();
      assertThat(row.flag("x")).isEmpty();
      assertThat(row.object("x")).isEmpty();
      assertThat(row.objects("x")).isEmpty();
      assertThat(row.texts("x")).isEmpty();
      assertThat(row.conditions("x")).isEqualTo(Conditions.NONE);
    }
  }

  @Test
  void nestedObjectsAndListsNameTheirPlace() {
    Row row =
        row(
            """
            {"day":{"o":1},"legs":[{"id":"a"},null,{"id":7}],"c":[37,12.0,null],"tags":["x",{"y":1}],
             "alone":"z","on":"2024-02-29","yes":true}
            """);

    assertThat(row.object("day").orElseThrow().real("o")).isEqualTo(1);
    assertThat(row.objects("legs").stream().map(r -> r.text("id"))).containsExactly("a", "7");
    assertThat(row.conditions("c")).isEqualTo(Conditions.of(37, 12));
    assertThat(row.texts("tags")).containsExactly("x");
    assertThat(row.texts("alone")).containsExactly("z");
    assertThat(row.date("on")).isEqualTo(LocalDate.of(2024, 2, 29));
    assertThat(row.flag("yes")).contains(true);
    assertThat(row.names()).contains("alone", "day", "yes");
    assertThatThrownBy(() -> row.objects("legs").get(1).real("price"))
        .isInstanceOf(BadData.class)
        .hasMessage("split 3, legs 3 has no 'price'");
    assertThatThrownBy(() -> row.object("c")).hasMessageContaining("'c' that is not an object");
    assertThatThrownBy(() -> row.objects("day")).hasMessageContaining("'day' that is not a list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.5", "\"x\"", "1e999999999", "9223372036854775808", "\"\""})
  void whatIsNoWholeNumberIsNamed(String spelling) {
    assertThatThrownBy(() -> row("{\"n\":%s}".formatted(spelling)).whole("n"))
        .isInstanceOf(BadData.class)
        .hasMessageStartingWith("split 3 has '")
        .hasMessageEndingWith("for 'n', which is not a whole number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"12d\"", "\"0x1p3\"", "\" 1\"", "\"NaN\"", "1e999"})
  void whatIsNoNumberIsNamed(String spelling) {
    assertThatThrownBy(() -> row("{\"n\":%s}".formatted(spelling)).real("n"))
        .isInstanceOf(BadData.class)
        .hasMessageStartingWith("split 3 has '")
        .hasMessageEndingWith("for 'n', which is not a number");
  }

  @Test
  void onlyObjectsAreRows() {
    for (String json : List.of("[]", "7", "\"x\"", "true")) {
      assertThatThrownBy(() -> row(json))
          .isInstanceOf(BadData.class)
          .hasMessage("split 3 is not an object");
    }
  }

  @Property(tries = 500)
  void noReadingFailsOtherwiseThanWithBadData(@ForAll String text, @ForAll double number) {
    String quoted = StringNode.valueOf(text).toString();
    Row row =
        row(
            "{\"a\":%s,\"b\":[%1$s,%s],\"c\":%2$s}"
                .formatted(quoted, Double.isFinite(number) ? number : 0.5));
    List<Function<String, Object>> readings =
        List.of(
            row::text,
            row::ticker,
            row::date,
            row::dateIfAny,
            row::real,
            row::decimal,
            row::whole,
            n -> row.smallOr(n, 0),
            row::flag,
            row::object,
            row::objects,
            row::texts,
            row::conditions);
    for (Function<String, Object> reading : readings) {
      for (String name : List.of("a", "b", "c", "d")) {
        try {
          assertThat(reading.apply(name)).isNotNull();
        } catch (PolygonException e) {
          assertThat(e).isInstanceOf(BadData.class);
        }
      }
    }
  }
}
