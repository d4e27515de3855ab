package com.alphaxiii.polygon.server;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/**
 * A request as an endpoint sees it.
 *
 * @param path parameters of the path, decoded
 * @param query parameters of the query, decoded
 * @param preferences the headers by which the form of the answer is chosen
 * @param content the body; empty when there is none
 */
record Call(
    String requestId,
    Map<String, String> path,
    Map<String, String> query,
    Preferences preferences,
    byte[] content) {
  /**
   * What a client would like.
   *
   * @param accept media types; null for any
   * @param ifNoneMatch tags of answers that it has; null for none
   */
  record Preferences(@Nullable String accept, @Nullable String ifNoneMatch) {
    static final Preferences NONE = new Preferences(null, null);
  }

  /** Reads the body, which must be a JSON object; throws {@link Malformed}. */
  JsonNode body() {
    JsonNode body;
    try {
      body = Json.read(content);
    } catch (JacksonException e) {
      throw new Malformed(
          "The body is not JSON: %s%s".formatted(e.getOriginalMessage(), place(e.getLocation())));
    }
    if (!body.isObject()) {
      throw new Malformed("The body must be a JSON object, such as {\"symbol\":\"AAPL\"}");
    }
    return body;
  }

  /** Where reading stopped; when the text is too deep or too long, the parser does not say. */
  private static String place(@Nullable TokenStreamLocation at) {
    return at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
  }

  /** The parameters, of which those of the query must be known. */
  RequestFields fields(Set<String> knownInQuery) {
    return RequestFields.ofParameters(path, query, knownInQuery);
  }

  /** A request that cannot be read at all. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String detail;

    Malformed(String detail) {
      super(detail);
      this.detail = detail;
    }

    String detail() {
      return detail;
    }
  }
}
