package com.alphaxiii.polygon.server;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests from the framework to endpoints, and answers back; one for each event loop. */
final class Routes {
  static final int MOST_BODY_BYTES = 1 << 20;
  static final String WEB_SOCKET_PATH = "/ws/{client_id}";

  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final String REQUEST_ID = "X-Request-Id";
  private static final String ALLOWED_HEADERS = "Content-Type, Authorization, X-API-Key, X-Request-Id";

  private final List<Endpoint> endpoints;
  private final WebSocketEndpoint webSocket;
  private final Access access;
  private final RequestIds ids;
  private final Executor workers;

  Routes(
      List<Endpoint> endpoints,
      WebSocketEndpoint webSocket,
      Access access,
      RequestIds ids,
      Executor workers) {
    this.endpoints = endpoints;
    this.webSocket = webSocket;
    this.access = access;
    this.ids = ids;
    this.workers = workers;
  }

  /** Serves every request of a loop; WebSockets before the router, which would wrap them. */
  Handler<HttpServerRequest> handler(Vertx vertx) {
    Router router = router(vertx);
    return request -> {
      if (admit(request)) {
        String path = request.path();
        if (path != null && matches(WEB_SOCKET_PATH, path) && request.method() == HttpMethod.GET) {
          upgrade(request, path.substring(path.lastIndexOf('/') + 1));
        } else {
          router.handle(request);
        }
      }
    };
  }

  /** Answers what is not even HTTP, or larger than any request needs to be. */
  void unreadable(HttpServerRequest request) {
    request.response().putHeader(REQUEST_ID, ids.of(null));
    Throwable cause = request.decoderResult().cause();
    fail(
        request,
        switch (cause) {
          case TooLongHttpLineException tooLong ->
              Problem.of(414, "too-long", "Too long", "The address is longer than 4,096 bytes");
          case TooLongHttpHeaderException tooLong ->
              Problem.of(431, "too-long", "Too long", "The headers are longer than 8,192 bytes");
          case null, default -> Problem.malformed("This is not an HTTP request");
        });
    request.connection().close();
  }

