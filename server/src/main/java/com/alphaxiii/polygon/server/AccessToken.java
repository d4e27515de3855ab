package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client presents, and what that allows.
 *
 * @param name of the client, in logs and metrics
 * @param limit of requests; null for none
 * @param scopes what it may ask for, at least one
 * @param sockets WebSockets at the same time, 0 or more; {@link #ANY_SOCKETS} for as many as the
 *     server has places
 */
public record AccessToken(
    String name, Secret secret, @Nullable Limit limit, Set<Scope> scopes, int sockets) {
  /** No limit of WebSockets but the server's. */
  public static final int ANY_SOCKETS = Integer.MAX_VALUE;

  private static final int MIN_LENGTH = 8;

  /** Throws {@link PolygonException.InvalidRequest} naming the setting at fault. */
  public AccessToken {
    if (name.isBlank()) {
      throw refused(null, "a token has no name: write name:token");
    }
    if (secret.reveal().length() < MIN_LENGTH) {
      throw refused(
          name, "the token of %s is shorter than %d characters".formatted(name, MIN_LENGTH));
    }
    if (scopes.isEmpty()) {
      throw refused(name, "the token of %s has no scope".formatted(name));
    }
    if (sockets < 0) {
      throw refused(name, "the token of %s cannot have %d sockets".formatted(name, sockets));
    }
    scopes = Set.copyOf(scopes);
  }

  /** A token that may do everything. */
  public static AccessToken of(String name, Secret secret) {
    return new AccessToken(name, secret, null, EnumSet.allOf(Scope.class), ANY_SOCKETS);
  }

  /** The same for these scopes alone. */
  public AccessToken withScopes(Set<Scope> other) {
    return new AccessToken(name, secret, limit, other, sockets);
  }

  /** The same with a limit of requests. */
  public AccessToken withLimit(Limit other) {
    return new AccessToken(name, secret, other, scopes, sockets);
  }

  /** The same with at most so many WebSockets at a time. */
  public AccessToken withSockets(int other) {
    return new AccessToken(name, secret, limit, scopes, other);
  }

  /**
   * So many requests in any span of time of a length.
   *
   * @param requests 1 to {@value #MOST}
   */
  public record Limit(int requests, Duration period) {
    static final int MOST = 100_000;

    /** Throws {@link PolygonException.InvalidRequest} naming the setting at fault. */
    public Limit {
      if (requests < 1 || requests > MOST) {
        throw refused(
            null, "a limit lies between 1 and %,d requests, not %d".formatted(MOST, requests));
      }
      if (!period.isPositive()) {
        throw refused(null, "a limit holds for some time, not " + period);
      }
    }
  }

  private static PolygonException.InvalidRequest refused(@Nullable String value, String why) {
    return new PolygonException.InvalidRequest("SERVER_TOKENS", value, why);
  }
}
