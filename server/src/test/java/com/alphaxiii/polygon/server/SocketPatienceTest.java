package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.LiveHistory;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** WebSockets whose patience is measured in milliseconds, over real connections. */
class SocketPatienceTest {
  private static final Duration LOGIN = Duration.ofMillis(300);
  private static final Duration PING = Duration.ofMillis(100);
  private static final Duration SILENCE = Duration.ofMillis(500);

  private final MemoryFeed feed = new MemoryFeed();
  private final Connections connections = new Connections(10);
  private Vertx vertx;
  private Hub hub;
  private int port;

  @BeforeEach
  void start() throws Exception {
    Visit.prepare();
    vertx = Vertx.vertx();
    LiveHistory history = new LiveHistory(new MemoryFacts(), new MemoryBars());
    Recovery recovery = new Recovery(history, GapLimits.DEFAULT, Recovery.CALM);
    hub = new Hub(feed, recovery, InstantSource.system(), NanoClock.system(), Runnable::run);
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    Metrics metrics =
        new Metrics(
            () -> {
              throw new IllegalStateException("nobody asks for the budget");
            },
            hub,
            connections);
    Shard shard = hub.shard(context.nettyEventLoop());
    WebSocketEndpoint endpoint =
        new WebSocketEndpoint(
            shard,
            hub,
            connections,
            new Grants(List.of(), metrics),
            Outbox.Limits.DEFAULT,
            new SocketPatience(LOGIN, PING, SILENCE),
            InstantSource.system(),
            new ReplayDoor(request -> new MemoryReplay(), history, Runnable::run, shard.loop()));
    endpoint.keepAlive(vertx);
    Access access = new Access(ServerConfig.of("127.0.0.1", 0));
    port = await(context, done -> listen(endpoint, access, done));
  }

  private void listen(WebSocketEndpoint endpoint, Access access, Consumer<Integer> done) {
    vertx
        .createHttpServer()
        .requestHandler(request -> serve(request, endpoint, access))
        .listen(0, "127.0.0.1")
        .onSuccess(server -> done.accept(server.actualPort()));
  }

  private static void serve(HttpServerRequest request, WebSocketEndpoint endpoint, Access access) {
    Visit.begin(request, 0);
    if (request.path().startsWith("/ws/")) {
      endpoint.accept(request, request.path().substring(4), null, problem -> {});
    } else {
      endpoint.accept(request, Market.STOCKS, access, problem -> {});
    }
  }

  private static <T> T await(ContextInternal context, Consumer<Consumer<T>> work) throws Exception {
    var done = new java.util.concurrent.CompletableFuture<T>();
    context.runOnContext(none -> work.accept(done::complete));
    return done.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    hub.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void endsAClientOfTheVendorsProtocolThatDoesNotLogIn() {
    try (RawClient idle = new RawClient(port, "/stocks", 8_192);
        RawClient prompt = new RawClient(port, "/stocks", 8_192)) {
      prompt.send("{\"action\":\"auth\",\"params\":\"any\"}");
      assertThat(idle.next()).contains("\"connected\"");
      long before = System.nanoTime();
      assertThat(idle.next()).contains("\"auth_timeout\"");
      assertThat(idle.next()).isNull();
      assertThat(System.nanoTime() - before).isLessThan(Await.PATIENCE.toNanos());
      // As the vendor: without a closing frame.
      assertThat(idle.closeCode).isZero();
      // Who has logged in stays.
      assertThat(prompt.next()).contains("\"connected\"");
      assertThat(prompt.next()).contains("\"auth_success\"");
      prompt.send("{\"action\":\"subscribe\",\"params\":\"T.AAPL\"}");
      assertThat(prompt.next()).contains("subscribed to: T.AAPL");
    }
  }

  @Test
  void endsThoseThatAreSilent() {
    try (RawClient dead = new RawClient(port, "dead")) {
      dead.answersPings = false;
      assertThat(dead.next()).contains("\"connected\"");
      assertThat(dead.next()).contains("\"status\"");
      assertThat(dead.next()).isNull();
      assertThat(dead.pings).isGreaterThanOrEqualTo(2);
      assertThat(dead.closeCode).isEqualTo(1001);
      Await.until("its place is free", () -> connections.count() == 0);
    }
  }

  @Test
  void pingsAndKeepsThoseThatAnswer() {
    try (RawClient listener = new RawClient(port, "listener")) {
      listener.next("\"status\"");
      Thread reader =
          Thread.ofVirtual()
              .start(
                  () -> {
                    // Reads and so answers pings, until it is closed here.
                    try {
                      listener.next();
                    } catch (java.io.UncheckedIOException e) {
                      // Closed.
                    }
                  });
      long end = System.nanoTime() + 3 * SILENCE.toNanos();
      Await.until("three times the patience", () -> System.nanoTime() > end);
      assertThat(connections.count()).isEqualTo(1);
      assertThat(reader.isAlive()).isTrue();
      assertThat(listener.pings).isGreaterThan(3);
    }
  }
}