  private Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES));
    for (Endpoint endpoint : endpoints) {
      router
          .route(endpoint.method(), pattern(endpoint.path()))
          .handler(context -> answer(context, endpoint));
    }
    router.errorHandler(404, this::unknown);
    router.errorHandler(405, this::unknown);
    router.errorHandler(413, context -> fail(context.request(), tooLarge()));
    router.errorHandler(
        400, context -> fail(context.request(), Problem.malformed("The request is malformed")));
    router.errorHandler(500, this::failed);
    return router;
  }

  /** {@code /latest/{symbol}} as the framework writes it: {@code /latest/:symbol}. */
  private static String pattern(String path) {
    return path.replace("{", ":").replace("}", "");
  }

  /** Names the request and checks who asks; false when it is answered already. */
  private boolean admit(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response.putHeader(REQUEST_ID, ids.of(request.getHeader(REQUEST_ID)));
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
    if (!isOpen(request)) {
      Access.Visitor visitor =
          new Access.Visitor(peer(request.remoteAddress()), host, origin, token);
      Optional<Problem> refusal = access.refuse(visitor);
      if (refusal.isPresent()) {
        fail(request, refusal.get());
        return false;
      }
    }
    if (origin != null && access.allows(origin, host, access.isKnown(token))) {
      allow(response, origin);
    }
    return true;
  }

  private boolean isOpen(HttpServerRequest request) {
    return endpoints.stream()
        .anyMatch(
            endpoint ->
                endpoint.open()
                    && endpoint.method() == request.method()
                    && endpoint.path().equals(request.path()));
  }

  private void preflight(HttpServerRequest request, String origin, @Nullable String host) {
    HttpServerResponse response = request.response();
    if (!access.allowsPreflight(origin, host)) {
      fail(
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

  private void upgrade(HttpServerRequest request, String segment) {
    if (!request.canUpgradeToWebSocket()) {
      request.response().putHeader(HttpHeaders.UPGRADE, "websocket");
      fail(
          request,
          Problem.of(
              426,
              "upgrade-required",
              "Upgrade required",
              "This path is a WebSocket: connect to it with ws:// or wss://"));
      return;
    }
    String clientId;
    try {
      clientId = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      fail(request, Problem.malformed("The path is not well encoded: %s".formatted(segment)));
      return;
    }
    webSocket.accept(request, clientId, problem -> fail(request, problem));
  }

  private void answer(RoutingContext context, Endpoint endpoint) {
    HttpServerRequest request = context.request();
    Map<String, String> parameters = new HashMap<>(context.pathParams());
    context.queryParams().forEach((name, value) -> parameters.put(name, value));
    parameters.remove("token");
    byte[] content = context.body().buffer() == null ? new byte[0] : context.body().buffer().getBytes();
    Call call = new Call(requestId(request), parameters, content);
    boolean gzip = acceptsGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    workers.execute(() -> send(context.response(), work(endpoint, call), gzip));
  }

  private static Answer work(Endpoint endpoint, Call call) {
    try {
      return endpoint.work().answer(call);
    } catch (RuntimeException e) {
      Problem problem = Problem.of(e);
      if (problem.status() == 500) {
        LOG.error("{} {} failed ({})", endpoint.method(), endpoint.path(), call.requestId(), e);
      }
      return Answer.problem(problem, call.requestId());
    }
  }

  private static void send(HttpServerResponse response, Answer answer, boolean gzip) {
    response.setStatusCode(answer.status()).putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
    answer.headers().forEach(response::putHeader);
    response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (gzip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    try (OutputStream body = body(response, gzip)) {
      answer.body().writeTo(body);
    } catch (IOException | IllegalStateException e) {
      LOG.debug("An answer was not sent whole: {}", e.getMessage());
      response.reset();
    }
  }

  private static OutputStream body(HttpServerResponse response, boolean gzip) throws IOException {
    OutputStream plain = new ResponseStream(response);
    return gzip ? new FastGzip(plain) : plain;
  }

  /** Quick rather than small: the usual client is on the same machine or network. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 16 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private void unknown(RoutingContext context) {
    String method = context.request().method().name();
    String path = context.normalizedPath();
    String allowed =
        endpoints.stream()
            .filter(endpoint -> matches(endpoint.path(), path))
            .map(endpoint -> endpoint.method().name())
            .collect(Collectors.joining(", "));
    if (matches(WEB_SOCKET_PATH, path)) {
      allowed = "GET";
    }
    if (allowed.isEmpty()) {
      fail(context.request(), Problem.notFound(method, path));
      return;
    }
    context.response().putHeader(HttpHeaders.ALLOW, allowed);
    fail(
        context.request(),
        Problem.of(
            405,
            "wrong-method",
            "Wrong method",
            "%s is not possible with %s; use %s".formatted(method, path, allowed)));
  }

  private static boolean matches(String template, String path) {
    return path.matches(template.replaceAll("\\{[a-z_]+}", "[^/]+"));
  }

  private void failed(RoutingContext context) {
    LOG.error(
        "{} failed ({})",
        context.normalizedPath(),
        requestId(context.request()),
        context.failure());
    fail(context.request(), Problem.internal());
  }

  private static Problem tooLarge() {
    return Problem.of(
        413,
        "too-large",
        "Too large",
        "A body may have at most %d bytes".formatted(MOST_BODY_BYTES));
  }

  /** Answers at once, on the loop: the router would otherwise answer with words of its own. */
  private static void fail(HttpServerRequest request, Problem problem) {
    HttpServerResponse response = request.response();
    if (response.ended()) {
      return;
    }
    Answer.headersOf(problem).forEach(response::putHeader);
    response
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE)
        .end(Buffer.buffer(problem.json(requestId(request))));
  }

  private static String requestId(HttpServerRequest request) {
    String id = request.response().headers().get(REQUEST_ID);
    return id == null ? "" : id;
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
    // A browser cannot give a WebSocket headers.
    String path = request.path();
    return path != null && path.startsWith("/ws/") ? request.getParam("token") : null;
  }

  private static boolean acceptsGzip(@Nullable String header) {
    if (header == null) {
      return false;
    }
    for (String coding : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = coding.strip().split("\\s*;\\s*", -1);
      if (parts[0].equals("gzip") || parts[0].equals("*")) {
        return parts.length < 2 || !parts[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }
}
