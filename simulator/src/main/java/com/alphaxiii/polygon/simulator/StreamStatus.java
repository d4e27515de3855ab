package com.alphaxiii.polygon.simulator;

/** The vendor's status events, word for word. */
final class StreamStatus {
  static final String CONNECTED = of("connected", "Connected Successfully");
  static final String AUTH_SUCCESS = of("auth_success", "authenticated");
  static final String AUTH_FAILED = of("auth_failed", "authentication failed");
  static final String NOT_IN_PLAN =
      of(
          "auth_failed",
          "Your plan doesn't include websocket access. Visit https://massive.com/pricing to"
              + " upgrade.");
  static final String NOT_AUTHORIZED = of("error", "not authorized");
  static final String FORCE_DISCONNECT =
      of("force_disconnect", "the vendor closes this connection");
  static final String AUTH_TIMEOUT = of("auth_timeout", "No authentication request received.");
  static final String AUTH_REQUIRED = of("auth_required", "authenticate before you subscribe");
  static final String BAD_REQUEST = of("error", "invalid request");
  static final String SLOW_CONSUMER = of("slow_consumer", "the connection does not keep up");
  static final String MAX_CONNECTIONS =
      of(
          "max_connections",
          "Maximum number of websocket connections exceeded. You have reached the connection limit"
              + " for your account. Please contact support at https://massive.com/contact to"
              + " increase your limit.");

  private StreamStatus() {}

  static String of(String status, String message) {
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("ev", "status");
          json.writeStringProperty("status", status);
          json.writeStringProperty("message", message);
          json.writeEndObject();
        });
  }
}
