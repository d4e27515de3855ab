package com.alphaxiii.polygon.client;

import static com.alphaxiii.polygon.core.FeedStatus.State.CONNECTED;
import static com.alphaxiii.polygon.core.FeedStatus.State.CONNECTING;
import static com.alphaxiii.polygon.core.FeedStatus.State.DOWN;
import static com.alphaxiii.polygon.core.FeedStatus.State.IDLE;
import static com.alphaxiii.polygon.core.FeedStatus.State.RECONNECTING;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.client.ScriptedStream.Line;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.PolygonException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the client begins: greeting, login, proxy, and what it does when it is refused. */
class StreamLoginTest extends StreamTestCase {
  @Test
  void doesNotConnectBeforeSomethingIsWanted() throws Exception {
    assertThat(client.status().state()).isEqualTo(IDLE);
    client.subscribe(Set.of(), sink);
    client.subscribe(topics("T.AAPL"), sink);
    assertThat(server.accept().path()).isEqualTo("/stocks");
    assertThat(client.status().state()).isEqualTo(CONNECTING);
  }

  @Test
  void waitsForTheGreetingThenLogsInThenSubscribes() throws Exception {
    client.subscribe(topics("T.AAPL,Q.MSFT"), sink);
    Line line = server.accept();
    line.say("[{\"ev\":\"something\"}]");
    assertThat(line.heardNothing()).isTrue();
    line.greet();
    assertThat(line.heard("auth")).isEqualTo(KEY);
    line.status("auth_success", "authenticated");
    assertThat(topics(line.heard("subscribe"))).isEqualTo(topics("T.AAPL,Q.MSFT"));
    line.confirm(List.of("T.AAPL"));
    assertThat(client.status().state()).isEqualTo(CONNECTING);
    line.confirm(List.of("Q.MSFT"));
    client.awaitConnected(PATIENCE);
    sink.untilConnected();
    line.say(trade("AAPL", 1));
    assertThat(sink.nextTrade().sequence()).isEqualTo(1);
  }

  @Test
  void acceptsOlderServersThatSaySuccessForEverything() throws Exception {
    client.subscribe(topics("T.AAPL"), sink);
    Line line = server.accept();
    line.status("success", "Connected Successfully");
    line.heard("auth");
    line.status("success", "authenticated");
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
  }

  @Test
  void aRefusedKeyEndsInDownAndIsNotTriedAgain() throws Exception {
    client.subscribe(topics("T.AAPL"), sink);
    Line line = server.accept();
    line.greet();
    line.heard("auth");
    line.status("auth_failed", "authentication failed for " + KEY);
    line.drop();
    sink.nextStatus(CONNECTING);
    FeedStatus down = sink.nextStatus(DOWN);
    assertThat(down.detail()).contains("authentication failed", "****1234").doesNotContain(KEY);
    assertThatThrownBy(() -> client.awaitConnected(PATIENCE))
        .isInstanceOf(PolygonException.Unauthorized.class)
        .hasMessageContaining("Check the key")
        .hasMessageNotContaining(KEY);
    Recorder late = new Recorder();
    client.subscribe(topics("T.IBM"), late);
    late.nextStatus(DOWN);
    assertThat(server.hasConnection()).isFalse();

    client.connect();
    assertThat(topics(String.join(",", server.login().confirmSubscribe())))
        .isEqualTo(topics("T.AAPL,T.IBM"));
    client.awaitConnected(PATIENCE);
  }

  @Test
  void aPlanWithoutAStreamIsNotABadKey() throws Exception {
    client.subscribe(topics("T.AAPL"), sink);
    Line line = server.accept();
    line.greet();
    line.heard("auth");
    line.status(
        "auth_failed",
        "Your plan doesn't include websocket access. Visit https://massive.com/pricing to"
            + " upgrade.");
    line.drop();
    sink.nextStatus(CONNECTING);
    assertThat(sink.nextStatus(DOWN).detail()).contains("websocket access", "stocks", "plan");
    assertThatThrownBy(() -> client.awaitConnected(PATIENCE))
        .isInstanceOf(PolygonException.NotEntitled.class)
        .hasMessageContaining("larger plan");
    assertThat(server.hasConnection()).isFalse();
  }

