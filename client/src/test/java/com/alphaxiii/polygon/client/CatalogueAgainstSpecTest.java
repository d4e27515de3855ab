package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.catalogue.Answer.Shape;
import com.alphaxiii.polygon.catalogue.Catalogue;
import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.catalogue.Field;
import com.alphaxiii.polygon.catalogue.Parameter;
import com.alphaxiii.polygon.catalogue.ValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Holds the catalogue against the vendor's own description, in both directions. Where the vendor's
 * pages or its answers say otherwise than its description, the catalogue follows them, and the
 * difference stands here with its reason.
 */
class CatalogueAgainstSpecTest {
  /** Members that answers have and the description lacks: seen on the wire. */
  private static final Map<String, String> SENT_BUT_NOT_DESCRIBED =
      Map.of(
          "ticker-events type", "sent instead of event_type, also in the description's own sample",
          "ticker-events cik", "sent by some",
          "ticker-events composite_figi", "sent by some",
          "related-companies stock_symbol", "sent instead of ticker, also in the sample",
          "ipos issue_start_date", "sent",
          "conditions FINRA_TDDS", "sent");

  /** Declared whole, but with fractions on the wire. */
  private static final Map<String, String> WHOLE_BY_DESCRIPTION_ONLY =
      Map.of(
          "preMarket", "a price",
          "S", "shares may be split since 2026-02-23",
          "s", "shares may be split since 2026-02-23",
          "size", "shares may be split since 2026-02-23",
          "av", "a sum of split shares");

  /** Defaults that the description tells in words, or not at all, and the documentation does. */
  private static final Set<String> DEFAULT_IN_WORDS =
      Set.of(
          "bars adjusted",
          "bars sort",
          "bars limit",
          "previous-close adjusted",
          "grouped-daily adjusted",
          "grouped-daily include_otc",
          "grouped-daily-forex adjusted",
          "grouped-daily-crypto adjusted",
          "open-close adjusted",
          "open-close-crypto adjusted",
          "snapshots-stocks include_otc",
          "movers-stocks include_otc",
          "options-contracts expired");

  /** In the catalogue beyond the description: served, and described elsewhere. */
  private static final Set<String> BEYOND =
      Set.of(
          "fed-funding-conditions",
          "ticker-taxonomies",
          "sec-filings",
          "sec-filing",
          "sec-filing-files",
          "sec-filing-file");

  private static final Pattern IN_WORDS =
      Pattern.compile("maximum allowed limit is '(\\d+)'|[Mm]ax(?:imum)?(?: is| of)? (\\d[\\d,]*)");

  private static JsonNode spec;

  @BeforeAll
  static void readDescription() throws Exception {
    spec = new ObjectMapper().readTree(Files.readAllBytes(description()));
  }

  private static Path description() {
    Path root = Path.of(System.getProperty("polygon.root", "")).toAbsolutePath();
    List<Path> places = new ArrayList<>();
    for (Path at = root; at != null; at = at.getParent()) {
      places.add(at.resolve("../shared/spec/rest-openapi.json").normalize());
    }
    return places.stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseGet(
            () ->
                Assumptions.abort(
                    "no description of the vendor's API at ../shared/spec beside the repository"));
  }

  @Test
  void everyPathIsThereAndNoOther() {
    Set<String> described = new TreeSet<>();
    spec.get("paths").propertyNames().forEach(p -> described.add(byPosition(p)));
    Set<String> known = new TreeSet<>();
    for (Endpoint endpoint : Catalogue.of().all()) {
      if (!BEYOND.contains(endpoint.name())) {
        known.add(byPosition(endpoint.path()));
      }
    }
    assertThat(spec.get("paths").size()).isEqualTo(142);
    assertThat(known).isEqualTo(described);
    spec.get("paths")
        .propertyNames()
        .forEach(p -> assertThat(Catalogue.of().find(p)).as(p).isPresent());
  }

  @Test
  void everyParameterIsThereAndNoOther() {
    List<String> wrong = new ArrayList<>();
    described()
        .forEach(
            (endpoint, operations) -> {
              Set<String> described = new TreeSet<>();
              for (JsonNode operation : operations) {
                for (JsonNode parameter : operation.path("parameters")) {
                  if (parameter.get("in").stringValue().equals("query")) {
                    String name = parameter.get("name").stringValue();
                    described.add(name);
                    compare(endpoint, name, parameter, wrong);
                  }
                }
              }
              Set<String> known = new TreeSet<>();
              endpoint.queryParameters().forEach(p -> known.addAll(p.names()));
              if (!known.equals(described)) {
                wrong.add("%s takes %s, not %s".formatted(endpoint.name(), described, known));
              }
              variables(endpoint, operations, wrong);
            });
    assertThat(wrong).isEmpty();
  }

