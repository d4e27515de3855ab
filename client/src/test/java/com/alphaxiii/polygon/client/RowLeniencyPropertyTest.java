package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.client.SampleRows.Sample;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the vendor may do to an element without changing what it means, and what it may not. */
class RowLeniencyPropertyTest {
  @Provide
  Arbitrary<Sample> samples() {
    return Arbitraries.of(SampleRows.ALL);
  }

  @Property(tries = 600)
  void spellingOrderAndUnknownMembersDoNotMatter(
      @ForAll("samples") Sample sample, @ForAll Random random) {
    String other = new Spelling(random).object(tree(sample.json()));

    assertThat(decode(sample, other)).as(other).isEqualTo(decode(sample, sample.json()));
  }

  @Property(tries = 600)
  void whatIsNotRequiredMayBeMissingOrNull(
      @ForAll("samples") Sample sample, @ForAll Random random) {
    ObjectNode element = tree(sample.json());
    thin(element, sample.required(), random);

    assertThat(decode(sample, element.toString())).as(element.toString()).isNotNull();
  }

  /**
   * Inside, all may be missing but what tells a part's meaning, which is named where it is read.
   */
  private static void thin(ObjectNode element, List<String> required, Random random) {
    for (String name : List.copyOf(element.propertyNames())) {
      if (!required.contains(name) && random.nextBoolean()) {
        if (random.nextBoolean()) {
          element.remove(name);
        } else {
          element.putNull(name);
        }
      }
    }
  }

  @Property(tries = 300)
  void aBadElementCostsNoOtherAndIsTold(@ForAll("samples") Sample sample, @ForAll Random random) {
    String bad = bad(sample, random);
    List<String> elements = new ArrayList<>(List.of(sample.json(), sample.json(), sample.json()));
    int place = random.nextInt(elements.size() + 1);
    elements.add(place, bad);

    Rows<?> rows = page("[" + String.join(",", elements) + "]", sample);

    assertThat(rows.values()).hasSize(3).allMatch(decode(sample, sample.json())::equals);
    assertThat(rows.faults()).hasSize(1);
    assertThat(rows.faults().getFirst().index()).isEqualTo(place + 1);
    assertThat(rows.faults().getFirst().reason()).isNotBlank();
  }

  /** An element that is none, or lacks something required, or has nonsense for it. */
  private static String bad(Sample sample, Random random) {
    if (sample.required().isEmpty() || random.nextInt(4) == 0) {
      return List.of("7", "null", "\"text\"", "[1,{\"a\":2}]", "true").get(random.nextInt(5));
    }
    ObjectNode element = tree(sample.json());
    String name = sample.required().get(random.nextInt(sample.required().size()));
    switch (random.nextInt(3)) {
      case 0 -> element.remove(name);
      case 1 -> element.putNull(name);
      default -> element.putArray(name).add("nonsense");
    }
    return element.toString();
  }

  @Property(tries = 600)
  void aMutatedPageIsValuesOrAnErrorOfTheFamily(
      @ForAll("samples") Sample sample, @ForAll Random random) {
    byte[] body = answer("[" + sample.json() + "," + sample.json() + "]");
    for (int i = random.nextInt(4); i >= 0; i--) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    try {
      Rows<?> rows = page(body, sample);
      assertThat(rows.values().size() + rows.faults().size()).isBetween(0, 4);
    } catch (PolygonException e) {
      assertThat(e).isInstanceOf(BadData.class);
    }
  }

  @Property(tries = 200)
  void aRequiredMemberThatIsMissingIsNamed(@ForAll("samples") Sample sample) {
    for (String name : sample.required()) {
      ObjectNode element = tree(sample.json());
      element.remove(name);

      assertThatThrownBy(() -> decode(sample, element.toString()))
          .isInstanceOf(BadData.class)
          .hasMessageContaining("has no '" + name + "'");
    }
  }

  static Object decode(Sample sample, String json) {
    try (JsonParser parser = Json.parser(bytes(json))) {
      parser.nextToken();
      return sample.decode().apply(Row.read(parser, "it"));
    }
  }

  private static Rows<?> page(String list, Sample sample) {
    return page(answer(list), sample);
  }

  private static Rows<?> page(byte[] body, Sample sample) {
    RowPage<Object> page = new RowPage<>(Envelope.RESULTS, row -> sample.decode().apply(row));
    Envelope.read(new ByteArrayInputStream(body), page.where(), page);
    return page.content();
  }

  private static byte[] answer(String list) {
    return ("{\"status\":\"OK\",\"results\":" + list + "}").getBytes(StandardCharsets.UTF_8);
  }

  private static ByteArrayInputStream bytes(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode tree(String json) {
    try (JsonParser parser = Json.parser(bytes(json))) {
      parser.nextToken();
      return (ObjectNode) Json.tree(parser);
    }
  }

  /** Writes the same element in another way. */
  private static final class Spelling {
    private final Random random;

    Spelling(Random random) {
      this.random = random;
    }

    String object(ObjectNode node) {
      List<String> members = new ArrayList<>();
      for (String name : node.propertyNames()) {
        members.add("\"" + name + "\":" + value(node.get(name)));
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        members.add(
            "\"unknown_%d\":%s"
                .formatted(
                    i,
                    List.of("null", "1", "\"x\"", "[{}]", "{\"ticker\":[null]}")
                        .get(random.nextInt(5))));
      }
      // Statements keep the order of their items, which is the vendor's.
      if (!node.has("assets") && !node.has("balance_sheet")) {
        Collections.shuffle(members, random);
      }
      return "{" + String.join(",", members) + "}";
    }

    private String value(JsonNode node) {
      if (node instanceof ObjectNode object) {
        return isMap(object) ? object.toString() : object(object);
      }
      if (node.isArray()) {
        List<String> elements = new ArrayList<>();
        node.forEach(element -> elements.add(value(element)));
        return "[" + String.join(",", elements) + "]";
      }
      return node.isNumber() ? number(node.asString()) : node.toString();
    }

    /** Every member of these is data, so that none is unknown. */
    private static boolean isMap(ObjectNode object) {
      return object.has("nyse")
          || object.has("fx")
          || object.has("s_and_p")
          || object.has("CTA")
          || object.has("assets")
          || object.has("balance_sheet")
          || object.has("basic_earnings_per_share");
    }

    private String number(String text) {
      return switch (random.nextInt(4)) {
        case 0 -> text.contains(".") ? text + "0" : text + ".0";
        case 1 -> "\"" + text + "\"";
        case 2 -> text + "e0";
        default -> text;
      };
    }
  }
}
