package com.alphaxiii.polygon.core;

/**
 * An answer of the vendor, as sent.
 *
 * @param status of HTTP
 * @param contentType as the vendor names it, such as {@code application/json}
 * @param body decompressed
 * @param origin the address that the vendor's own links begin with, such as {@code
 *     https://api.massive.com}
 */
public record VendorReply(int status, String contentType, String body, String origin) {}
