package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.PolygonException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The vendor in this JVM: its REST API and its stream on one port, without network or key. Any
 * number can run side by side. Thread-safe.
 */
public final class Simulator implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;
  private static final int MAX_MESSAGE = 1 << 20;

  private final Vertx vertx;
  private final HttpServer server;
  private final String host;
  private final RequestLog requests;
  private final Faults faults;
  private final LiveFeed live;
  private final StreamControl stream;

  private Simulator(
      Vertx vertx,
      HttpServer server,
      String host,
      RequestLog requests,
      Faults faults,
      LiveFeed live,
      StreamControl stream) {
    this.vertx = vertx;
    this.server = server;
    this.host = host;
    this.requests = requests;
    this.faults = faults;
    this.live = live;
    this.stream = stream;
  }

  /**
   * Opens the port and answers from then on.
   *
   * @throws PolygonException.InvalidRequest when the data folder does not exist
   * @throws PolygonException.Unavailable when the port cannot be opened
   */
  public static Simulator start(Scenario scenario) {
    Exchange exchange = Exchange.of(scenario);
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(8)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    try {
      Context loop = vertx.getOrCreateContext();
      var requests = new RequestLog();
      var faults = new Faults();
      var hub = new StreamHub(vertx, loop, scenario);
      LiveFeed live = exchange.live(hub);
      if (!live.heldBack()) {
        hub.onFirstSubscriber(live.markets(), live::start);
      }
      Router router = router(vertx, scenario, exchange, live, requests, faults);
      var listening = new CompletableFuture<HttpServer>();
      loop.runOnContext(
          go ->
              vertx
                  .createHttpServer(options())
                  .requestHandler(request -> accept(request, router, hub))
                  .listen(scenario.port(), scenario.host())
                  .onSuccess(listening::complete)
                  .onFailure(listening::completeExceptionally));
      HttpServer server =
          await(listening, "cannot listen on %s:%d".formatted(scenario.host(), scenario.port()));
      return new Simulator(
          vertx, server, scenario.host(), requests, faults, live, new StreamControl(hub, live));
    } catch (RuntimeException e) {
      vertx.close();
      throw e;
    }
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(true)
        .setCompressionLevel(1)
        .setMaxWebSocketFrameSize(MAX_MESSAGE)
        .setMaxWebSocketMessageSize(MAX_MESSAGE)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false);
  }

  private static Router router(
      Vertx vertx,
      Scenario scenario,
      Exchange exchange,
      LiveFeed live,
      RequestLog requests,
      Faults faults) {
    Router router = Router.router(vertx);
    router
        .get("/simulator/requests")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(summary(requests))));
    var door = new RestDoor(vertx, scenario, requests, faults);
    List<Route> now = Endpoints.of(exchange.view(live));
    List<Route> delayed = Endpoints.of(exchange.delayedView());
    for (int i = 0; i < now.size(); i++) {
      door.route(router, now.get(i), delayed.get(i));
    }
    door.routeRest(router);
    return router;
  }

  private static byte[] summary(RequestLog requests) {
    Map<String, Integer> counts = new TreeMap<>();
    requests.paths().forEach(path -> counts.merge(path, 1, Integer::sum));
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeNumberProperty("total", requests.total());
          json.writeObjectPropertyStart("paths");
          counts.forEach(json::writeNumberProperty);
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static void accept(HttpServerRequest request, Router router, StreamHub hub) {
    String path = request.path();
    Optional<StreamPath> stream = path == null ? Optional.empty() : StreamPath.of(path);
    if (stream.isPresent() && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      request.toWebSocket().onSuccess(socket -> hub.accept(socket, stream.get()));
    } else {
      router.handle(request);
    }
  }

  /** Where REST answers: {@code http://host:port}. */
  public URI baseUrl() {
    return URI.create("http://%s:%d".formatted(host, server.actualPort()));
  }

  /** Where the stream answers: {@code ws://host:port}; clients append {@code /stocks}. */
  public URI streamUrl() {
    return URI.create("ws://%s:%d".formatted(host, server.actualPort()));
  }

  /** What was asked; the same as JSON at {@code /simulator/requests}. */
  public RequestLog requests() {
    return requests;
  }

  /** What goes wrong with REST requests. */
  public Faults faults() {
    return faults;
  }

  /** What the stream sends and suffers. */
  public StreamControl stream() {
    return stream;
  }

  /** Ends every connection and all threads. */
  @Override
  public void close() {
    live.close();
    Future<Void> closed = vertx.close();
    await(closed.toCompletionStage().toCompletableFuture(), "the simulator does not close");
  }

  private static <T> T await(CompletableFuture<T> future, String failure) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PolygonException.Unavailable(failure + ": interrupted", null, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new PolygonException.Unavailable(failure + ": " + e.getMessage(), null, e);
    }
  }
}
