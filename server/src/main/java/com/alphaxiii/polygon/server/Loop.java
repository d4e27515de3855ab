package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.LiveHistory;
import com.alphaxiii.polygon.core.ReplaySource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop of the server: its share of the connections on the common port. */
final class Loop extends VerticleBase {
  private static final int MOST_MESSAGE_BYTES = 256 * 1024;
  private static final int CLOSING_SECONDS = 3;

  /** What all loops of a server share. */
  record Shared(
      List<Endpoint> endpoints,
      VendorApi vendor,
      Hub hub,
      Metrics metrics,
      Connections connections,
      Outbox.Limits limits,
      Duration patience,
      Access access,
      Grants grants,
      RequestIds ids,
      AccessLog accessLog,
      Load load,
      Executor workers,
      InstantSource clock,
      ReplaySource replays,
      LiveHistory history,
      Peers peers) {}

  private final Shared shared;
  private final String host;
  private final int port;
  private final @Nullable TlsFiles tls;
  private @Nullable HttpServer server;
  private @Nullable WebSocketEndpoint webSocket;

  Loop(Shared shared, String host, int port, @Nullable TlsFiles tls) {
    this.tls = tls;
    this.shared = shared;
    this.host = host;
    this.port = port;
  }

  @Override
  public Future<?> start() {
    Shard shard = shared.hub().shard(((ContextInternal) context).nettyEventLoop());
    WebSocketEndpoint clients =
        new WebSocketEndpoint(
            shard,
            shared.hub(),
            shared.connections(),
            shared.grants(),
            shared.limits(),
            SocketPatience.USUAL,
            shared.clock(),
            new ReplayDoor(shared.replays(), shared.history(), shared.workers(), shard.loop()));
    clients.keepAlive(vertx);
    webSocket = clients;
    Patience patience = new Patience(shared.patience(), shard.loop().ticker()::nanoTime);
    vertx.setPeriodic(patience.interval(), timer -> patience.look());
    Admission admission =
        new Admission(
            shared.access(), shared.grants(), shared.endpoints(), shard.loop().ticker()::nanoTime);
    Routes routes =
        new Routes(
            shared.endpoints(),
            shared.vendor(),
            clients,
            patience,
            admission,
            shared.access(),
            new Reception(
                shared.ids(),
                shared.metrics(),
                shared.accessLog(),
                patience,
                shard.loop().ticker()::nanoTime),
            new Dispatch(
                admission,
                shared.load(),
                shared.metrics(),
                shared.workers(),
                ReaderPace.of(shard.loop().ticker()::nanoTime)));
    HttpServer created = vertx.createHttpServer(options());
    created.connectionHandler(connection -> welcome(connection, patience));
    created.requestHandler(routes.handler(vertx));
    created.invalidRequestHandler(routes::unreadable);
    server = created;
    return created.listen(port, host);
  }

  private void welcome(HttpConnection connection, Patience patience) {
    Peers peers = shared.peers();
    String peer = Peers.name(connection.remoteAddress());
    if (peers.enter(peer)) {
      patience.watch(connection, () -> peers.leave(peer));
    } else {
      connection.close();
    }
  }

  private HttpServerOptions options() {
    HttpServerOptions options = plainOptions();
    return tls == null
        ? options
        // One protocol, encrypted or not.
        : options.setSsl(true).setUseAlpn(false).setKeyCertOptions(pem(tls));
  }

  private static PemKeyCertOptions pem(TlsFiles files) {
    return new PemKeyCertOptions()
        .setCertPath(files.certificate().toAbsolutePath().toString())
        .setKeyPath(files.key().toAbsolutePath().toString());
  }

  /** New connections see what the files hold now; when that is no good, the last that was. */
  Future<Boolean> reload() {
    HttpServer open = server;
    return open == null || tls == null
        ? Future.succeededFuture(false)
        // The paths are the same, so it must be told that what they hold is not.
        : open.updateSSLOptions(
            new ServerSSLOptions().setUseAlpn(false).setKeyCertOptions(pem(tls)), true);
  }

  private static HttpServerOptions plainOptions() {
    return new HttpServerOptions()
        // One protocol and one way to talk to it; answers are compressed off the loop.
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(false)
        // Compressed frames could not be shared between clients.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(MOST_MESSAGE_BYTES)
        .setMaxWebSocketMessageSize(MOST_MESSAGE_BYTES)
        .setWebSocketClosingTimeout(CLOSING_SECONDS);
  }

  int actualPort() {
    return server == null ? 0 : server.actualPort();
  }

  /**
   * Says goodbye to WebSocket clients, takes no new connections, and finishes what is under way.
   */
  Future<Void> finish(long patienceMillis) {
    HttpServer open = server;
    WebSocketEndpoint clients = webSocket;
    if (open == null || clients == null) {
      return Future.succeededFuture();
    }
    context.runOnContext(none -> clients.goAway());
    return open.shutdown(patienceMillis, TimeUnit.MILLISECONDS);
  }
}
