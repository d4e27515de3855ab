package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.PolygonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of a request, and collects everything wrong with them instead of stopping at the
 * first: a field that cannot be read is recorded and stands in with nothing, until {@link #check}.
 */
final class RequestFields {
  private final Map<String, JsonNode> given;

  /** Parameters of an address are texts, whatever they stand for. */
  private final boolean texts;

  private final List<FieldProblem> problems = new ArrayList<>();

  private RequestFields(Map<String, JsonNode> given, boolean texts) {
    this.given = given;
    this.texts = texts;
  }

  /** The members of a JSON object; a null counts as not given. */
  static RequestFields of(JsonNode object, Set<String> known) {
    Map<String, JsonNode> given = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            member -> {
              if (!member.getValue().isNull() || !known.contains(member.getKey())) {
                given.put(member.getKey(), member.getValue());
              }
            });
    return of(given, known, false);
  }

  /** Parameters of a path and of a query, which must not name one of the path anew. */
  static RequestFields ofParameters(
      Map<String, String> path, Map<String, String> query, Set<String> knownInQuery) {
    Map<String, JsonNode> given = new LinkedHashMap<>();
    query.forEach((name, value) -> given.put(name, Json.text(value)));
    RequestFields fields = of(given, knownInQuery, true);
    path.forEach((name, value) -> given.put(name, Json.text(value)));
    return fields;
  }

  private static RequestFields of(Map<String, JsonNode> given, Set<String> known, boolean texts) {
    RequestFields fields = new RequestFields(given, texts);
    given.forEach(
        (name, value) -> {
          if (!known.contains(name)) {
            fields.problems.add(
                new FieldProblem(
                    name,
                    known.isEmpty()
                        ? "there is no field '%s' here".formatted(name)
                        : "there is no field '%s'; known are %s"
                            .formatted(name, String.join(", ", known.stream().sorted().toList())),
                    value));
          }
        });
    return fields;
  }

  /** A text that must be given, read by {@code parser}; empty when something is wrong with it. */
  <T> Optional<T> required(String name, Function<String, T> parser) {
    if (!given.containsKey(name)) {
      problem(name, name + " is required");
      return Optional.empty();
    }
    return optional(name, parser);
  }

  /** A text read by {@code parser}; empty when it is not given or something is wrong with it. */
  <T> Optional<T> optional(String name, Function<String, T> parser) {
    JsonNode value = given.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isString()) {
      problem(name, name + " must be a text");
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(value.stringValue()));
    } catch (PolygonException.InvalidRequest e) {
      String message = e.getMessage();
      problem(name, message == null ? name + " is malformed" : message);
      return Optional.empty();
    }
  }

  /** A list of texts that must be given; the empty list when something is wrong with it. */
  List<String> texts(String name, int most) {
    JsonNode value = given.get(name);
    if (value == null) {
      problem(name, name + " is required");
      return List.of();
    }
    List<String> all = new ArrayList<>();
    for (JsonNode each : value.values()) {
      if (!each.isString()) {
        problem(name, name + " must be a list of texts");
        return List.of();
      }
      all.add(each.stringValue());
    }
    if (!value.isArray() || all.isEmpty() || all.size() > most) {
      problem(name, "%s must be a list of 1 to %d texts".formatted(name, most));
      return List.of();
    }
    return List.copyOf(new LinkedHashSet<>(all));
  }

  /** True or false. */
  boolean flag(String name, boolean byDefault) {
    JsonNode value = given.get(name);
    if (value == null) {
      return byDefault;
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    String text = texts ? value.asString() : "";
    if (!text.equals("true") && !text.equals("false")) {
      problem(name, name + " must be true or false");
      return byDefault;
    }
    return text.equals("true");
  }

  /** A whole number from {@code least} to {@code most}. */
  int number(String name, int byDefault, int least, int most) {
    JsonNode value = given.get(name);
    if (value == null) {
      return byDefault;
    }
    OptionalInt number = whole(value);
    if (number.isPresent() && number.getAsInt() >= least && number.getAsInt() <= most) {
      return number.getAsInt();
    }
    problem(name, "%s must be a whole number from %d to %d".formatted(name, least, most));
    return byDefault;
  }

  private OptionalInt whole(JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      return OptionalInt.of(value.intValue());
    }
    if (texts && value.asString().matches("[0-9]{1,9}")) {
      return OptionalInt.of(Integer.parseInt(value.asString()));
    }
    return OptionalInt.empty();
  }

  /** Records a problem with a field as it was given. */
  void problem(String name, String message) {
    problems.add(new FieldProblem(name, message, given.get(name)));
  }

  /** Throws {@link InvalidInput} with all problems found, if there are any. */
  void check() {
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  /** What {@code value} holds; only to be called after {@link #check}. */
  static <T> T sure(@SuppressWarnings("OptionalUsedAsFieldOrParameterType") Optional<T> value) {
    return value.orElseThrow(() -> new IllegalStateException("read before it was checked"));
  }

  @Nullable JsonNode raw(String name) {
    return given.get(name);
  }
}
