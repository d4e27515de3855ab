package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Timespan;
import com.alphaxiii.polygon.core.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubTest {
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void awaitTopics(String... topics) {
    List<Topic> wanted = java.util.Arrays.stream(topics).map(Topic::parse).toList();
    Await.until(
        "topics " + wanted, () -> server.feed.topics().equals(java.util.Set.copyOf(wanted)));
  }

  @Test
  void sendsTradesAndQuotesByTheContract() {
    try (TestClient client = server.connect("my-app")) {
      assertThat(client.nextText())
          .isEqualTo(
              "{\"type\":\"connected\",\"client_id\":\"my-app\",\"server_time\":\"2024-01-26T11:00:00.012-05:00\"}");
      client.send(
          "{\"action\":\"subscribe\",\"symbols\":[\"AAPL\",\"MSFT\"],\"channels\":[\"T\",\"Q\"]}");
      client.next("status");
      assertThat(client.nextText())
          .isEqualTo(
              "{\"type\":\"subscribed\",\"symbols\":[\"AAPL\",\"MSFT\"],\"channels\":[\"T\",\"Q\"]}");
      awaitTopics("T.AAPL", "Q.AAPL", "T.MSFT", "Q.MSFT");
      server.feed.emit(Events.trade("AAPL", 185.5, 12345));
      server.feed.emit(Events.quote("AAPL"));
      assertThat(client.nextText())
          .isEqualTo(
              "{\"type\":\"market_data\",\"data\":{\"event_type\":\"trade\",\"symbol\":\"AAPL\",\"timestamp\":1706284800000,\"price\":185.5,\"size\":100,\"conditions\":[14,37],\"exchange\":4,\"trade_id\":\"12345\"},\"timestamp\":\"2024-01-26T11:00:00.012-05:00\"}");
      assertThat(client.nextText())
          .isEqualTo(
              "{\"type\":\"market_data\",\"data\":{\"event_type\":\"quote\",\"symbol\":\"AAPL\",\"timestamp\":1706284800000,\"bid_price\":185.48,\"bid_size\":300,\"ask_price\":185.52,\"ask_size\":500,\"exchange\":4},\"timestamp\":\"2024-01-26T11:00:00.012-05:00\"}");
    }
  }

  @Test
  void sendsAggregatesByTheContract() {
    try (TestClient client = server.connect("bars").subscribe("[\"AAPL\"]", "[\"A\",\"AM\"]")) {
      awaitTopics("A.AAPL", "AM.AAPL");
      server.feed.emit(Events.aggregate("AAPL", Timespan.SECOND));
      server.feed.emit(Events.aggregate("AAPL", Timespan.MINUTE));
      assertThat(client.next().at("/data/timespan").asString()).isEqualTo("second");
      assertThat(client.next().path("data").toString())
          .isEqualTo(
              "{\"event_type\":\"aggregate\",\"timespan\":\"minute\",\"symbol\":\"AAPL\",\"timestamp\":1706284800000,\"end_timestamp\":1706284860000,\"open\":185.0,\"high\":186.5,\"low\":184.25,\"close\":185.75,\"volume\":125000,\"vwap\":185.4,\"accumulated_volume\":3500000,\"day_open\":183.1,\"day_vwap\":184.9}");
    }
  }

  @Test
  void keepsTheOrderForEveryClient() {
    List<TestClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        clients.add(
            server
                .connect("c" + i)
                .subscribe(i % 2 == 0 ? "[\"AAPL\",\"MSFT\"]" : "[\"*\"]", "[\"T\"]"));
      }
      awaitTopics("T.AAPL", "T.MSFT", "T.*");
      int burst = 2_000;
      for (int from = 0; from < 10 * burst; from += burst) {
        for (int i = from; i < from + burst; i++) {
          server.feed.emit(Events.trade(i % 3 == 0 ? "MSFT" : "AAPL", 100 + i % 100, i));
        }
        for (TestClient client : clients) {
          for (int i = from; i < from + burst; i++) {
            assertThat(client.nextText()).contains("\"trade_id\":\"" + i + "\"");
          }
          assertThat(client.waiting()).isZero();
        }
      }
    } finally {
      clients.forEach(TestClient::close);
    }
  }

  @Test
  void widensFromASymbolToAllWithoutASeam() {
    try (TestClient client = server.connect("widening").subscribe("[\"AAPL\"]", "[\"T\"]")) {
      awaitTopics("T.AAPL");
      client.subscribe("[\"*\"]", "[\"T\"]");
      awaitTopics("T.*");
      assertThat(server.feed.changes()).doesNotContain(java.util.Set.of());
    }
  }
}
