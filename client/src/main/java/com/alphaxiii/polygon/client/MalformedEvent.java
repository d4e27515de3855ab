package com.alphaxiii.polygon.client;

/** One event cannot be read; thrown and caught within the decoder, so it carries no stack. */
final class MalformedEvent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedEvent(String reason) {
    super(reason, null, false, false);
  }
}
