package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The vendor's own protocol on the compatible sockets. */
class VendorStreamTest {
  private static final String CONNECTED =
      "[{\"ev\":\"status\",\"status\":\"connected\",\"message\":\"Connected Successfully\"}]";
  private static final String AUTHENTICATED =
      "[{\"ev\":\"status\",\"status\":\"auth_success\",\"message\":\"authenticated\"}]";

  private static TestClient connect(TestServer server, String path) {
    return TestClient.connect(server.uri(path), List.of());
  }

  private static void logIn(TestClient client, String key) {
    assertThat(client.nextText()).isEqualTo(CONNECTED);
    client.send("{\"action\":\"auth\",\"params\":\"%s\"}".formatted(key));
  }

  @Test
  void speaksAsTheVendorDoes() {
    try (TestServer server = TestServer.start();
        TestClient client = connect(server, "/stocks")) {
      logIn(client, "any key");
      assertThat(client.nextText()).isEqualTo(AUTHENTICATED);
      client.send("{\"action\":\"subscribe\",\"params\":\"T.AAPL, Q.AAPL,XT.BTC-USD,junk\"}");
      assertThat(client.nextText())
          .isEqualTo(
              "[{\"ev\":\"status\",\"status\":\"success\",\"message\":\"subscribed to:"
                  + " T.AAPL\"},{\"ev\":\"status\",\"status\":\"success\",\"message\":\"subscribed"
                  + " to: Q.AAPL\"}]");
      Await.until(
          "both upstream",
          () -> server.feed.topics().equals(Set.of(Topic.parse("T.AAPL"), Topic.parse("Q.AAPL"))));
      server.feed.emit(Events.trade("AAPL", 185.5, 7));
      server.feed.emit(Events.quote("AAPL"));
      JsonNode first = client.next();
      assertThat(first.get(0).toString())
          .isEqualTo(
              "{\"ev\":\"T\",\"sym\":\"AAPL\",\"x\":4,\"i\":\"7\",\"z\":3,\"p\":185.5,\"s\":100,\"c\":[14,37],\"t\":1706284800000,\"q\":7}");
      JsonNode quote = first.size() > 1 ? first.get(1) : client.next().get(0);
      assertThat(quote.path("ev").asString()).isEqualTo("Q");
      client.send("{\"action\":\"unsubscribe\",\"params\":\"Q.AAPL\"}");
      assertThat(client.nextText()).contains("unsubscribed to: Q.AAPL");
      Await.until("one left", () -> server.feed.topics().equals(Set.of(Topic.parse("T.AAPL"))));
    }
  }

  @Test
  void putsManyEventsIntoOneArray() {
    try (TestServer server = TestServer.start();
        TestClient client = connect(server, "/stocks")) {
      logIn(client, "any");
      client.nextText();
      client.send("{\"action\":\"subscribe\",\"params\":\"T.*\"}");
      client.nextText();
      Await.until("upstream", () -> !server.feed.topics().isEmpty());
      int events = 20_000;
      for (int i = 0; i < events; i++) {
        server.feed.emit(Events.trade("AAPL", 185.5, i + 1));
      }
      int seen = 0;
      int frames = 0;
      while (seen < events) {
        String text = client.nextText();
        assertThat(text.length()).isLessThan(1 << 20);
        for (JsonNode event : TestServer.json(text)) {
          assertThat(event.path("q").asLong()).isEqualTo(++seen);
        }
        frames++;
      }
      assertThat(frames).isLessThan(events / 10);
    }
  }

  @Test
  void letsInByTokenAndSendsOthersAway() {
    try (TestServer server =
        TestServer.start(
            config ->
                config.withTokens(
                    List.of(
                        AccessToken.of("app", new Secret("a-good-token")),
                        AccessToken.of("reader", new Secret("reads-only-token"))
                            .withScopes(Set.of(Scope.BARS)))))) {
      try (TestClient client = connect(server, "/stocks")) {
        logIn(client, "a-good-token");
        assertThat(client.nextText()).isEqualTo(AUTHENTICATED);
      }
      try (TestClient client = connect(server, "/stocks")) {
        logIn(client, "another-token");
        assertThat(client.nextText())
            .isEqualTo(
                "[{\"ev\":\"status\",\"status\":\"auth_failed\",\"message\":\"authentication"
                    + " failed\"}]");
        awaitEnd(client);
      }
      try (TestClient client = connect(server, "/stocks")) {
        logIn(client, "reads-only-token");
        assertThat(client.nextText()).contains("auth_failed").contains("'stream'");
        awaitEnd(client);
      }
    }
  }

