package com.alphaxiii.polygon.server;

import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A request as an endpoint sees it.
 *
 * @param parameters of path and query, decoded
 * @param content the body; empty when there is none
 */
record Call(String requestId, Map<String, String> parameters, byte[] content) {
  /** Reads the body, which must be a JSON object; throws {@link Malformed}. */
  JsonNode body() {
    JsonNode body;
    try {
      body = Json.read(content);
    } catch (JacksonException e) {
      throw new Malformed(
          "The body is not JSON: %s (line %d, column %d)"
              .formatted(
                  e.getOriginalMessage(),
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr()));
    }
    if (!body.isObject()) {
      throw new Malformed("The body must be a JSON object, such as {\"symbol\":\"AAPL\"}");
    }
    return body;
  }

  RequestFields fields(Set<String> known) {
    return RequestFields.ofParameters(parameters, known);
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
