package com.alphaxiii.polygon.server;

/** The status events of the vendor's stream, word for word; each the element of an array. */
final class VendorStatus {
  static final byte[] CONNECTED = of("connected", "Connected Successfully");
  static final byte[] AUTHENTICATED = of("auth_success", "authenticated");
  static final byte[] REFUSED = of("auth_failed", "authentication failed");
  static final byte[] TIMED_OUT = of("auth_timeout", "No authentication request received.");
  static final byte[] AUTH_REQUIRED = of("auth_required", "authenticate before you subscribe");
  static final byte[] BAD_REQUEST = of("error", "invalid request");
  static final byte[] SLOW = of("slow_consumer", "the connection does not keep up");
  static final byte[] CROWDED =
      of(
          "max_connections",
          "Maximum number of websocket connections exceeded. All places of this server are taken;"
              + " WS_MAX_CONNECTIONS sets how many there are.");

  private VendorStatus() {}

  static byte[] of(String status, String message) {
    JsonBytes json = new JsonBytes(64 + message.length());
    json.raw('{').name("ev", "status").name("status", status).name("message", message).raw('}');
    return json.toBytes();
  }
}
