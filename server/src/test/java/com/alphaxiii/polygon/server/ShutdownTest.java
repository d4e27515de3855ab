package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  @Test
  void answersWhatIsUnderWayTellsClientsAndLeavesNothing() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    TestServer server = TestServer.start();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    server.bars.fate =
        answer -> {
          asked.countDown();
          try {
            assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return answer;
        };
    int port = server.server.port();
    try (TestClient client = server.connect("me").subscribe("[\"AAPL\"]", "[\"T\"]");
        TestClient idle = server.connect("idle")) {
      CompletableFuture<HttpResponse<String>> answer =
          server.http.sendAsync(
              server
                  .request("/api/v1/bars")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"symbol\":\"AAPL\",\"timeframe\":\"1min\",\"start_date\":\"2024-01-01\",\"end_date\":\"2024-01-31\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Void> closing =
          CompletableFuture.runAsync(server.server::close, Thread::startVirtualThread);
      assertThat(client.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1001);
      assertThat(idle.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1001);
      Await.until("no new connections", () -> refuses(port));
      assertThat(closing).isNotDone();
      go.countDown();
      HttpResponse<String> response = answer.get(20, TimeUnit.SECONDS);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(TestServer.json(response).path("data").size()).isEqualTo(21 * 960);
      closing.get(20, TimeUnit.SECONDS);
    }
    assertThat(server.feed.subscriptions()).isZero();
    server.close();
    Await.until("no thread is left", () -> serverThreads(before).isEmpty());
    assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
        .isInstanceOf(ConnectException.class);
  }

  private static boolean refuses(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return !socket.isConnected();
    } catch (java.io.IOException e) {
      return true;
    }
  }

  private static Set<String> serverThreads(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && thread.isAlive())
        .map(Thread::getName)
        .filter(
            name ->
                name.startsWith("vert.x")
                    || name.startsWith("vertx")
                    || name.startsWith("polygon-server")
                    || name.startsWith("globalEventExecutor"))
        .collect(Collectors.toSet());
  }

  @Test
  void canBeClosedTwice() {
    TestServer server = TestServer.start();
    server.server.close();
    server.server.close();
    server.close();
  }
}
