package com.alphaxiii.polygon.simulator;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One authorized REST call.
 *
 * @param path the decoded segments after the route's fixed part
 * @param query decoded parameters; of a repeated one the last counts
 * @param baseUrl scheme and host as the caller wrote them, for {@code next_url}
 * @param requestId of the answer
 * @param access what the caller's key may see
 */
record Call(
    List<String> path, Map<String, String> query, String baseUrl, String requestId, Access access) {
  private static final Pattern VARIABLE = Pattern.compile("\\{\\w+}");

  Optional<String> find(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
  }

  /** A number of results: the default when absent, capped at the maximum. */
  int limit(int byDefault, int maximum) {
    Optional<String> text = find("limit");
    if (text.isEmpty()) {
      return byDefault;
    }
    try {
      int limit = Integer.parseInt(text.get());
      if (limit > 0) {
        return Math.min(limit, maximum);
      }
    } catch (NumberFormatException e) {
      // Told below, as for a number that is out of range.
    }
    throw ApiError.badRequest("The parameter 'limit' must be a positive integer");
  }

  /** True for descending. */
  boolean descending(String name, boolean byDefault) {
    return switch (find(name).orElse("")) {
      case "" -> byDefault;
      case "asc" -> false;
      case "desc" -> true;
      default ->
          throw ApiError.badRequest("The parameter '%s' must be 'asc' or 'desc'".formatted(name));
    };
  }

  boolean flag(String name, boolean byDefault) {
    return switch (find(name).orElse("")) {
      case "" -> byDefault;
      case "true" -> true;
      case "false" -> false;
      default ->
          throw ApiError.badRequest("The parameter '%s' must be true or false".formatted(name));
    };
  }

  /** The same call with the state that a cursor carries instead of its query. */
  Call resumed() {
    Optional<String> cursor = find("cursor");
    if (cursor.isEmpty()) {
      return this;
    }
    var state = new HashMap<String, String>();
    for (String pair : decoded(cursor.get()).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw ApiError.badRequest("The parameter 'cursor' is invalid");
      }
      try {
        state.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw ApiError.badRequest("The parameter 'cursor' is invalid");
      }
    }
    return new Call(path, state, baseUrl, requestId, access);
  }

  private static String decoded(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest("The parameter 'cursor' is invalid");
    }
  }

  /** The address of the next page: a path on the same host, and the state as a cursor. */
  String nextUrl(String newPath, Map<String, String> state) {
    String text =
        new TreeMap<>(state)
            .entrySet().stream()
                .map(
                    e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    return baseUrl
        + newPath
        + "?cursor="
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The query of this call with one more entry, without the key: the state for a cursor. */
  Map<String, String> stateWith(String name, String value) {
    var state = new HashMap<>(query);
    state.remove("apiKey");
    state.put(name, value);
    return state;
  }

  /** The moment of the first page, which a cursor carries under a name; now for the first page. */
  Instant asOf(String name, InstantSource clock) {
    Optional<String> millis = find(name);
    if (millis.isEmpty()) {
      return clock.instant();
    }
    try {
      return Instant.ofEpochMilli(Long.parseLong(millis.get()));
    } catch (NumberFormatException e) {
      throw ApiError.badRequest("The parameter 'cursor' is invalid");
    }
  }

  /** A route's path with this call's segments in the place of its variables. */
  String fill(String template) {
    String filled = template;
    for (String segment : path) {
      String escaped =
          URLEncoder.encode(segment, StandardCharsets.UTF_8)
              .replace("+", "%20")
              .replace("%3A", ":");
      filled = VARIABLE.matcher(filled).replaceFirst(Matcher.quoteReplacement(escaped));
    }
    return filled;
  }

  /** The answer of an endpoint that has one thing to tell. */
  byte[] single(Row results) {
    return new Row()
        .put("request_id", requestId)
        .put("results", results)
        .put("status", "OK")
        .bytes();
  }

  /** A place in a list that an earlier page's cursor tells; 0 for the first page. */
  int offset() {
    try {
      int offset = Integer.parseInt(find("offset").orElse("0"));
      if (offset >= 0) {
        return offset;
      }
    } catch (NumberFormatException e) {
      // Told below, as for a place before the first.
    }
    throw ApiError.badRequest("The parameter 'cursor' is invalid");
  }
}
