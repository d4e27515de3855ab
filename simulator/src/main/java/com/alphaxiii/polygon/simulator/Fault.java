package com.alphaxiii.polygon.simulator;

import java.time.Duration;
import java.util.Optional;

/**
 * One thing that goes wrong with one REST request. Values: made once, scripted often with {@link
 * Faults}.
 *
 * @param kind what happens
 * @param status the HTTP status of the answer, for {@link Kind#STATUS} and {@link Kind#BODY}
 * @param body what is sent instead; absent means the vendor's own words for that status
 * @param contentType of {@code body}
 * @param retryAfter sent as a {@code Retry-After} header in whole seconds, rounded up
 * @param delay how long the answer is held back
 * @param bytes how much of the body is sent, for {@link Kind#CUT}
 */
public record Fault(
    Kind kind,
    int status,
    Optional<String> body,
    String contentType,
    Optional<Duration> retryAfter,
    Duration delay,
    int bytes) {

  /** What a fault does to its request. */
  public enum Kind {
    /** Another status, with the vendor's error body. */
    STATUS,
    /** A status with a body of the test's choice. */
    BODY,
    /** The right answer, but late. */
    DELAY,
    /** The right answer, of which only some bytes arrive before the connection closes. */
    CUT,
    /** No answer: the connection closes. */
    DISCONNECT
  }

  private static final String JSON = "application/json";

  /** An error with this status and the vendor's body for it. */
  public static Fault status(int status) {
    return new Fault(
        Kind.STATUS, status, Optional.empty(), JSON, Optional.empty(), Duration.ZERO, 0);
  }

  /** An error without a body, as the vendor's front door sends it at times. */
  public static Fault emptyStatus(int status) {
    return body(status, JSON, "");
  }

  /** This very answer. */
  public static Fault body(int status, String contentType, String body) {
    return new Fault(
        Kind.BODY, status, Optional.of(body), contentType, Optional.empty(), Duration.ZERO, 0);
  }

  /** Status 200 and a body that is no JSON. */
  public static Fault garbage() {
    return body(200, JSON, "{\"results\":[{\"t\":16,,,\u0000\u0001 not json");
  }

  /** Status 200 and a web page, as a proxy in between would send. */
  public static Fault wrongContent() {
    return body(200, "text/html", "<html><body>Please sign in to the network</body></html>");
  }

  /** The right answer after so long. */
  public static Fault delay(Duration delay) {
    return new Fault(Kind.DELAY, 200, Optional.empty(), JSON, Optional.empty(), delay, 0);
  }

  /** The first bytes of the right answer, then the end of the connection. */
  public static Fault cutBody(int bytes) {
    return new Fault(Kind.CUT, 200, Optional.empty(), JSON, Optional.empty(), Duration.ZERO, bytes);
  }

  /** The connection closes without an answer. */
  public static Fault disconnect() {
    return new Fault(
        Kind.DISCONNECT, 0, Optional.empty(), JSON, Optional.empty(), Duration.ZERO, 0);
  }

  /** The same with a {@code Retry-After} header. */
  public Fault retryAfter(Duration wait) {
    return new Fault(kind, status, body, contentType, Optional.of(wait), delay, bytes);
  }

  /** The same, so much later. */
  public Fault after(Duration wait) {
    return new Fault(kind, status, body, contentType, retryAfter, wait, bytes);
  }
}