  private static void variables(Endpoint endpoint, List<JsonNode> operations, List<String> wrong) {
    List<Parameter> known = endpoint.pathParameters();
    for (JsonNode operation : operations) {
      int at = 0;
      for (JsonNode parameter : operation.path("parameters")) {
        if (!parameter.get("in").stringValue().equals("path")) {
          continue;
        }
        Set<String> values = values(parameter.get("schema"));
        if (!values.equals(new TreeSet<>(known.get(at).values()))) {
          wrong.add("%s {%s} is one of %s".formatted(endpoint.name(), known.get(at), values));
        }
        at++;
      }
      if (at != known.size()) {
        wrong.add("%s has %d variables".formatted(endpoint.name(), at));
      }
    }
  }

  private static void compare(
      Endpoint endpoint, String name, JsonNode described, List<String> wrong) {
    Parameter known = endpoint.parameter(name).orElse(null);
    if (known == null) {
      return; // Told as a difference of the names.
    }
    String where = endpoint.name() + " " + name;
    JsonNode schema = described.get("schema");
    if (name.equals(known.name())) {
      if (!accepts(known.type(), schema)) {
        wrong.add("%s is %s, not %s".formatted(where, schema, known.type()));
      }
      String standard = schema.has("default") ? schema.get("default").asString() : null;
      if (DEFAULT_IN_WORDS.contains(where) && standard != null
          || standard != null && !known.defaultValue().orElse("").equals(standard)
          || standard == null
              && known.defaultValue().isPresent()
              && !DEFAULT_IN_WORDS.contains(where)) {
        wrong.add("%s is %s by default, not %s".formatted(where, standard, known.defaultValue()));
      }
      if (schema.has("minimum") && known.least().orElse(-1) != schema.get("minimum").asLong()) {
        wrong.add("%s is at least %s".formatted(where, schema.get("minimum")));
      }
      long most = documentedMost(described, schema);
      if (most != known.most().orElse(-1)) {
        wrong.add("%s is at most %d, not %s".formatted(where, most, known.most()));
      }
    }
    // Where a filter is described with the values of its parameter, they are the same.
    Set<String> values = values(schema);
    if (!values.isEmpty() && !values.equals(new TreeSet<>(known.values()))
        || name.equals(known.name()) && values.isEmpty() && !known.values().isEmpty()) {
      wrong.add("%s is one of %s, not of %s".formatted(where, values, known.values()));
    }
    if (described.path("required").asBoolean(false) != known.required()) {
      wrong.add(where + " is required: " + !known.required());
    }
  }

  /** The limit in words; tables are described with one more than they document and accept. */
  private static long documentedMost(JsonNode described, JsonNode schema) {
    Matcher words = IN_WORDS.matcher(described.path("description").asString(""));
    if (words.find()) {
      String digits = words.group(1) != null ? words.group(1) : words.group(2);
      return Long.parseLong(digits.replace(",", ""));
    }
    return schema.has("maximum") ? schema.get("maximum").asLong() : -1;
  }

  private static Set<String> values(JsonNode schema) {
    Set<String> values = new TreeSet<>();
    schema.path("enum").forEach(v -> values.add(v.asString("")));
    values.remove("");
    values.removeAll(Set.of("true", "false"));
    return values;
  }

  private static boolean accepts(ValueType known, JsonNode schema) {
    String type = schema.path("type").asString("");
    return switch (known) {
      case INTEGER -> type.equals("integer");
      case NUMBER -> type.equals("number");
      case FLAG -> type.equals("boolean");
      case TEXTS -> type.equals("array");
      case DATE, DATE_OR_MILLIS, DATE_OR_NANOS -> type.equals("string");
      case DATE_OR_DATE_TIME -> schema.has("oneOf");
      case TEXT -> type.equals("string") || type.isEmpty();
      default -> false;
    };
  }

  @Test
  void everyMemberOfEveryAnswerIsThereAndNoOther() {
    List<String> wrong = new ArrayList<>();
    described()
        .forEach(
            (endpoint, operations) -> {
              Map<String, Set<String>> described = new LinkedHashMap<>();
              for (JsonNode operation : operations) {
                JsonNode content = operation.at("/responses/200/content");
                members("", content.get("application/json").get("schema"), described);
                if (content.has("text/csv") && !endpoint.csv()) {
                  wrong.add(endpoint.name() + " answers CSV");
                }
              }
              compare(endpoint, described, wrong);
            });
    assertThat(wrong).isEmpty();
  }

