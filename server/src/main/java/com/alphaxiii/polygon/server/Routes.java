package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Market;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests from the framework to endpoints, and answers back; one for each event loop. */
final class Routes {
  static final int MOST_BODY_BYTES = 1 << 20;
  static final String WEB_SOCKET_PATH = "/ws/{client_id}";

  private static final List<HttpMethod> METHODS =
      List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.DELETE);

  /** All of the vendor's paths, as metrics count them. */
  private static final String VENDOR_PATHS = "vendor";

  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private final List<Endpoint> endpoints;
  private final VendorApi vendor;
  private final WebSocketEndpoint webSocket;
  private final Patience patience;
  private final Admission admission;
  private final Access access;
  private final Reception reception;
  private final Dispatch dispatch;

  Routes(
      List<Endpoint> endpoints,
      VendorApi vendor,
      WebSocketEndpoint webSocket,
      Patience patience,
      Admission admission,
      Access access,
      Reception reception,
      Dispatch dispatch) {
    this.endpoints = endpoints;
    this.vendor = vendor;
    this.webSocket = webSocket;
    this.patience = patience;
    this.admission = admission;
    this.access = access;
    this.reception = reception;
    this.dispatch = dispatch;
  }

  /** Serves every request of a loop; WebSockets before the router, which would wrap them. */
  Handler<HttpServerRequest> handler(Vertx vertx) {
    Router router = router(vertx);
    return request -> {
      reception.welcome(request);
      try {
        take(request, router);
      } catch (RuntimeException e) {
        // The framework would leave whoever asked without an answer.
        LOG.error("{} failed ({})", request.path(), Replies.requestId(request), e);
        Replies.fail(request, Problem.internal());
      }
    };
  }

  private void take(HttpServerRequest request, Router router) {
    patience.waitFor(request.connection());
    if (!admission.admit(request)) {
      return;
    }
    String path = request.path();
    if (path == null) {
      Replies.fail(request, Problem.malformed("The request has no path"));
    } else if (PathTemplate.matches(WEB_SOCKET_PATH, path) && request.method() == HttpMethod.GET) {
      upgrade(request, path.substring(path.lastIndexOf('/') + 1));
    } else if (VendorStreams.asks(request)) {
      upgrade(request, VendorStreams.market(path).orElseThrow());
    } else if (asksVendor(request)) {
      answerAsVendor(request, path);
    } else {
      router.handle(request);
    }
  }

  /** Answers what is not even HTTP, or larger than any request needs to be. */
  void unreadable(HttpServerRequest request) {
    reception.welcome(request);
    Throwable cause = request.decoderResult().cause();
    Replies.fail(
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
    router
        .route()
        .handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES))
        .failureHandler(Routes::brokenOff);
    for (Endpoint endpoint : endpoints) {
      Route route = router.route(PathTemplate.pattern(endpoint.path()));
      METHODS.stream().filter(endpoint::answers).forEach(route::method);
      route.handler(context -> answer(context, endpoint));
    }
    router.errorHandler(404, this::unknown);
    router.errorHandler(405, this::unknown);
    router.errorHandler(413, context -> Replies.fail(context.request(), tooLarge()));
    router.errorHandler(
        400,
        context -> Replies.fail(context.request(), Problem.malformed("The request is malformed")));
    router.errorHandler(500, this::failed);
    return router;
  }

  private static boolean isUpgrade(HttpServerRequest request) {
    if (request.canUpgradeToWebSocket()) {
      return true;
    }
    request.response().putHeader(HttpHeaders.UPGRADE, "websocket");
    Replies.fail(
        request,
        Problem.of(
            426,
            "upgrade-required",
            "Upgrade required",
            "This path is a WebSocket: connect to it with ws:// or wss://"));
    return false;
  }

  private void upgrade(HttpServerRequest request, Market market) {
    if (isUpgrade(request)) {
      String path = "/" + market.path();
      Visit.current().routed(path, path, false);
      patience.stopWaiting(request.connection());
      webSocket.accept(request, market, access, problem -> Replies.fail(request, problem));
    }
  }

  private void upgrade(HttpServerRequest request, String segment) {
    if (!isUpgrade(request)) {
      return;
    }
    String clientId;
    try {
      clientId = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      Replies.fail(
          request, Problem.malformed("The path is not well encoded: %s".formatted(segment)));
      return;
    }
    Visit.current().routed(WEB_SOCKET_PATH, WEB_SOCKET_PATH, false);
    if (!admission.permits(request, Scope.STREAM, "GET " + WEB_SOCKET_PATH)) {
      return;
    }
    // From here on the pings of the WebSocket find out who is gone.
    patience.stopWaiting(request.connection());
    webSocket.accept(
        request,
        clientId,
        admission.caller(request).orElse(null),
        problem -> Replies.fail(request, problem));
  }

  private void answer(RoutingContext context, Endpoint endpoint) {
    HttpServerRequest request = context.request();
    Scope scope = endpoint.scope();
    Visit.current().routed(endpoint.path(), endpoint.path(), scope != null && scope.isData());
    if (!admission.permits(request, scope, request.method() + " " + endpoint.path())) {
      return;
    }
    Map<String, String> query = new HashMap<>();
    context.queryParams().forEach((name, value) -> query.put(name, value));
    query.remove("token");
    byte[] content =
        context.body().buffer() == null ? new byte[0] : context.body().buffer().getBytes();
    Call.Preferences preferences =
        new Call.Preferences(
            request.getHeader(HttpHeaders.ACCEPT), request.getHeader(HttpHeaders.IF_NONE_MATCH));
    Call call =
        new Call(Replies.requestId(request), context.pathParams(), query, preferences, content);
    if (dispatch.sendReady(request, endpoint.ready().find(call))) {
      return;
    }
    patience.stopWaiting(request.connection());
    dispatch.answer(request, endpoint, call);
  }

  private static boolean asksVendor(HttpServerRequest request) {
    return (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD)
        && VendorApi.serves(request);
  }

  private void answerAsVendor(HttpServerRequest request, String path) {
    Visit.current().routed(VendorApi.template(path), VENDOR_PATHS, true);
    if (!admission.permits(request, Scope.VENDOR, "this path of the vendor's")) {
      return;
    }
    patience.stopWaiting(request.connection());
    VendorApi.Asked asked =
        new VendorApi.Asked(
            Replies.requestId(request),
            path,
            request.query(),
            request.scheme() + "://" + request.authority());
    dispatch.answerInTurn(request, () -> vendor.answer(asked));
  }

  private void unknown(RoutingContext context) {
    String method = context.request().method().name();
    String path = context.normalizedPath();
    String allowed =
        METHODS.stream()
            .filter(
                each ->
                    endpoints.stream()
                        .anyMatch(e -> e.answers(each) && PathTemplate.matches(e.path(), path)))
            .map(HttpMethod::name)
            .collect(Collectors.joining(", "));
    if (PathTemplate.matches(WEB_SOCKET_PATH, path) || VendorStreams.market(path).isPresent()) {
      allowed = "GET";
    }
    if (allowed.isEmpty()) {
      Replies.fail(context.request(), Problem.notFound(method, path));
      return;
    }
    context.response().putHeader(HttpHeaders.ALLOW, allowed);
    Replies.fail(
        context.request(),
        Problem.of(
            405,
            "wrong-method",
            "Wrong method",
            "%s is not possible with %s; use %s".formatted(method, path, allowed)));
  }

  /** A client that goes away within its request is nothing to tell of. */
  private static void brokenOff(RoutingContext context) {
    if (!(context.failure() instanceof HttpClosedException)) {
      context.next();
    }
  }

  private void failed(RoutingContext context) {
    LOG.error(
        "{} failed ({})",
        context.normalizedPath(),
        Replies.requestId(context.request()),
        context.failure());
    Replies.fail(context.request(), Problem.internal());
  }

  private static Problem tooLarge() {
    return Problem.of(
        413,
        "too-large",
        "Too large",
        "A body may have at most %d bytes".formatted(MOST_BODY_BYTES));
  }
}
