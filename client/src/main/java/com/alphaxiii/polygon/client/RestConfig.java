package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * Where and how the vendor's REST API is called. Prints with the key masked.
 *
 * @param base {@code http} or {@code https} address, without query; a path is kept as a prefix
 * @param key sent as a header, and only to {@code base}'s host
 * @param timeout how long to wait for a connection, and then for the next bytes of an answer
 * @param attempts how often a request is sent in all before its failure is reported; at least 1
 */
public record RestConfig(URI base, Secret key, Duration timeout, int attempts) {
  /** The vendor's address. */
  public static final URI VENDOR = URI.create("https://api.massive.com");

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  private static final int DEFAULT_ATTEMPTS = 4;

  public RestConfig {
    String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || base.getHost() == null) {
      // The address itself is not told: a mistyped one may hold a password.
      throw new PolygonException.InvalidRequest(
          "baseUrl", null, "the REST base must be an address of the form http(s)://host[:port]");
    }
    if (base.getRawQuery() != null
        || base.getRawFragment() != null
        || base.getRawUserInfo() != null) {
      throw new PolygonException.InvalidRequest(
          "baseUrl",
          null,
          "the REST base at %s must be an address without user, query or fragment"
              .formatted(base.getHost()));
    }
    if (key.reveal().chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new PolygonException.InvalidRequest(
          "apiKey",
          key.toString(),
          "the API key %s holds a blank or a character that no key has".formatted(key));
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("the timeout %s is not positive".formatted(timeout));
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("%d attempts: at least 1".formatted(attempts));
    }
  }

  /** 30 seconds of patience and 4 attempts. */
  public static RestConfig of(URI base, Secret key) {
    return new RestConfig(base, key, DEFAULT_TIMEOUT, DEFAULT_ATTEMPTS);
  }
}
