package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.PolygonException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * An error answer by RFC 9457.
 *
 * @param name last part of its type
 * @param detail names the subject and what to do
 * @param retryAfter when trying again may help; null when it will not, or nobody knows
 * @param upstreamRequestId the vendor's id of the request that failed
 */
record Problem(
    int status,
    String name,
    String title,
    String detail,
    List<FieldProblem> errors,
    @Nullable Duration retryAfter,
    @Nullable String upstreamRequestId) {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final String TYPES = "/problems/";
  private static final Duration AFTER_RATE_LIMIT = Duration.ofSeconds(1);
  private static final Duration AFTER_OUTAGE = Duration.ofSeconds(5);

  /** More of a given value than this is not sent back. */
  private static final int LONGEST_VALUE = 200;

  static Problem of(int status, String name, String title, String detail) {
    return new Problem(status, name, title, detail, List.of(), null, null);
  }

  static Problem malformed(String detail) {
    return of(400, "malformed-request", "Malformed request", detail);
  }

  static Problem invalid(List<FieldProblem> errors) {
    String detail =
        errors.size() == 1
            ? errors.getFirst().message()
            : errors.size() + " problems with the request; errors names each";
    return new Problem(
        422, "invalid-request", "Invalid request", detail, List.copyOf(errors), null, null);
  }

  static Problem notFound(String method, String path) {
    return of(
        404,
        "unknown-path",
        "Unknown path",
        "There is no %s %s here; /openapi.json lists what there is".formatted(method, path));
  }

  static Problem internal() {
    return of(
        500,
        "internal-error",
        "Internal error",
        "The server failed at this request; its log tells more under the request_id");
  }

  Problem retryAfter(Duration delay) {
    return new Problem(status, name, title, detail, errors, delay, upstreamRequestId);
  }

  /** How an error that a call ended with is told. */
  static Problem of(Throwable error) {
    return switch (error) {
      case InvalidInput invalid -> invalid(invalid.problems());
      case Call.Malformed malformed -> malformed(malformed.detail());
      case Format.NotAcceptable e -> of(406, "not-acceptable", "Not acceptable", e.detail());
      case Load.Overloaded overloaded -> Load.busy();
      case Load.TooLarge e -> e.problem();
      case PolygonException known -> of(known);
      default -> internal();
    };
  }

  private static Problem of(PolygonException error) {
    return switch (error) {
      case PolygonException.InvalidRequest invalid -> refused(invalid);
      case PolygonException.NotFound e -> told(404, "not-found", "Not found", e);
      case PolygonException.NotEntitled e -> told(403, "not-entitled", "Not in the plan", e);
      case PolygonException.NotYetAvailable e ->
          told(403, "not-yet-available", "Not yet published", e);
      case PolygonException.Unauthorized e ->
          told(502, "upstream-key-refused", "The vendor refused the server's key", e);
      case PolygonException.RateLimited e ->
          told(429, "rate-limited", "Too many requests", e)
              .retryAfter(e.retryAfter().orElse(AFTER_RATE_LIMIT));
      case PolygonException.Unavailable e ->
          told(503, "upstream-unavailable", "The vendor cannot be reached", e)
              .retryAfter(AFTER_OUTAGE);
      case PolygonException.BadData e ->
          told(502, "upstream-bad-data", "The vendor's answer cannot be true", e);
      case PolygonException.StorageFailure e ->
          told(500, "storage-failure", "The local cache failed", e);
    };
  }

  private static Problem refused(PolygonException.InvalidRequest error) {
    String message = message(error);
    if (error.field().isEmpty()) {
      return told(400, "upstream-refused", "The vendor refused the request", error);
    }
    return invalid(
        List.of(
            new FieldProblem(
                error.field().get(), message, error.value().map(Json::text).orElse(null))));
  }

  private static Problem told(int status, String name, String title, PolygonException error) {
    return new Problem(
        status, name, title, message(error), List.of(), null, error.requestId().orElse(null));
  }

  private static String message(PolygonException error) {
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }

  byte[] json(String requestId) {
    return Json.object(
        json -> {
          json.writeStringProperty("type", TYPES + name);
          json.writeStringProperty("title", title);
          json.writeNumberProperty("status", status);
          json.writeStringProperty("detail", detail);
          json.writeStringProperty("request_id", requestId);
          if (upstreamRequestId != null) {
            json.writeStringProperty("upstream_request_id", upstreamRequestId);
          }
          if (!errors.isEmpty()) {
            json.writeArrayPropertyStart("errors");
            errors.forEach(error -> write(json, error));
            json.writeEndArray();
          }
        });
  }

  private static void write(JsonGenerator json, FieldProblem error) {
    json.writeStartObject();
    json.writeStringProperty("field", error.field());
    json.writeStringProperty("message", error.message());
    json.writeName("value");
    JsonNode value = error.value();
    if (value == null) {
      json.writeNull();
    } else {
      String text = value.isString() ? value.stringValue() : value.toString();
      if (text.length() > LONGEST_VALUE) {
        json.writeString(text.substring(0, LONGEST_VALUE) + "…");
      } else {
        Json.write(json, value);
      }
    }
    json.writeEndObject();
  }
}
