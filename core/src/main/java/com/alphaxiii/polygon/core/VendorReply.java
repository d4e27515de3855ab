package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.util.Optional;

/**
 * An answer of the vendor, as sent.
 *
 * @param status of HTTP
 * @param contentType as the vendor names it, such as {@code application/json}
 * @param body decompressed
 * @param origin the address that the vendor's own links begin with, such as {@code
 *     https://api.massive.com}
 * @param staleSince when the answer was had, if it is older than it should be, since the vendor
 *     cannot be reached; else empty
 */
public record VendorReply(
    int status, String contentType, String body, String origin, Optional<Instant> staleSince) {
  /** An answer that the vendor gave just now, or that is still as good as such. */
  public VendorReply(int status, String contentType, String body, String origin) {
    this(status, contentType, body, origin, Optional.empty());
  }
}
