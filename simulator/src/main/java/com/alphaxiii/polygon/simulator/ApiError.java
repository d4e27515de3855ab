package com.alphaxiii.polygon.simulator;

/** An answer with an error, in the vendor's words. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int httpStatus;
  private final String status;
  private final String key;

  private ApiError(int httpStatus, String status, String key, String message) {
    super(message, null, false, false);
    this.httpStatus = httpStatus;
    this.status = status;
    this.key = key;
  }

  static ApiError badRequest(String message) {
    return new ApiError(400, "ERROR", "error", message);
  }

  static ApiError unauthorized(String message) {
    return new ApiError(401, "ERROR", "error", message);
  }

  static ApiError notFound(String message) {
    return new ApiError(404, "NOT_FOUND", "message", message);
  }

  /** A feature that the plan does not include. */
  static ApiError notEntitled() {
    return forbidden("You are not entitled to this data.");
  }

  /** Days before the plan's history, or to come. */
  static ApiError outOfTimeframe() {
    return forbidden("Your plan doesn't include this data timeframe.");
  }

  /** Today's data on a plan of whole days. */
  static ApiError beforeEndOfDay() {
    return forbidden("Attempted to request today's data before end of day.");
  }

  private static ApiError forbidden(String reason) {
    return new ApiError(
        403,
        "NOT_AUTHORIZED",
        "message",
        reason + " Please upgrade your plan at https://massive.com/pricing");
  }

  /** The vendor's words for a status that a fault asks for. */
  static ApiError ofStatus(int httpStatus) {
    return switch (httpStatus) {
      case 401 -> unauthorized("Unknown API Key");
      case 403 -> notEntitled();
      case 404 -> notFound("Data not found.");
      case 429 ->
          new ApiError(
              429,
              "ERROR",
              "error",
              "You've exceeded the maximum requests per minute, please wait or upgrade your"
                  + " subscription to continue. https://massive.com/pricing");
      default -> new ApiError(httpStatus, "ERROR", "error", "Internal error");
    };
  }

  int httpStatus() {
    return httpStatus;
  }

  byte[] body(String requestId) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("status", status);
          json.writeStringProperty("request_id", requestId);
          json.writeStringProperty(key, getMessage());
          json.writeEndObject();
        });
  }
}
