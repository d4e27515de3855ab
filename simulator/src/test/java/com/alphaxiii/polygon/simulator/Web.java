package com.alphaxiii.polygon.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A caller of the REST side that knows nothing of how it is made. */
final class Web implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;

  Web(Simulator simulator) {
    this.base = simulator.baseUrl();
  }

  HttpResponse<String> get(String target, String... headers)
      throws IOException, InterruptedException {
    return http.send(request(target, headers), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<byte[]> bytes(String target, String... headers)
      throws IOException, InterruptedException {
    return http.send(request(target, headers), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpRequest request(String target, String... headers) {
    URI uri = target.startsWith("http") ? URI.create(target) : URI.create(base + target);
    var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    if (headers.length == 0) {
      request.header("Authorization", "Bearer test-key");
    } else {
      request.headers(headers);
    }
    return request.build();
  }

  /** The parsed body of a good answer. */
  Map<String, Object> json(String target) throws IOException, InterruptedException {
    HttpResponse<String> response = get(target);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + ": " + response.body());
    }
    return object(response.body());
  }

  /** All results of a list, pages followed. */
  List<Map<String, Object>> all(String target) throws IOException, InterruptedException {
    var results = new ArrayList<Map<String, Object>>();
    Optional<String> next = Optional.of(target);
    for (int page = 0; next.isPresent(); page++) {
      if (page > 10_000) {
        throw new AssertionError("pages without end: " + next.get());
      }
      Map<String, Object> answer = json(next.get());
      results.addAll(results(answer));
      next = Optional.ofNullable((String) answer.get("next_url"));
    }
    return results;
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> results(Map<String, Object> answer) {
    return (List<Map<String, Object>>) answer.getOrDefault("results", List.of());
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(String text) {
    return (Map<String, Object>) parse(text);
  }

  static Object parse(String text) {
    try (JsonParser json = Json.parser(text)) {
      json.nextToken();
      return value(json);
    }
  }

  private static Object value(JsonParser json) {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        var object = new LinkedHashMap<String, Object>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = json.currentName();
          json.nextToken();
          object.put(name, value(json));
        }
        yield object;
      }
      case START_ARRAY -> {
        var array = new ArrayList<Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(json));
        }
        yield array;
      }
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> json.getString();
    };
  }

  static double number(Map<String, Object> row, String name) {
    return ((Number) row.get(name)).doubleValue();
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