  @Test
  void oneMarketThatIsRefusedLeavesTheOthersAlone() throws Exception {
    client.subscribe(topics("T.AAPL,T.X:BTCUSD"), sink);
    for (int i = 0; i < 2; i++) {
      Line line = server.accept();
      line.greet();
      line.heard("auth");
      if (line.path().equals("/crypto")) {
        line.status("auth_failed", "Your plan doesn't include websocket access.");
      } else {
        line.status("auth_success", "authenticated");
        line.confirmSubscribe();
      }
    }
    assertThatThrownBy(() -> client.awaitConnected(PATIENCE))
        .isInstanceOf(PolygonException.NotEntitled.class)
        .hasMessageContaining("crypto");
    Await.until("stocks work", () -> client.status().state() == CONNECTED);
    assertThat(client.status().detail()).contains("crypto: the plan of the key");
  }

  @Test
  void whyTheServerEndsAConnectionIsTold() throws Exception {
    client.subscribe(topics("T.AAPL"), sink);
    sink.nextStatus(CONNECTING);
    for (String status : List.of("slow_consumer", "force_disconnect", "auth_timeout")) {
      Line line = server.login();
      line.confirmSubscribe();
      sink.untilConnected();
      line.status(status, "Told by the test.");
      line.drop();
      assertThat(sink.untilReconnecting().detail()).contains(status + ": Told by the test.");
    }
  }

  @Test
  void aCrowdedKeyIsLeftAloneForLongerEachTime() throws Exception {
    reopen(config -> config.crowdedBackoff(Duration.ofMillis(100)));
    client.subscribe(topics("T.AAPL"), sink);
    for (String wait : List.of("0.1 s", "0.2 s", "0.4 s", "0.8 s", "1.6 s")) {
      server.login().closeWith(1008);
      assertThat(sink.untilReconnecting().detail()).contains("trying again in " + wait);
    }
  }

  @Test
  void aCrowdedKeyIsLeftAloneForLong() throws Exception {
    reopen(config -> config.crowdedBackoff(Duration.ofHours(1)));
    client.subscribe(topics("T.AAPL"), sink);
    Line line = server.login();
    line.confirmSubscribe();
    client.awaitConnected(PATIENCE);
    line.status("max_connections", "Maximum number of websocket connections exceeded.");
    line.closeWith(1008);
    sink.untilConnected();
    assertThat(sink.nextStatus(RECONNECTING).detail())
        .contains("max_connections", "another program", "3600.0 s");
    assertThatThrownBy(() -> client.awaitConnected(Duration.ofMillis(300)))
        .isInstanceOf(PolygonException.Unavailable.class)
        .hasMessageContaining("another program");
    assertThat(server.hasConnection()).isFalse();
    assertThat(sink.isEmpty()).isTrue();
  }

  @Test
  void aBareCode1008CountsAsCrowdedToo() throws Exception {
    reopen(config -> config.crowdedBackoff(Duration.ofMillis(50)));
    client.subscribe(topics("T.AAPL"), sink);
    server.login().closeWith(1008);
    sink.nextStatus(CONNECTING);
    assertThat(sink.nextStatus(RECONNECTING).detail()).contains("1008", "another program");
    server.login().confirmSubscribe();
    sink.nextStatus(CONNECTED);
  }

  @Test
  void aServerThatNeverGreetsIsLeft() throws Exception {
    reopen(config -> config.connectTimeout(Duration.ofMillis(200)));
    client.subscribe(topics("T.AAPL"), sink);
    server.accept();
    sink.nextStatus(CONNECTING);
    assertThat(sink.nextStatus(RECONNECTING).detail()).contains("no login within 0.2 s");
    server.login().confirmSubscribe();
    client.awaitConnected(PATIENCE);
  }

