package com.alphaxiii.polygon.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds clients to what their tokens allow; safe for use by many threads. */
final class Grants {
  /** Why a client was refused, as metrics name it. */
  enum Refusal {
    LIMIT,
    SCOPE,
    SOCKETS;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final Map<String, Quota> quotas = new HashMap<>();
  private final Metrics metrics;

  Grants(List<AccessToken> tokens, Metrics metrics) {
    this.metrics = metrics;
    for (AccessToken token : tokens) {
      AccessToken.Limit limit = token.limit();
      if (limit != null) {
        quotas.put(token.name(), new Quota(limit));
      }
      metrics.token(token.name());
    }
  }

  /**
   * Counts a request, and says why it is not served; empty when it is.
   *
   * @param now nanoseconds on a clock that never goes back
   */
  Optional<Problem> refuse(AccessToken token, long now) {
    metrics.asked(token.name());
    Quota quota = quotas.get(token.name());
    AccessToken.Limit limit = token.limit();
    if (quota == null || limit == null) {
      return Optional.empty();
    }
    Duration wait = quota.take(now);
    if (!wait.isPositive()) {
      return Optional.empty();
    }
    metrics.refused(token.name(), Refusal.LIMIT);
    return Optional.of(tooMany(token, limit, wait));
  }

  /**
   * Says that a token lacks a scope; empty when it has it.
   *
   * @param asked names what is asked for, such as {@code GET /health}
   */
  Optional<Problem> refuse(AccessToken token, Scope needed, String asked) {
    if (token.scopes().contains(needed)) {
      return Optional.empty();
    }
    metrics.refused(token.name(), Refusal.SCOPE);
    return Optional.of(
        Problem.of(
            403,
            "scope-missing",
            "Not in the token's scopes",
            "The token of '%s' lacks the scope '%s', which %s needs; SERVER_TOKENS says what it may do"
                .formatted(token.name(), needed, asked)));
  }

  private static Problem tooMany(AccessToken token, AccessToken.Limit limit, Duration wait) {
    return Problem.of(
            429,
            "token-limit",
            "Too many requests",
            "The token of '%s' may make %,d requests in %s; SERVER_TOKENS sets this limit"
                .formatted(token.name(), limit.requests(), words(limit.period())))
        .retryAfter(wait);
  }

  private static String words(Duration period) {
    long seconds = period.toSeconds();
    return seconds == 1 ? "a second" : seconds == 60 ? "a minute" : seconds + " seconds";
  }

  /** Tells that a client has all WebSockets that its token allows. */
  Problem tooManySockets(AccessToken token) {
    metrics.refused(token.name(), Refusal.SOCKETS);
    return Problem.of(
            429,
            "token-sockets",
            "Too many WebSockets",
            "The token of '%s' may have %d WebSockets at a time; SERVER_TOKENS sets this limit"
                .formatted(token.name(), token.sockets()))
        .retryAfter(WebSocketEndpoint.FULL);
  }
}
