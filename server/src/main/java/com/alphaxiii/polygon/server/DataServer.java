package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data server: HTTP API and WebSocket hub on one port.
 *
 * <p>{@link #close} is graceful: no new connections, requests under way are answered, WebSocket
 * clients are told with code 1001; it returns when no thread of the server is left.
 */
public final class DataServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataServer.class);

  private static final int MOST_LOOPS = 4;
  private static final long START_SECONDS = 30;
  private static final long FINISH_MILLIS = 10_000;
  private static final long CLOSE_SECONDS = 10;

  private final Vertx vertx;
  private final ExecutorService workers;
  private final Hub hub;
  private final List<Loop> loops = new CopyOnWriteArrayList<>();
  private final AtomicBoolean taking = new AtomicBoolean(true);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final String host;
  private final boolean encrypted;
  private List<Endpoint> endpoints = List.of();
  private @Nullable Api api;
  private @Nullable Metrics metrics;

  private DataServer(ServerConfig config, ServerPorts ports) {
    host = config.host();
    encrypted = config.tls() != null;
    Visit.prepare();
    workers =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("polygon-server-", 0).factory());
    vertx = Vertx.vertx(options());
    hub =
        new Hub(
            ports.feed(),
            new Recovery(ports.history(), config.gaps(), Recovery.CALM),
            ports.clock(),
            NanoClock.system(),
            workers);
  }

  /**
   * Starts a server; when this returns, it answers.
   *
   * @throws PolygonException.InvalidRequest when the address cannot be bound
   */
  public static DataServer start(ServerConfig config, ServerPorts ports) {
    Load.Limits load = Load.Limits.ofHeap(Runtime.getRuntime().maxMemory());
    return start(config, ports, Outbox.Limits.DEFAULT, Patience.DEFAULT, load);
  }

  static DataServer start(
      ServerConfig config,
      ServerPorts ports,
      Outbox.Limits limits,
      Duration patience,
      Load.Limits load) {
    DataServer server = new DataServer(config, ports);
    try {
      server.listen(config, ports, limits, patience, new Load(load));
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
    TlsFiles tls = config.tls();
    if (tls != null) {
      TlsReload.start(server.vertx, tls, server.loops);
    }
    LOG.info("Serving on {}", server.baseUrl());
    return server;
  }

  private static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(loopCount())
        // Blocking work has virtual threads; these pools only resolve names.
        .setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(1)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  private static int loopCount() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_LOOPS);
  }

  private void listen(
      ServerConfig config, ServerPorts all, Outbox.Limits limits, Duration patience, Load load) {
    ServerPorts ports = BoundedPorts.of(all);
    Connections connections = new Connections(config.maxWebSocketConnections());
    Metrics counted = new Metrics(ports.rateLimit(), hub, connections);
    counted.recording(new RecordingFacts(ports.recording()));
    counted.load(load);
    LatencyFacts latency =
        new LatencyFacts(hub.ledger(), new Staleness(hub.ledger(), hub::topics, ports.clock()));
    counted.latency(latency);
    Peers peers = new Peers(config.maxConnectionsOfPeer() + config.maxWebSocketConnections());
    counted.peers(peers);
    Dependencies dependencies = new Dependencies(ports, hub);
    counted.dependencies(dependencies);
    metrics = counted;
    Api created =
        new Api(
            ports, config.version(), hub, connections, dependencies, counted, latency, taking::get);
    api = created;
    endpoints = created.endpoints();
    Loop.Shared shared =
        new Loop.Shared(
            endpoints,
            new VendorApi(ports, counted::bars),
            hub,
            counted,
            connections,
            limits,
            patience,
            new Access(config),
            new Grants(config.tokens(), counted),
            new RequestIds(ports.clock().millis()),
            new AccessLog(config.accessLog(), ports.clock()),
            load,
            workers,
            ports.clock(),
            ports.replays(),
            ports.history(),
            peers);
    // Instances of one deployment share the port; -1 is any free one for all of them.
    int port = config.port() == 0 ? -1 : config.port();
    try {
      await(
          vertx.deployVerticle(
              () -> loop(shared, config, port), new DeploymentOptions().setInstances(loopCount())),
          START_SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new PolygonException.InvalidRequest(
          "SERVER_PORT",
          Integer.toString(config.port()),
          "cannot listen on %s port %d (%s): is another server running there?"
              .formatted(config.host(), config.port(), cause.getMessage()));
    }
  }

  private Loop loop(Loop.Shared shared, ServerConfig config, int port) {
    Loop loop = new Loop(shared, config.host(), port, config.tls());
    loops.add(loop);
    return loop;
  }

  /** Every route, as {@code GET /health}. */
  Set<String> routes() {
    Set<String> routes =
        endpoints.stream()
            .map(endpoint -> endpoint.method().name() + " " + endpoint.path())
            .collect(Collectors.toCollection(TreeSet::new));
    routes.add("GET " + Routes.WEB_SOCKET_PATH);
    VendorStreams.paths().forEach(path -> routes.add("GET " + path));
    return routes;
  }

  /** The port it listens on. */
  public int port() {
    return loops.getFirst().actualPort();
  }

  /** Where programs on this machine reach it, such as {@code http://localhost:8200}. */
  public URI baseUrl() {
    String name = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
    return URI.create(
        "%s://%s:%d"
            .formatted(
                encrypted ? "https" : "http",
                name.indexOf(':') >= 0 ? "[" + name + "]" : name,
                port()));
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    taking.set(false);
    settle(
        "finish requests",
        Future.join(loops.stream().map(loop -> loop.finish(FINISH_MILLIS)).toList()),
        FINISH_MILLIS / 1_000 + CLOSE_SECONDS);
    hub.close();
    settle("close connections", vertx.close(), CLOSE_SECONDS);
    workers.shutdownNow();
    workers.close();
    if (api != null) {
      api.close();
    }
    if (metrics != null) {
      metrics.close();
    }
  }

  private static void settle(String what, Future<?> work, long seconds) {
    try {
      await(work, seconds);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The server did not {} in time: {}", what, e.toString());
    }
  }

  private static void await(Future<?> work, long seconds)
      throws ExecutionException, TimeoutException {
    try {
      work.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExecutionException("interrupted", e);
    }
  }
}