  @Test
  void aHandshakeThatIsNeverAnsweredLeavesNoSocketOpen() throws Exception {
    try (ServerSocket mute = new ServerSocket(0);
        StreamClient waiting =
            open(
                URI.create("ws://127.0.0.1:" + mute.getLocalPort()),
                config -> config.connectTimeout(Duration.ofMillis(100)))) {
      mute.setSoTimeout((int) PATIENCE.toMillis());
      waiting.subscribe(topics("T.AAPL"), sink);
      sink.nextStatus(CONNECTING);
      for (int attempt = 0; attempt < 3; attempt++) {
        try (Socket socket = mute.accept()) {
          socket.setSoTimeout((int) PATIENCE.toMillis());
          assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
              .as("what came before the client closed it")
              .startsWith("GET /stocks");
        }
        assertThat(sink.nextStatus(RECONNECTING).detail()).contains("no login within 0.1 s");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusedHandshakeEndsInDownAndIsNotTriedAgain(int status) throws Exception {
    Vertx vertx = Vertx.vertx();
    AtomicInteger attempts = new AtomicInteger();
    HttpServer gate =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  attempts.incrementAndGet();
                  request.response().setStatusCode(status).end();
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    try (StreamClient refused =
        open(URI.create("ws://127.0.0.1:" + gate.actualPort()), config -> config)) {
      refused.subscribe(topics("T.AAPL"), sink);
      sink.nextStatus(CONNECTING);
      assertThat(sink.nextStatus(DOWN).detail()).contains("HTTP " + status, "Check the key");
      assertThatThrownBy(() -> refused.awaitConnected(PATIENCE))
          .isInstanceOf(PolygonException.Unauthorized.class);
      assertThat(attempts).hasValue(1);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void keepsTryingWhereNobodyListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (StreamClient lonely = open(URI.create("ws://127.0.0.1:" + port), config -> config)) {
      lonely.subscribe(topics("T.AAPL"), sink);
      sink.nextStatus(CONNECTING);
      for (int attempt = 0; attempt < 5; attempt++) {
        assertThat(sink.nextStatus(RECONNECTING).detail()).contains("refused");
      }
    }
  }

  @Test
  void goesThroughTheProxyIfThereIsOne() throws Exception {
    Vertx vertx = Vertx.vertx();
    AtomicInteger tunnels = new AtomicInteger();
    NetServer proxy =
        vertx
            .createNetServer()
            .connectHandler(socket -> tunnel(vertx, socket, tunnels))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    URI address = URI.create("http://127.0.0.1:" + proxy.actualPort());
    try (StreamClient proxied = open(config -> config.proxy(address))) {
      proxied.subscribe(topics("T.AAPL"), sink);
      server.login().confirmSubscribe();
      proxied.awaitConnected(PATIENCE);
      assertThat(tunnels).hasValue(1);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void goesThroughNoProxyThatNobodyAskedFor() throws Exception {
    Map<String, String> before = new HashMap<>();
    Map<String, String> settings =
        Map.of(
            "http.proxyHost",
            "127.0.0.1",
            "http.proxyPort",
            "1",
            "https.proxyHost",
            "127.0.0.1",
            "https.proxyPort",
            "1",
            "http.nonProxyHosts",
            "",
            "socksProxyHost",
            "127.0.0.1",
            "socksProxyPort",
            "1");
    settings.keySet().forEach(name -> before.put(name, System.getProperty(name)));
    settings.forEach(System::setProperty);
    try (StreamClient direct = open(config -> config)) {
      direct.subscribe(topics("T.AAPL"), sink);
      server.login().confirmSubscribe();
      direct.awaitConnected(PATIENCE);
    } finally {
      before.forEach(
          (name, value) -> {
            if (value == null) {
              System.clearProperty(name);
            } else {
              System.setProperty(name, value);
            }
          });
    }
  }

  private void tunnel(Vertx vertx, NetSocket socket, AtomicInteger tunnels) {
    socket.handler(
        request -> {
          assertThat(request.toString()).startsWith("CONNECT 127.0.0.1:" + server.port());
          tunnels.incrementAndGet();
          socket.pause();
          vertx
              .createNetClient()
              .connect(server.port(), "127.0.0.1")
              .onSuccess(
                  upstream -> {
                    socket.handler(upstream::write);
                    upstream.handler(socket::write);
                    socket.write("HTTP/1.1 200 OK\r\n\r\n");
                    socket.resume();
                  });
        });
  }
}
