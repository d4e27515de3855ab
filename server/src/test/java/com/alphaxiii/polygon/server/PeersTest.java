package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No machine has more connections than it may have. */
class PeersTest {
  private static final String QUESTION = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @Test
  void oneMoreIsClosedAndGetsInOnceAnotherHasLeft() throws Exception {
    try (TestServer server =
        TestServer.start(
            config -> config.withMaxConnectionsOfPeer(3).withMaxWebSocketConnections(1))) {
      List<Socket> held = new ArrayList<>();
      try {
        for (int i = 0; i < 4; i++) {
          Socket socket = open(server);
          held.add(socket);
          assertThat(isServed(socket)).as("connection %d", i).isTrue();
        }
        try (Socket beyond = open(server)) {
          assertThat(isServed(beyond)).isFalse();
        }
        held.removeFirst().close();
        Await.until("there is a place again", () -> serves(server));
      } finally {
        for (Socket socket : held) {
          socket.close();
        }
      }
      Await.until("all have left", () -> serves(server));
      assertThat(server.get("/metrics").body())
          .containsPattern("polygon_connections_refused_total [1-9]")
          .contains("polygon_connections_open ");
    }
  }

  private static Socket open(TestServer server) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.server.port());
    socket.setSoTimeout((int) Await.PATIENCE.toMillis());
    return socket;
  }

  private static boolean serves(TestServer server) {
    try (Socket socket = open(server)) {
      return isServed(socket);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isServed(Socket socket) {
    try {
      socket.getOutputStream().write(QUESTION.getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() == 'H';
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void countsEachMachineForItself() {
    Peers peers = new Peers(2);
    assertThat(peers.enter("a")).isTrue();
    assertThat(peers.enter("a")).isTrue();
    assertThat(peers.enter("a")).isFalse();
    assertThat(peers.enter("b")).isTrue();
    peers.leave("a");
    assertThat(peers.enter("a")).isTrue();
    assertThat(peers.count()).isEqualTo(3);
    assertThat(peers.refused()).isEqualTo(1);
    peers.leave("a");
    peers.leave("a");
    peers.leave("b");
    assertThat(peers.count()).isZero();
  }

  @Test
  void aNetworkOfTheNewProtocolIsOneMachine() {
    assertThat(Peers.name("10.0.0.1")).isEqualTo("10.0.0.1");
    assertThat(Peers.name("2001:db8:1:2::7")).isEqualTo(Peers.name("2001:db8:1:2:ffff::1"));
    assertThat(Peers.name("2001:db8:1:2::7")).isNotEqualTo(Peers.name("2001:db8:1:3::7"));
    assertThat(Peers.name("::ffff:10.0.0.1")).isEqualTo("10.0.0.1");
    assertThat(Peers.name("fe80::1%lo")).isNotEmpty();
  }
}
