package com.alphaxiii.polygon.server;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets requests in or answers them at the door, and says what browsers may do. */
final class Admission {
  private static final String ALLOWED_HEADERS =
      "Content-Type, Authorization, X-API-Key, X-Request-Id";

  private final Access access;
  private final Grants grants;
  private final List<Endpoint> endpoints;
  private final LongSupplier nanoTime;

  /**
   * The door of an event loop.
   *
   * @param nanoTime a clock that never goes back, the same for all loops
   */
  Admission(Access access, Grants grants, List<Endpoint> endpoints, LongSupplier nanoTime) {
    this.access = access;
    this.grants = grants;
    this.nanoTime = nanoTime;
    this.endpoints = endpoints;
  }

  /** Checks who asks; false when the request is answered already. */
  boolean admit(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String host = host(request);
    if (origin != null) {
      response.putHeader(HttpHeaders.VARY, "Origin");
      if (request.method() == HttpMethod.OPTIONS) {
        preflight(request, origin, host);
        return false;
      }
    }
    String token = token(request);
    if (origin != null && access.allows(origin, host, access.isKnown(token))) {
      // First, since its pages may read why they are refused, too, and when to ask again.
      allow(response, origin);
    }
    if (!isOpen(request)) {
      Access.Visitor visitor =
          new Access.Visitor(peer(request.remoteAddress()), host, origin, token);
      Optional<Problem> refusal =
          (VendorStreams.asks(request) ? access.refuseBeforeLogin(visitor) : access.refuse(visitor))
              .or(
                  () ->
                      access
                          .token(token)
                          .flatMap(known -> grants.refuse(known, nanoTime.getAsLong())));
      if (refusal.isPresent()) {
        refuse(request, refusal.get());
        return false;
      }
    }
    Visit.current().admitted(access.callerName(token));
    return true;
  }

  /** The vendor's clients look for errors in the vendor's form. */
  static void refuse(HttpServerRequest request, Problem problem) {
    if (VendorApi.serves(request)) {
      Replies.fail(request, problem, VendorApi.error(problem, Replies.requestId(request)));
    } else {
      Replies.fail(request, problem);
    }
  }

  /** The token that a request presents; empty without one that is known. */
  Optional<AccessToken> caller(HttpServerRequest request) {
    return access.token(token(request));
  }

  /**
   * Whether a request's token has a scope; when not, the request is answered with that. Asked where
   * a request is dispatched, since there it is known beyond doubt what it is for.
   *
   * @param needed null where none is needed
   * @param asked names what is asked for, such as {@code GET /health}
   */
  boolean permits(HttpServerRequest request, @Nullable Scope needed, String asked) {
    Optional<Problem> refusal =
        needed == null
            ? Optional.empty()
            : caller(request).flatMap(token -> grants.refuse(token, needed, asked));
    refusal.ifPresent(problem -> refuse(request, problem));
    return refusal.isEmpty();
  }

  private boolean isOpen(HttpServerRequest request) {
    String path = request.path();
    return path != null
        && endpoints.stream()
            .anyMatch(
                endpoint ->
                    endpoint.open()
                        && endpoint.answers(request.method())
                        && PathTemplate.matches(endpoint.path(), path));
  }

  private void preflight(HttpServerRequest request, String origin, @Nullable String host) {
    HttpServerResponse response = request.response();
    if (!access.allowsPreflight(origin, host)) {
      Replies.fail(
          request,
          Problem.of(
              403,
              "origin-not-allowed",
              "Origin not allowed",
              "Pages of '%s' may not use this server; name their origin in CORS_ORIGINS to allow it"
                  .formatted(origin)));
      return;
    }
    allow(response, origin);
    response
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE")
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS)
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600")
        .setStatusCode(204)
        .end();
  }

  private static void allow(HttpServerResponse response, String origin) {
    response
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
        .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "X-Request-Id, Retry-After");
  }

  private static @Nullable String host(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    return authority == null ? null : authority.toString();
  }

  private static @Nullable String peer(@Nullable SocketAddress address) {
    return address == null ? null : address.hostAddress();
  }

  private static @Nullable String token(HttpServerRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return authorization.substring(7).strip();
    }
    String key = request.getHeader("X-API-Key");
    if (key != null) {
      return key;
    }
    // A browser cannot give a WebSocket headers, and clients of the vendor may not know any.
    String path = request.path();
    if (path != null && path.startsWith("/ws/")) {
      return RawQuery.of(request.query()).find("token");
    }
    return VendorApi.serves(path) ? RawQuery.of(request.query()).find("apiKey") : null;
  }
}
