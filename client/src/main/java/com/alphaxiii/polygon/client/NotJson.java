package com.alphaxiii.polygon.client;

/** Bytes that are not JSON; thrown and caught within the decoder, so it carries no stack. */
final class NotJson extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotJson(String reason) {
    super("not JSON: " + reason, null, false, false);
  }
}