  /** However the end comes: the vendor drops the connection without a closing frame. */
  private static void awaitEnd(TestClient client) {
    Await.until("the end", () -> client.closed.isDone() || !takesMore(client));
  }

  private static boolean takesMore(TestClient client) {
    try {
      client.send("{}");
      return true;
    } catch (java.util.concurrent.CompletionException e) {
      return false;
    }
  }

  @Test
  void wantsALoginFirst() {
    try (TestServer server = TestServer.start();
        TestClient client = connect(server, "/crypto")) {
      assertThat(client.nextText()).isEqualTo(CONNECTED);
      client.send("{\"action\":\"subscribe\",\"params\":\"XT.BTC-USD\"}");
      assertThat(client.nextText()).contains("auth_required");
      client.send("no json");
      assertThat(client.nextText()).contains("\"status\":\"error\"");
    }
  }

  @Test
  void tellsWhenAllPlacesAreTaken() {
    try (TestServer server = TestServer.start(config -> config.withMaxWebSocketConnections(1));
        TestClient first = connect(server, "/stocks");
        TestClient second = connect(server, "/stocks")) {
      logIn(first, "any");
      assertThat(first.nextText()).isEqualTo(AUTHENTICATED);
      logIn(second, "any");
      assertThat(second.nextText()).contains("max_connections");
      assertThat(second.closed.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join())
          .isEqualTo(1008);
    }
  }

  @Test
  void knowsNoPageOfStrangers() {
    try (TestServer server =
        TestServer.start(config -> config.withTokens(Map.of("a", new Secret("a-good-token"))))) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () ->
                  TestClient.connect(
                      server.uri("/stocks"), List.of("Origin", "https://stranger.example")))
          .hasStackTraceContaining("403");
      assertThat(server.get("/stocks").statusCode()).isEqualTo(426);
    }
  }

  private static void logInAndSubscribe(TestClient client, String topics) {
    logIn(client, "any");
    assertThat(client.nextText()).isEqualTo(AUTHENTICATED);
    client.send("{\"action\":\"subscribe\",\"params\":\"%s\"}".formatted(topics));
    assertThat(client.nextText()).contains("subscribed to: " + topics);
  }

  @Test
  void bringsWhatWasMissedToThoseWhoseAddressAsksForIt() {
    Instant to = Instant.parse("2024-01-26T16:00:00Z");
    try (TestServer server = TestServer.start(GapLimits.DEFAULT, new SecondTrades());
        TestClient late = connect(server, "/stocks?backfill=true");
        TestClient plain = connect(server, "/stocks")) {
      logInAndSubscribe(late, "T.AAPL");
      logInAndSubscribe(plain, "T.AAPL");
      Await.until("upstream", () -> !server.feed.topics().isEmpty());
      server.feed.emit(new Gap(Set.of(Topic.parse("T.AAPL")), to.minusSeconds(9), to));
      assertThat(late.nextText()).contains("\"status\":\"gap\"", "they come late");
      assertThat(plain.nextText()).contains("\"status\":\"gap\"", "ask the REST API");
      List<Long> numbers = new ArrayList<>();
      do {
        for (JsonNode each : late.next()) {
          if (each.path("ev").asString().equals("T")) {
            numbers.add(each.path("q").asLong());
          }
        }
      } while (numbers.size() < 10);
      long last = to.getEpochSecond();
      assertThat(numbers).isEqualTo(LongStream.rangeClosed(last - 9, last).boxed().toList());
      assertThat(late.nextText()).contains("gap_filled", "T.AAPL");
      server.feed.emit(SecondTrades.trade("AAPL", last + 1));
      assertThat(plain.next().get(0).path("q").asLong()).isEqualTo(last + 1);
    }
  }

  @Test
  void playsThePast() {
    try (TestServer server = TestServer.start();
        TestClient client = connect(server, "/stocks?replay=2013-10-08T09:30&speed=10")) {
      logInAndSubscribe(client, "T.AAPL");
      Await.until(
          "the tape is asked", () -> server.replay.feed.topics().contains(Topic.parse("T.AAPL")));
      assertThat(server.feed.topics()).isEmpty();
      server.feed.emit(Events.trade("AAPL", 1, 1));
      server.replay.feed.emit(Events.trade("AAPL", 2, 2));
      assertThat(client.next().get(0).path("p").asDouble()).isEqualTo(2);
    }
  }

  @Test
  void anAddressThatMeansNothingIsRefused() {
    try (TestServer server = TestServer.start()) {
      for (String query :
          List.of(
              "?replay=tomorrow", "?backfill=perhaps", "?replay=2013-10-08T09:30&paused=true")) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> connect(server, "/stocks" + query))
            .hasStackTraceContaining("422");
      }
    }
  }
}
