package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Topic;
import java.net.http.WebSocketHandshakeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StreamProtocolTest {
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(config -> config.withMaxWebSocketConnections(3));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TestClient greeted(String id) {
    TestClient client = server.connect(id);
    client.next("status");
    return client;
  }

  private void awaitTopics(String... topics) {
    Set<Topic> wanted =
        java.util.Arrays.stream(topics).map(Topic::parse).collect(Collectors.toSet());
    Await.until("topics " + wanted, () -> server.feed.topics().equals(wanted));
  }

  @Test
  void survivesEveryMessageThatIsWrong() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("", "bad_request");
    codes.put("{", "bad_request");
    codes.put("[]", "bad_request");
    codes.put("{}", "bad_request");
    codes.put("{\"action\":1}", "bad_request");
    codes.put("{\"action\":\"dance\"}", "unknown_action");
    codes.put("{\"action\":\"subscribe\"}", "bad_request");
    codes.put("{\"action\":\"subscribe\",\"symbols\":[],\"channels\":[\"T\"]}", "bad_request");
    codes.put(
        "{\"action\":\"subscribe\",\"symbols\":\"AAPL\",\"channels\":[\"T\"]}", "bad_request");
    codes.put("{\"action\":\"subscribe\",\"symbols\":[1],\"channels\":[\"T\"]}", "bad_request");
    codes.put("{\"action\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[]}", "bad_request");
    codes.put(
        "{\"action\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"X\"]}",
        "unknown_channel");
    codes.put(
        "{\"action\":\"subscribe\",\"symbols\":[\"A A\",\"AAPL\"],\"channels\":[\"T\"]}",
        "bad_symbol");
    codes.put(
        "{\"action\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"T\"],\"foo\":1}",
        "bad_request");
    codes.put(
        "{\"action\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"T\"],\"policy\":\"forget\"}",
        "bad_request");
    codes.put(
        "{\"action\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"T\"],\"policy\":7}",
        "bad_request");
    codes.put(
        "{\"action\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"T\"],\"snapshot\":1}",
        "bad_request");
    codes.put(
        "{\"action\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"T\"],\"conflate_trades\":true}",
        "bad_request");
    codes.put(
        "{\"action\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"T\"],\"since\":\"2024-01-26\"}",
        "bad_request");
    codes.put(
        "{\"action\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"T\"],\"since\":\"2024-01-20T16:00:00Z\"}",
        "bad_request");
    codes.put(
        "{\"action\":\"subscribe\",\"symbols\":[\"*\"],\"channels\":[\"T\"],\"since\":\"2024-01-26T15:00:00Z\"}",
        "unsupported");
    codes.put("{\"action\":\"ping\"} {\"action\":\"ping\"}", "bad_request");
    codes.put("[".repeat(100_000), "bad_request");
    try (TestClient client = greeted("clumsy")) {
      codes.forEach(
          (message, code) -> {
            client.send(message);
            JsonNode error = client.next();
            assertThat(error.path("type").asString()).as(message).isEqualTo("error");
            assertThat(error.path("code").asString()).as(message).isEqualTo(code);
            assertThat(error.path("message").asString()).isNotBlank().hasSizeLessThan(400);
          });
      client.sendBinary(new byte[] {1, 2, 3});
      assertThat(client.next().path("code").asString()).isEqualTo("bad_request");
      assertThat(server.feed.topics()).isEmpty();
      client.send("{\"action\":\"ping\"}");
      assertThat(client.nextText())
          .isEqualTo("{\"type\":\"pong\",\"server_time\":\"2024-01-26T11:00:00.012-05:00\"}");
    }
  }

  @Test
  void takesAThousandSymbolsAndNoMore() {
    try (TestClient client = greeted("greedy")) {
      client.subscribe(symbols(0, 600), "[\"T\"]");
      client.send(
          "{\"action\":\"subscribe\",\"symbols\":%s,\"channels\":[\"T\"]}"
              .formatted(symbols(400, 1_001)));
      assertThat(client.next().path("code").asString()).isEqualTo("too_many_symbols");
      client.send(
          "{\"action\":\"subscribe\",\"symbols\":%s,\"channels\":[\"T\"]}"
              .formatted(symbols(0, 1_001)));
      assertThat(client.next().path("code").asString()).isEqualTo("too_many_symbols");
      client.subscribe(symbols(400, 1_000), "[\"Q\"]");
      Await.until("all are asked for", () -> server.feed.topics().size() == 1_200);
    }
    Await.until("nothing is asked for", () -> server.feed.topics().isEmpty());
  }

  private static String symbols(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "\"S" + i + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void listsAndGivesUpSubscriptions() {
    try (TestClient client = greeted("tidy")) {
      client.subscribe("[\"MSFT\",\" AAPL \"]", "[\"T\",\"AM\"]");
      client.send(
          "{\"action\":\"unsubscribe\",\"symbols\":[\"MSFT\",\"TSLA\"],\"channels\":[\"AM\"]}");
      assertThat(client.nextText())
          .isEqualTo(
              "{\"type\":\"unsubscribed\",\"symbols\":[\"MSFT\",\"TSLA\"],\"channels\":[\"AM\"]}");
      client.send("{\"action\":\"list\"}");
      assertThat(client.nextText())
          .isEqualTo(
              "{\"type\":\"subscriptions\",\"symbols\":[\"AAPL\",\"MSFT\"],\"channels\":[\"T\",\"AM\"],\"topics\":[\"T.AAPL\",\"T.MSFT\",\"AM.AAPL\"]}");
      awaitTopics("T.AAPL", "T.MSFT", "AM.AAPL");
      client.send("{\"action\":\"unsubscribe\",\"symbols\":[\"*\"],\"channels\":[\"T\"]}");
      client.next("unsubscribed");
      awaitTopics("AM.AAPL");
    }
    awaitTopics();
  }

  @Test
  void sharesOneUpstreamSubscription() {
    try (TestClient one = greeted("one").subscribe("[\"AAPL\"]", "[\"T\"]")) {
      try (TestClient two = greeted("two").subscribe("[\"AAPL\",\"MSFT\"]", "[\"T\"]")) {
        awaitTopics("T.AAPL", "T.MSFT");
        assertThat(server.feed.subscriptions()).isEqualTo(1);
        two.send("{\"action\":\"unsubscribe\",\"symbols\":[\"*\"],\"channels\":[\"T\"]}");
        two.next("unsubscribed");
      }
      awaitTopics("T.AAPL");
      server.feed.emit(Events.trade("AAPL", 185, 1));
      assertThat(one.next().at("/data/trade_id").asString()).isEqualTo("1");
    }
  }

  @Test
  void sendsEachEventOnceHoweverOftenItIsAskedFor() {
    try (TestClient client = greeted("twice").subscribe("[\"AAPL\",\"*\"]", "[\"T\"]")) {
      client.subscribe("[\"AAPL\"]", "[\"T\"]");
      awaitTopics("T.*");
      server.feed.emit(Events.trade("AAPL", 185, 1));
      server.feed.emit(Events.trade("TSLA", 185, 2));
      assertThat(client.next().at("/data/trade_id").asString()).isEqualTo("1");
      assertThat(client.next().at("/data/trade_id").asString()).isEqualTo("2");
      client.send("{\"action\":\"unsubscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"T\"]}");
      client.next("unsubscribed");
      server.feed.emit(Events.trade("AAPL", 185, 3));
      assertThat(client.next().at("/data/trade_id").asString()).isEqualTo("3");
    }
  }

  @Test
  void givesASecondClientOfTheSameNameANumber() {
    try (TestClient one = server.connect("my-app");
        TestClient two = server.connect("my-app")) {
      assertThat(one.next("connected").path("client_id").asString()).isEqualTo("my-app");
      assertThat(two.next("connected").path("client_id").asString()).isEqualTo("my-app#2");
      try (TestClient three = server.connect("my%2Dapp")) {
        assertThat(three.next("connected").path("client_id").asString()).isEqualTo("my-app#3");
      }
    }
  }

  @Test
  void refusesClientsOverTheMaximum() {
    try (TestClient one = greeted("1");
        TestClient two = greeted("2")) {
      try (TestClient three = greeted("3")) {
        assertThatThrownBy(() -> server.connect("4"))
            .isInstanceOf(CompletionException.class)
            .cause()
            .isInstanceOfSatisfying(
                WebSocketHandshakeException.class,
                refusal -> {
                  assertThat(refusal.getResponse().statusCode()).isEqualTo(503);
                  assertThat(refusal.getResponse().headers().firstValue("Retry-After")).isPresent();
                });
      }
      Await.until(
          "a place is free",
          () -> TestServer.json(server.get("/health")).at("/websocket/clients").asInt() == 2);
      try (TestClient four = greeted("4")) {
        four.send("{\"action\":\"ping\"}");
        four.next("pong");
      }
    }
  }

  @Test
  void cutsOffAClientThatAsksTooOften() {
    try (TestClient client = greeted("eager")) {
      // As fast as the bucket fills nobody is cut off, and so much at once neither.
      for (int i = 0; i < Pace.BURST; i++) {
        client.send("{\"action\":\"ping\"}");
        client.next("pong");
      }
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  client.send("{\"action\":\"ping\"}");
                }
              })
          .isNotNull();
      assertThat(client.next("error").path("code").asString()).isEqualTo("too_many_messages");
      assertThat(client.closed.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join())
          .isEqualTo(1008);
    }
  }

  @Test
  void closesOnAMessageLargerThanAnyNeedsToBe() {
    try (TestClient client = greeted("large")) {
      client.send("\"" + "x".repeat(300_000) + "\"");
      assertThat(client.closed.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join())
          .isEqualTo(1009);
    }
    Await.until(
        "its place is free",
        () -> TestServer.json(server.get("/health")).at("/websocket/clients").asInt() == 0);
  }

  @Test
  void refusesAClientIdThatCannotBeShown() {
    assertThatThrownBy(() -> server.connect("%00")).isInstanceOf(CompletionException.class);
    assertThatThrownBy(() -> server.connect("a".repeat(129)))
        .isInstanceOf(CompletionException.class);
  }

  @Test
  void passesOnHowTheFeedStands() {
    try (TestClient client = greeted("watcher")) {
      server.feed.emit(
          new FeedStatus(FeedStatus.State.DOWN, "the key was refused", TestServer.NOW));
      assertThat(client.nextText())
          .isEqualTo(
              "{\"type\":\"status\",\"upstream\":\"down\",\"detail\":\"the key was"
                  + " refused\",\"since\":\"2024-01-26T11:00:00.012-05:00\"}");
      assertThat(server.get("/health").body()).contains("\"status\":\"degraded\"");
      try (TestClient later = server.connect("later")) {
        assertThat(later.next("status").path("upstream").asString()).isEqualTo("down");
      }
    }
  }

  @Test
  void tellsGapsToThoseWhomTheyConcern() {
    try (TestClient one = greeted("one").subscribe("[\"AAPL\",\"MSFT\"]", "[\"T\",\"Q\"]");
        TestClient all = greeted("all").subscribe("[\"*\"]", "[\"T\"]");
        TestClient other = greeted("other").subscribe("[\"TSLA\"]", "[\"AM\"]")) {
      Gap gap =
          new Gap(
              Set.of(
                  new Topic(Channel.TRADES, "AAPL"),
                  new Topic(Channel.QUOTES, "AAPL"),
                  new Topic(Channel.TRADES, "NVDA")),
              TestServer.NOW.minusSeconds(3),
              TestServer.NOW);
      server.feed.emit(gap);
      assertThat(one.nextText())
          .isEqualTo(
              "{\"type\":\"gap\",\"symbols\":[\"AAPL\"],\"channels\":[\"T\",\"Q\"],\"from\":\"2024-01-26T10:59:57.012-05:00\",\"to\":\"2024-01-26T11:00:00.012-05:00\"}");
      assertThat(all.next().path("symbols").toString()).isEqualTo("[\"AAPL\",\"NVDA\"]");
      server.feed.emit(
          new Gap(
              Set.of(new Topic(Channel.MINUTE_AGGREGATES, Topic.ALL)),
              TestServer.NOW.minusSeconds(3),
              TestServer.NOW));
      assertThat(other.next().path("symbols").toString()).isEqualTo("[\"TSLA\"]");
      one.send("{\"action\":\"ping\"}");
      assertThat(one.next().path("type").asString()).isEqualTo("pong");
    }
  }

  @Test
  void tellsWhatTheFeedDoesNotHave() {
    server.feed.refuse = Set.of(Topic.parse("T.X:BTCUSD"));
    try (TestClient client = greeted("mixed").subscribe("[\"X:BTCUSD\",\"AAPL\"]", "[\"T\"]")) {
      JsonNode error = client.next("error");
      assertThat(error.path("code").asString()).isEqualTo("bad_symbol");
      assertThat(error.path("message").asString()).contains("X:BTCUSD");
      awaitTopics("T.AAPL");
      server.feed.emit(Events.trade("AAPL", 185, 7));
      assertThat(client.next().at("/data/trade_id").asString()).isEqualTo("7");
      client.send("{\"action\":\"list\"}");
      assertThat(client.next().path("topics").toString()).isEqualTo("[\"T.AAPL\"]");
    }
  }

  @Test
  void clientsThatVanishAtOnceLeaveNothingBehind() throws Exception {
    try (TestServer server = TestServer.start()) {
      byte[] upgrade =
          ("GET /ws/hasty HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                  + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                  + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
              .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      for (int i = 0; i < 200; i++) {
        try (java.net.Socket hasty = new java.net.Socket("127.0.0.1", server.server.port())) {
          // Reset instead of an orderly end.
          hasty.setSoLinger(true, 0);
          hasty.getOutputStream().write(upgrade);
        }
      }
      Await.until(
          "all places are free again",
          () -> TestServer.json(server.get("/health")).at("/websocket/clients").asInt() == 0);
    }
  }
}
