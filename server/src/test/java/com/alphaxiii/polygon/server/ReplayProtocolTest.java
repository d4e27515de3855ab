package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.Topic;
import java.net.http.WebSocketHandshakeException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayProtocolTest {
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aClientOfAReplayHearsTheTapeAndNotTheStream() {
    TestClient player = server.connect("player?replay=2013-10-08T09:30&speed=10");
    assertThat(player.nextText())
        .contains("\"replay\":true", "\"server_time\":\"2013-10-08T09:30:00-04:00\"");
    player.next();
    player.send("{\"action\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"T\"]}");
    player.next();
    Await.until(
        "the tape is asked", () -> server.replay.feed.topics().contains(Topic.parse("T.AAPL")));
    server.feed.emit(Events.trade("AAPL", 1, 1));
    server.replay.now = Instant.parse("2013-10-08T13:30:01.5Z");
    server.replay.feed.emit(Events.trade("AAPL", 2, 2));
    assertThat(player.nextText())
        .contains("\"price\":2", "\"timestamp\":\"2013-10-08T09:30:01.500-04:00\"");
    assertThat(server.feed.topics()).isEmpty();

    player.send("{\"action\":\"pause\"}");
    assertThat(player.nextText()).isEqualTo("{\"type\":\"replay\",\"action\":\"pause\"}");
    player.send("{\"action\":\"seek\",\"to\":\"2013-10-08T10:00\"}");
    player.next();
    player.send("{\"action\":\"speed\",\"speed\":2.5}");
    assertThat(player.nextText()).contains("\"value\":\"2.5\"");
    player.send("{\"action\":\"resume\"}");
    player.next();
    assertThat(server.replay.turns)
        .containsExactly("pause", "seek 2013-10-08T14:00:00Z", "speed 2.5", "resume");
    player.send("{\"action\":\"speed\",\"speed\":\"quick\"}");
    assertThat(player.nextText()).contains("bad_request", "'quick' is not a speed");
  }

  @Test
  void theLiveStreamCannotBeWound() {
    TestClient live = server.connect("live");
    live.next();
    live.next();
    live.send("{\"action\":\"pause\"}");
    assertThat(live.nextText()).contains("bad_request", "'pause' is for replays");
  }

  @Test
  void aReplayThatCannotBeIsRefusedWithItsReason() {
    for (String query :
        List.of(
            "replay=yesterday",
            "replay=2013-10-08&speed=5000",
            "replay=2013-10-08&until=2013-10-07")) {
      assertThatThrownBy(() -> server.connect("x?" + query))
          .satisfies(
              thrown ->
                  assertThat(
                          ((WebSocketHandshakeException) thrown.getCause())
                              .getResponse()
                              .statusCode())
                      .as(query)
                      .isEqualTo(422));
    }
  }
}
