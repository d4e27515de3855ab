package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.catalogue.Catalogue;
import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.catalogue.Parameter;
import com.alphaxiii.polygon.catalogue.Parameter.Place;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * One request to an endpoint of the catalogue, found sound: every parameter is known, of its type
 * and within its bounds. What the caller leaves out is left out, so the vendor's defaults hold.
 *
 * @param sent by the names they are sent under
 */
record Query(Endpoint endpoint, Map<String, String> sent) {
  Query {
    sent = Map.copyOf(sent);
  }

  /**
   * A request for an endpoint named, or for a path that may be filled and have a query behind it.
   *
   * @throws InvalidRequest naming everything that is wrong at once
   */
  static Query of(String nameOrPath, Map<String, String> parameters) {
    Endpoint endpoint = endpoint(nameOrPath);
    Problems problems = new Problems(endpoint);
    Map<String, String> given = new LinkedHashMap<>();
    fromPath(nameOrPath, (name, value) -> problems.give(given, name, value));
    new TreeMap<>(parameters).forEach((name, value) -> problems.give(given, name, value));
    problems.check(given);
    return new Query(endpoint, given);
  }

  private static Endpoint endpoint(String nameOrPath) {
    Catalogue catalogue = Catalogue.of();
    return catalogue
        .find(nameOrPath)
        .orElseThrow(
            () -> {
              String asked = withoutQuery(nameOrPath);
              boolean path = asked.startsWith("/");
              List<String> known =
                  catalogue.all().stream().map(e -> path ? e.path() : e.name()).toList();
              return new InvalidRequest(
                  "endpoint",
                  asked,
                  "no endpoint %s '%s'%s; all of them: polygon get --list"
                      .formatted(
                          path ? "has the path" : "is called", asked, Nearest.hint(asked, known)));
            });
  }

  private static String withoutQuery(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static void fromPath(String nameOrPath, BiConsumer<String, String> given) {
    if (!nameOrPath.startsWith("/")) {
      return;
    }
    Catalogue.of()
        .match(nameOrPath)
        .ifPresent(
            match ->
                match
                    .variables()
                    .forEach(
                        (name, value) -> {
                          // A template's own variable stands for nothing.
                          if (!(value.startsWith("{") && value.endsWith("}"))) {
                            given.accept(name, value);
                          }
                        }));
    int query = nameOrPath.indexOf('?');
    if (query >= 0) {
      for (String pair : nameOrPath.substring(query + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (!pair.isEmpty()) {
          given.accept(
              decoded(equals < 0 ? pair : pair.substring(0, equals)),
              equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
      }
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** The value under a name, when one was given. */
  Optional<String> value(String name) {
    return Optional.ofNullable(sent.get(name));
  }

  /** The same with the largest page that the vendor serves, unless a size was given. */
  Query withLargestPages(int most) {
    Optional<Parameter> limit = endpoint.parameter("limit");
    if (limit.isEmpty() || limit.get().most().isEmpty() || sent.containsKey("limit")) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(sent);
    more.put("limit", Long.toString(Math.min(limit.get().most().getAsLong(), most)));
    return new Query(endpoint, more);
  }

  /** Path and query as sent, parameters in the catalogue's order. */
  String target() {
    String path = endpoint.path();
    StringBuilder query = new StringBuilder();
    for (Parameter parameter : endpoint.parameters()) {
      for (String name : parameter.names()) {
        String value = sent.get(name);
        if (value == null) {
          continue;
        }
        if (parameter.place() == Place.PATH) {
          path = path.replace("{" + name + "}", Pages.encoded(value));
        } else {
          query
              .append(query.isEmpty() ? '?' : '&')
              .append(Pages.encoded(name))
              .append('=')
              .append(Pages.encoded(value));
        }
      }
    }
    return path + query;
  }

  /** What errors name: the endpoint and what stands in its path. */
  String subject() {
    List<String> words = new ArrayList<>(List.of(endpoint.name()));
    endpoint.pathParameters().forEach(p -> words.add(sent.getOrDefault(p.name(), "")));
    return String.join(" ", words);
  }
}
