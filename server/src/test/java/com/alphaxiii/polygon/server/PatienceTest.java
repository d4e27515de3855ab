package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatienceTest {
  private static final String QUESTION =
      "{\"symbol\":\"AAPL\",\"timeframe\":\"5min\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-05\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /health HTTP/1.1\r\nHost: loc",
        "POST /api/v1/bars HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{",
        "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n"
      })
  void endsConnectionsThatKeepTheServerWaiting(String sent) throws Exception {
    try (TestServer server = TestServer.start(Duration.ofMillis(100));
        Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket.setSoTimeout((int) Await.PATIENCE.toMillis());
      socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (sent.endsWith("\r\n\r\n")) {
        assertThat(answer).startsWith("HTTP/1.1 ");
      } else {
        assertThat(answer).isEmpty();
      }
    }
  }

  /** One that never stops sending, and never comes to an end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-More: ",
        "POST /api/v1/bars HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n",
        "POST /api/v1/bars HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "1388\r\n"
      })
  void doesNotLetARequestTrickleInForEver(String begin) throws Exception {
    try (TestServer server = TestServer.start(Duration.ofMillis(200));
        Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket.setSoTimeout(5);
      socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
      int trickled = 0;
      while (!isEnded(socket)) {
        socket.getOutputStream().write('a');
        trickled++;
        assertThat(trickled).isLessThan(4_000);
      }
      assertThat(trickled).isPositive();
    }
  }

  private static boolean isEnded(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void endsConnectionsThatDoNotReadWhatIsKept() throws Exception {
    String month =
        "/api/v1/bars/AAPL?timeframe=1min&start_date=2024-01-02&end_date=2024-01-03&validate=false";
    try (TestServer server = TestServer.start(Duration.ofMillis(200));
        Socket socket = new Socket()) {
      // The second is kept, and what follows is sent from the loop.
      int length = server.getBytes(month).body().length;
      assertThat(server.getBytes(month).body()).hasSize(length);
      assertThat(server.getBytes(month).body()).hasSize(length);
      socket.setReceiveBufferSize(4 * 1024);
      socket.setSoTimeout((int) Await.PATIENCE.toMillis());
      socket.connect(new InetSocketAddress("127.0.0.1", server.server.port()));
      byte[] request =
          "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
              .formatted(month)
              .getBytes(StandardCharsets.US_ASCII);
      // More answers than sockets hold, of which none is read.
      Await.until("the connection's end", () -> !isTaken(socket, request));
      assertThat(server.getBytes(month).body()).hasSize(length);
    }
  }

  private static boolean isTaken(Socket socket, byte[] request) {
    try {
      socket.getOutputStream().write(request);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void waitsOutAnAnswerThatTakesLonger() {
    try (TestServer server = TestServer.start(Duration.ofMillis(50))) {
      server.bars.fate =
          answer -> {
            outlastIdleConnections(server);
            return answer;
          };
      assertThat(server.post("/api/v1/bars", QUESTION).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void leavesWebSocketsToTheirPings() {
    try (TestServer server = TestServer.start(Duration.ofMillis(50));
        RawClient client = new RawClient(server.server.port(), "quiet")) {
      outlastIdleConnections(server);
      client.send("{\"action\":\"ping\"}");
      client.next("\"pong\"");
    }
  }

  /** Waits for several times as long as the server waits for a connection without a request. */
  private static void outlastIdleConnections(TestServer server) {
    for (int i = 0; i < 3; i++) {
      try (Socket idle = new Socket("127.0.0.1", server.server.port())) {
        idle.setSoTimeout((int) Await.PATIENCE.toMillis());
        assertThat(idle.getInputStream().read()).isEqualTo(-1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
