package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP side: logs each request, lets its fault strike, checks its key and has the answer made
 * off the event loop.
 */
final class RestDoor {
  private static final Logger log = LoggerFactory.getLogger(RestDoor.class);
  private static final String JSON = "application/json";
  private static final Pattern KEY = Pattern.compile("(^|&)apiKey=[^&]*");

  private final Vertx vertx;
  private final Scenario scenario;
  private final NanoClock clock;
  private final RequestLog requests;
  private final Faults faults;
  private final RateWindow rates;
  private final AtomicLong ids = new AtomicLong();

  RestDoor(Vertx vertx, Scenario scenario, RequestLog requests, Faults faults) {
    this.vertx = vertx;
    this.scenario = scenario;
    this.clock = scenario.nanoClock();
    this.requests = requests;
    this.faults = faults;
    this.rates = new RateWindow(clock);
  }

  /** An answer: a status and a body. */
  private record Answer(int status, String contentType, Buffer body) {}

  /**
   * Answers GET requests on a route of which there are two views: the present one and what delayed
   * plans see.
   */
  void route(Router router, Route now, Route delayed) {
    List<String> variables = now.variables();
    router
        .get(now.pattern())
        .handler(
            context ->
                answer(
                    context,
                    id -> {
                      Access access = authorize(context);
                      Call call = call(context, variables, id, access);
                      Market market = now.market(call.path());
                      access.require(now.family(), market);
                      // What is no market data is the same on every plan.
                      boolean late = now.family() != Family.REFERENCE && access.isDelayed(market);
                      Route seen = late ? delayed : now;
                      return new Answer(200, JSON, Buffer.buffer(seen.endpoint().apply(call)));
                    }));
  }

  /** Answers everything else as the vendor does. */
  void routeRest(Router router) {
    router
        .route()
        .handler(
            context ->
                answer(
                    context,
                    id -> new Answer(404, "text/plain", Buffer.buffer("404 page not found"))));
    // An address with a broken escape fails before any handler sees it.
    router.errorHandler(
        400,
        context -> {
          String id = requestId();
          byte[] body = ApiError.badRequest("The address of the request is malformed").body(id);
          send(context.request(), Optional.empty(), id, new Answer(400, JSON, Buffer.buffer(body)));
        });
  }

  private Call call(
      RoutingContext context, List<String> parameters, String requestId, Access access) {
    HttpServerRequest request = context.request();
    var query = new HashMap<String, String>();
    context.queryParams().forEach(entry -> query.put(entry.getKey(), entry.getValue()));
    HostAndPort host = request.authority();
    return new Call(
        parameters.stream().map(context::pathParam).toList(),
        query,
        "http://"
            + (host == null
                ? scenario.host() + ":" + request.localAddress().port()
                : host.toString()),
        requestId,
        access);
  }

  private Access authorize(RoutingContext context) {
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    String key =
        header != null && header.startsWith("Bearer ")
            ? header.substring("Bearer ".length()).strip()
            : context.queryParams().get("apiKey");
    if (key == null || key.isEmpty()) {
      throw ApiError.unauthorized("API Key was not provided");
    }
    if (!scenario.accepts(key)) {
      throw ApiError.unauthorized("Unknown API Key");
    }
    Access access = scenario.access(key);
    if (scenario.enforcesRates()) {
      rates.admit(key, access.tier());
    }
    return access;
  }

  private void answer(RoutingContext context, Function<String, Answer> made) {
    HttpServerRequest request = context.request();
    String path = context.normalizedPath();
    String query = request.query() == null ? "" : KEY.matcher(request.query()).replaceAll("");
    requests.add(new RequestLog.Request(path, query.startsWith("&") ? query.substring(1) : query));
    Optional<Fault> fault = faults.take(path);
    String id = requestId();
    Callable<Answer> work = () -> answer(fault, id, made);
    vertx
        .executeBlocking(work, false)
        .onSuccess(answer -> send(request, fault, id, answer))
        .onFailure(e -> request.connection().close());
  }

  private Answer answer(Optional<Fault> fault, String id, Function<String, Answer> made)
      throws InterruptedException {
    if (fault.isPresent()) {
      clock.sleep(fault.get().delay());
      switch (fault.get().kind()) {
        case STATUS -> {
          int status = fault.get().status();
          return new Answer(status, JSON, Buffer.buffer(ApiError.ofStatus(status).body(id)));
        }
        case BODY -> {
          return new Answer(
              fault.get().status(),
              fault.get().contentType(),
              Buffer.buffer(fault.get().body().orElse("")));
        }
        case DELAY, CUT, DISCONNECT -> {
          // The right answer is made all the same.
        }
      }
    }
    try {
      return made.apply(id);
    } catch (ApiError e) {
      return new Answer(e.httpStatus(), JSON, Buffer.buffer(e.body(id)));
    } catch (RuntimeException e) {
      log.error("request {} failed", id, e);
      return new Answer(500, JSON, Buffer.buffer(ApiError.ofStatus(500).body(id)));
    }
  }

  private void send(HttpServerRequest request, Optional<Fault> fault, String id, Answer answer) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    if (fault.isPresent() && fault.get().kind() == Fault.Kind.DISCONNECT) {
      request.connection().close();
      return;
    }
    response
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
        .putHeader("X-Request-Id", id);
    fault
        .flatMap(Fault::retryAfter)
        .ifPresent(
            wait ->
                response.putHeader(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(wait.plusNanos(999_999_999).toSeconds())));
    Buffer body = answer.body();
    if (fault.isEmpty() || fault.get().kind() != Fault.Kind.CUT) {
      response.end(body);
      return;
    }
    // Uncompressed and with its full length announced, so that the cut falls where it was asked.
    response
        .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length() + 1))
        .write(body.slice(0, Math.min(fault.get().bytes(), body.length())))
        .onComplete(written -> response.reset());
  }

  private String requestId() {
    long n = ids.incrementAndGet();
    return "%016x%016x".formatted(Mix.mix(scenario.seed() ^ n), Mix.mix(~n));
  }
}
