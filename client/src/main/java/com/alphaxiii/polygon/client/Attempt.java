package com.alphaxiii.polygon.client;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One sending of one request, as errors and logs name it.
 *
 * @param subject what is asked for, such as ticker, timeframe and range
 * @param page from 1
 * @param number from 1
 * @param of attempts in all
 */
record Attempt(String subject, URI uri, int page, int number, int of) {
  Attempt next() {
    return new Attempt(subject, uri, page, number + 1, of);
  }

  boolean last() {
    return number >= of;
  }

  /** Path and query, which name the page by its cursor; never the host's user or a key. */
  String target() {
    String query = uri.getRawQuery();
    return query == null ? uri.getRawPath() : uri.getRawPath() + "?" + withoutKey(query);
  }

  private static String withoutKey(String query) {
    StringBuilder kept = new StringBuilder(query.length());
    for (String parameter : query.split("&", -1)) {
      boolean key = parameter.toLowerCase(Locale.ROOT).startsWith("apikey=");
      kept.append(kept.isEmpty() ? "" : "&").append(key ? "apiKey=****" : parameter);
    }
    return kept.toString();
  }

  /** A problem of this attempt in one sentence with all that names it. */
  String describe(String problem, @Nullable String requestId) {
    return "%s, page %d: %s (GET %s, attempt %d of %d%s)"
        .formatted(
            subject,
            page,
            problem,
            target(),
            number,
            of,
            requestId == null ? "" : ", request_id " + requestId);
  }
}
