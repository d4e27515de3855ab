package com.alphaxiii.polygon.server;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param headers besides those that every answer carries
 */
record Answer(int status, String contentType, Map<String, String> headers, Body body) {
  static final String JSON = "application/json";

  private static final int NOT_MODIFIED = 304;

  /** Writes the body; called once, on a virtual thread. */
  @FunctionalInterface
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  static Answer json(Body body) {
    return new Answer(200, JSON, Map.of(), body);
  }

  static Answer json(byte[] document) {
    return json(200, document);
  }

  static Answer json(int status, byte[] document) {
    return new Answer(status, JSON, Map.of(), out -> out.write(document));
  }

  Answer withBody(Body other) {
    return new Answer(status, contentType, headers, other);
  }

  /** The client has the answer already. */
  static Answer notModified(Map<String, String> headers) {
    return new Answer(NOT_MODIFIED, JSON, headers, out -> {});
  }

  boolean hasBody() {
    return status != NOT_MODIFIED;
  }

  static Answer problem(Problem problem, String requestId) {
    byte[] document = problem.json(requestId);
    return new Answer(
        problem.status(), Problem.CONTENT_TYPE, headersOf(problem), out -> out.write(document));
  }

  static Map<String, String> headersOf(Problem problem) {
    Duration delay = problem.retryAfter();
    return delay == null ? Map.of() : Map.of("Retry-After", Long.toString(seconds(delay)));
  }

  private static long seconds(Duration delay) {
    // Whole seconds are all that the header can say; never too early.
    return Math.max(1, delay.plusMillis(999).toSeconds());
  }
}
