package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.catalogue.Answer;
import com.alphaxiii.polygon.catalogue.AssetClass;
import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.catalogue.Field;
import com.alphaxiii.polygon.catalogue.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the catalogue knows of an endpoint, for people. */
final class EndpointText {
  private EndpointText() {}

  /** All of it, in lines. */
  static String of(Endpoint endpoint) {
    StringBuilder text = new StringBuilder();
    text.append("%s: %s\n".formatted(endpoint.name(), endpoint.title()));
    for (String path : endpoint.paths()) {
      text.append("  GET %s\n".formatted(path));
    }
    text.append("  plan must include %s\n".formatted(needs(endpoint)));
    text.append("  answers %s\n".formatted(answer(endpoint.answer())));
    text.append(
        "  stays true: %s, state: %s\n".formatted(endpoint.freshness().word(), state(endpoint)));
    if (!endpoint.parameters().isEmpty()) {
      text.append("\nparameters\n");
      rows(text, endpoint.parameters().stream().map(EndpointText::parameter).toList());
    }
    if (!endpoint.fields().isEmpty()) {
      text.append("\nfields\n");
      List<String[]> fields = new ArrayList<>();
      collect("", endpoint.fields(), fields);
      rows(text, fields);
    }
    return text.toString();
  }

  /** Data and asset classes, such as {@code trades of stocks, options, crypto}. */
  static String needs(Endpoint endpoint) {
    String markets =
        endpoint.markets().stream()
            .sorted()
            .map(AssetClass::word)
            .collect(Collectors.joining(", "));
    return endpoint.data().word() + (markets.isEmpty() ? "" : " of " + markets);
  }

  private static String state(Endpoint endpoint) {
    return endpoint.state().word() + endpoint.instead().map(name -> ", better: " + name).orElse("");
  }

  private static String answer(Answer answer) {
    String where = answer.key().isEmpty() ? "" : " under " + String.join(".", answer.key());
    return switch (answer.shape()) {
          case LIST -> "a list" + where;
          case OBJECT -> "one object" + where;
          case DOCUMENT -> "a file as it is";
        }
        + (answer.paged() ? ", in pages" : "");
  }

  private static String[] parameter(Parameter parameter) {
    List<String> words = new ArrayList<>(List.of(parameter.type().word()));
    if (parameter.required()) {
      words.add("required");
    }
    parameter.defaultValue().ifPresent(value -> words.add("default " + value));
    parameter.least().ifPresent(value -> words.add("at least " + value));
    parameter.most().ifPresent(value -> words.add("at most " + value));
    if (!parameter.values().isEmpty()) {
      words.add("one of " + String.join(" ", parameter.values()));
    }
    if (!parameter.filter().suffixes().isEmpty()) {
      words.add(
          "also "
              + parameter.filter().suffixes().stream()
                  .map(s -> "." + s)
                  .collect(Collectors.joining(" ")));
    }
    return new String[] {parameter.name(), String.join(", ", words)};
  }

  private static void collect(String prefix, List<Field> fields, List<String[]> into) {
    for (Field field : fields) {
      String name = prefix + field.name() + (field.list() ? "[]" : "");
      if (field.members().isEmpty()) {
        into.add(new String[] {name, field.type().word()});
      } else {
        collect(name + ".", field.members(), into);
      }
    }
  }

  private static void rows(StringBuilder text, List<String[]> rows) {
    int width = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
    for (String[] row : rows) {
      text.append(("  %-" + width + "s  %s\n").formatted(row[0], row[1]));
    }
  }
}