  private static void compare(
      Endpoint endpoint, Map<String, Set<String>> described, List<String> wrong) {
    boolean paged = described.remove("/next_url") != null;
    // One contract has no further pages; the description copied the member from the chain.
    if (paged != endpoint.answer().paged() && !endpoint.name().equals("snapshot-option")) {
      wrong.add("%s has pages: %s".formatted(endpoint.name(), paged));
    }
    boolean bare = endpoint.answer().list() && endpoint.answer().key().isEmpty();
    if (!bare) {
      List.of("/status", "/request_id", "/count", "/error", "/message").forEach(described::remove);
    }
    Map<String, Field> known = new LinkedHashMap<>();
    String key = "";
    for (String name : endpoint.answer().key()) {
      key += "/" + name;
      Set<String> type = described.remove(key);
      boolean last = endpoint.answer().key().getLast().equals(name);
      String expected = last && endpoint.answer().shape() == Shape.LIST ? "list" : "object";
      if (type == null || !type.contains(expected)) {
        wrong.add("%s has %s as %s".formatted(endpoint.name(), key, type));
      }
    }
    flatten(key, endpoint.fields(), known);
    flatten("", endpoint.beside(), known);
    described.forEach(
        (path, types) -> {
          Field field = known.remove(path);
          if (field == null) {
            if (!endpoint.answer().key().isEmpty()
                && path.equals("/" + endpoint.answer().key().getFirst())) {
              return;
            }
            wrong.add("%s lacks %s".formatted(endpoint.name(), path));
          } else if (!holds(field, types)) {
            wrong.add("%s has %s as %s, not %s".formatted(endpoint.name(), path, types, field));
          }
        });
    for (String path : known.keySet()) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      // Of objects with members of any name the description seldom tells what those hold.
      boolean anyName = path.contains("/*");
      boolean way = endpoint.answer().key().size() > 1 && path.equals("/results");
      if (!anyName && !way && !SENT_BUT_NOT_DESCRIBED.containsKey(endpoint.name() + " " + name)) {
        wrong.add("%s has %s, which is not described".formatted(endpoint.name(), path));
      }
    }
  }

  private static void flatten(String prefix, List<Field> fields, Map<String, Field> into) {
    for (Field field : fields) {
      into.put(prefix + "/" + field.name(), field);
      flatten(prefix + "/" + field.name(), field.members(), into);
    }
  }

  private static boolean holds(Field field, Set<String> types) {
    if (field.list() != types.contains("list")) {
      return false;
    }
    return switch (field.type()) {
      case OBJECT -> types.contains("object");
      case INTEGER -> types.contains("integer") || types.contains("number");
      case NUMBER ->
          types.contains("number")
              || types.contains("integer") && WHOLE_BY_DESCRIPTION_ONLY.containsKey(field.name());
      // Times are declared as any number.
      case MILLIS, NANOS -> types.contains("integer") || types.contains("number");
      case FLAG -> types.contains("boolean");
      default -> types.contains("string");
    };
  }

  /** What stands under each member: list, object or the simple type; several where it varies. */
  private static void members(String prefix, JsonNode schema, Map<String, Set<String>> into) {
    JsonNode at = resolved(schema);
    for (JsonNode part : at.path("allOf")) {
      members(prefix, part, into);
    }
    if (prefix.isEmpty() && at.has("items")) {
      members(prefix, at.get("items"), into);
    }
    for (Map.Entry<String, JsonNode> property : at.path("properties").properties()) {
      value(prefix + "/" + property.getKey(), property.getValue(), into);
    }
    if (at.path("additionalProperties").isObject() && !at.get("additionalProperties").isEmpty()) {
      value(prefix + "/*", at.get("additionalProperties"), into);
    }
  }

  private static void value(String path, JsonNode schema, Map<String, Set<String>> into) {
    JsonNode at = resolved(schema);
    Set<String> types = into.computeIfAbsent(path, _ -> new TreeSet<>());
    while (at.has("items")) {
      types.add("list");
      at = resolved(at.get("items"));
    }
    List<JsonNode> choices = new ArrayList<>(List.of(at));
    at.path("oneOf").forEach(choices::add);
    at.path("anyOf").forEach(choices::add);
    for (JsonNode choice : choices) {
      JsonNode one = resolved(choice);
      if (one.has("properties") || one.has("additionalProperties") || one.has("allOf")) {
        types.add("object");
        members(path, one, into);
      } else if (one.has("type")) {
        types.add(one.get("type").stringValue());
      }
    }
  }

  private static JsonNode resolved(JsonNode schema) {
    JsonNode at = schema;
    while (at.has("$ref")) {
      at = spec.at(at.get("$ref").stringValue().substring(1));
    }
    return at;
  }

  private static Map<Endpoint, List<JsonNode>> described() {
    Map<Endpoint, List<JsonNode>> all = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> path : spec.get("paths").properties()) {
      Catalogue.of()
          .find(path.getKey())
          .ifPresent(
              e -> all.computeIfAbsent(e, _ -> new ArrayList<>()).add(path.getValue().get("get")));
    }
    return all;
  }

  private static String byPosition(String path) {
    return path.replaceAll("\\{[^}]*}", "{}");
  }
}
