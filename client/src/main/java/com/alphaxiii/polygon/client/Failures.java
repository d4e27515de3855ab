package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.PolygonException.NotEntitled;
import com.alphaxiii.polygon.core.PolygonException.NotFound;
import com.alphaxiii.polygon.core.PolygonException.NotYetAvailable;
import com.alphaxiii.polygon.core.PolygonException.RateLimited;
import com.alphaxiii.polygon.core.PolygonException.Unauthorized;
import com.alphaxiii.polygon.core.PolygonException.Unavailable;
import com.alphaxiii.polygon.core.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns what went wrong into the error that tells a caller what to do. Every text passes through
 * {@link #masked}, because vendors and proxies quote what they were sent.
 */
final class Failures {
  private static final int LONGEST_QUOTE = 240;

  private final String key;
  private final String encodedKey;
  private final String mask;
  private volatile Entitlements entitlements = Entitlements.UNKNOWN;

  Failures(Secret key) {
    this.key = key.reveal();
    this.encodedKey = URLEncoder.encode(this.key, StandardCharsets.UTF_8);
    this.mask = key.toString();
  }

  /** What explains refusals by the plan from now on. */
  void explainedBy(Entitlements known) {
    entitlements = known;
  }

  /** The error of a request that the vendor is known to refuse; empty when it is to be sent. */
  Optional<NotEntitled> refusedBefore(Attempt attempt) {
    return entitlements
        .refusal(attempt.uri().getPath())
        .map(why -> new NotEntitled(masked(attempt.describe("not asked: " + why, null)), null));
  }

  /** The text with the key hidden. */
  String masked(String text) {
    return text.replace(key, mask).replace(encodedKey, mask);
  }

  /** The vendor's words, in one line and not too long, the key hidden. */
  String quoted(String text) {
    String line =
        masked(text).replaceAll("<[^>]{0,200}>", " ").replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    if (line.isEmpty()) {
      return "no reason given";
    }
    return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
  }

  /** The error of an answer that is not 200. */
  PolygonException refused(
      Attempt attempt,
      int status,
      String vendorText,
      @Nullable String requestId,
      @Nullable Duration retryAfter) {
    String text = quoted(vendorText);
    String id = requestId == null ? null : quoted(requestId);
    return switch (status) {
      case 401 ->
          new Unauthorized(
              told(attempt, "the vendor does not accept the API key, check it", status, text, id),
              id);
      case 403 -> forbidden(attempt, text, id);
      case 404 -> new NotFound(told(attempt, "unknown to the vendor", status, text, id), id);
      case 429 ->
          new RateLimited(
              told(attempt, "the vendor refuses more requests for now", status, text, id),
              id,
              retryAfter);
      case 408 -> new Unavailable(told(attempt, "the vendor gave up", status, text, id), id, null);
      default -> {
        if (status >= 500) {
          yield new Unavailable(
              told(attempt, "the vendor fails, try again later", status, text, id), id, null);
        }
        if (status >= 400) {
          yield new InvalidRequest(
              told(attempt, "the vendor refuses the request", status, text, id), id);
        }
        if (status >= 300) {
          yield new InvalidRequest(
              told(attempt, "redirects are not followed, set the base URL to", status, text, id),
              id);
        }
        yield new BadData(told(attempt, "an answer without data", status, text, id), id, null);
      }
    };
  }

  /** The error of a 404 that does not come from the API itself. */
  InvalidRequest noRoute(Attempt attempt, String vendorText, @Nullable String requestId) {
    String id = requestId == null ? null : quoted(requestId);
    return new InvalidRequest(
        told(attempt, "no such address there, check the base URL", 404, quoted(vendorText), id),
        id);
  }

  private PolygonException forbidden(Attempt attempt, String text, @Nullable String id) {
    if (text.toLowerCase(Locale.ROOT).contains("before end of day")) {
      return new NotYetAvailable(
          told(attempt, "not published yet, ask again after midnight New York", 403, text, id), id);
    }
    String known = entitlements.explain(attempt.uri().getPath());
    String meaning =
        "the plan of this key does not include it" + (known.isEmpty() ? "" : "; " + known);
    return new NotEntitled(told(attempt, meaning, 403, text, id), id);
  }

  private String told(
      Attempt attempt, String meaning, int status, String text, @Nullable String id) {
    return masked(attempt.describe("%s: HTTP %d, %s".formatted(meaning, status, text), id));
  }

  /** The error of an answer that is 200 by its status line and a failure by its own word. */
  PolygonException denied(Attempt attempt, Envelope envelope) {
    String status = envelope.status() == null ? "" : envelope.status();
    String text = envelope.text() == null ? "" : envelope.text();
    int like =
        switch (status.toUpperCase(Locale.ROOT)) {
          case "NOT_AUTHORIZED" -> 403;
          case "NOT_FOUND" -> 404;
          default -> 0;
        };
    if (like != 0) {
      return refused(attempt, like, text, envelope.requestId(), null);
    }
    String id = envelope.requestId() == null ? null : quoted(envelope.requestId());
    String problem =
        "the vendor reports status %s with HTTP 200: %s".formatted(quoted(status), quoted(text));
    return new Unavailable(masked(attempt.describe(problem, id)), id, null);
  }

  /** The error of an answer that cannot be true. */
  BadData bad(Attempt attempt, String problem, @Nullable String requestId) {
    String id = requestId == null ? null : quoted(requestId);
    return new BadData(masked(attempt.describe(quoted(problem), id)), id, null);
  }

  /** The error of an answer that never came. */
  Unavailable unreachable(Attempt attempt, String problem, @Nullable Throwable cause) {
    return new Unavailable(masked(attempt.describe(problem, null)), null, cause);
  }

  /** The error of a request that was not sent because too many wait for the budget. */
  RateLimited crowded(Attempt attempt, RateLimited refusal) {
    return new RateLimited(
        masked(attempt.describe(String.valueOf(refusal.getMessage()), null)),
        null,
        refusal.retryAfter().orElse(null));
  }
}
