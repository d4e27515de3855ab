package com.alphaxiii.polygon.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The query of an address, read with leniency: what is not well encoded stands for itself. The
 * framework's own reading throws then, before anybody can answer.
 *
 * @param parameters as sent, in order
 */
record RawQuery(List<String> parameters) {
  static RawQuery of(@Nullable String query) {
    return new RawQuery(
        query == null
            ? List.of()
            : Stream.of(query.split("&", -1)).filter(each -> !each.isEmpty()).toList());
  }

  /** The value of a parameter, the first of that name; null when there is none. */
  @Nullable String find(String name) {
    for (String parameter : parameters) {
      if (name(parameter).equals(name)) {
        return value(parameter);
      }
    }
    return null;
  }

  /** Without what tells who asks. */
  RawQuery withoutSecrets() {
    return new RawQuery(parameters.stream().filter(each -> !isSecret(name(each))).toList());
  }

  /** Names and values, of a name that comes twice the last. */
  Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    parameters.forEach(each -> values.put(name(each), value(each)));
    return values;
  }

  private static boolean isSecret(String name) {
    return name.equalsIgnoreCase("apiKey") || name.equals("token");
  }

  private static String name(String parameter) {
    int equals = parameter.indexOf('=');
    return decoded(equals < 0 ? parameter : parameter.substring(0, equals));
  }

  private static String value(String parameter) {
    int equals = parameter.indexOf('=');
    return equals < 0 ? "" : decoded(parameter.substring(equals + 1));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** As sent. */
  @Override
  public String toString() {
    return parameters.stream().collect(Collectors.joining("&"));
  }
}
