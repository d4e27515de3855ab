package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Timespan;
import com.alphaxiii.polygon.core.Topic;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SnapshotTest {
  private static final String SUBSCRIBE =
      "{\"action\":\"subscribe\",\"symbols\":%s,\"channels\":%s,\"snapshot\":true}";

  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void awaitTopic(String topic) {
    Await.until(topic, () -> server.feed.topics().contains(Topic.parse(topic)));
  }

  @Test
  void sendsTheLastValuesFirstAndMarksThem() {
    try (TestClient early = server.connect("early").subscribe("[\"*\"]", "[\"T\",\"Q\",\"AM\"]");
        TestClient late = server.connect("late")) {
      awaitTopic("AM.*");
      server.feed.emit(Events.trade("AAPL", 185, 1));
      server.feed.emit(Events.trade("AAPL", 186, 2));
      server.feed.emit(Events.quote("MSFT"));
      server.feed.emit(Events.aggregate("AAPL", Timespan.MINUTE));
      early.next("market_data");
      late.send(SUBSCRIBE.formatted("[\"AAPL\",\"MSFT\"]", "[\"T\",\"Q\"]"));
      late.next("subscribed");
      JsonNode first = late.next();
      JsonNode second = late.next();
      assertThat(first.path("snapshot").asBoolean()).isTrue();
      assertThat(second.path("snapshot").asBoolean()).isTrue();
      assertThat(java.util.List.of(first, second))
          .extracting(each -> each.at("/data/symbol").asString())
          .containsExactlyInAnyOrder("AAPL", "MSFT");
      server.feed.emit(Events.trade("AAPL", 187, 3));
      JsonNode live = late.next();
      assertThat(live.at("/data/trade_id").asString()).isEqualTo("3");
      assertThat(live.has("snapshot")).isFalse();
    }
  }

  @Test
  void marksABarThatIsSentAnew() {
    try (TestClient client = server.connect("bars").subscribe("[\"*\"]", "[\"A\",\"AM\"]")) {
      awaitTopic("AM.*");
      for (int i = 0; i < 3; i++) {
        server.feed.emit(Events.aggregate("AAPL", Timespan.MINUTE));
        server.feed.emit(Events.aggregate(i == 0 ? "AAPL" : "MSFT" + i, Timespan.SECOND));
      }
      for (int i = 0; i < 3; i++) {
        JsonNode minute = client.next();
        assertThat(minute.has("revision")).isEqualTo(i > 0);
        assertThat(minute.path("revision").asInt()).isEqualTo(i);
        assertThat(client.next().has("revision")).isFalse();
      }
    }
  }

  /** Joins again and again while trades come as fast as they are taken. */
  @Test
  void isNeverFollowedByAnythingThatIsNotNewer() throws Exception {
    AtomicBoolean more = new AtomicBoolean(true);
    AtomicLong number = new AtomicLong();
    try (TestClient other = server.connect("other").subscribe("[\"AAPL\"]", "[\"T\"]")) {
      awaitTopic("T.AAPL");
      Thread feed =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    while (more.get()) {
                      server.feed.emit(Events.trade("AAPL", 185, number.incrementAndGet()));
                      if (number.get() % 50 == 0) {
                        java.util.concurrent.locks.LockSupport.parkNanos(200_000);
                      }
                    }
                  });
      other.next("market_data");
      for (int round = 0; round < 40; round++) {
        try (TestClient joining = server.connect("joining" + round)) {
          joining.next("status");
          joining.send(SUBSCRIBE.formatted("[\"AAPL\"]", "[\"T\"]"));
          joining.next("subscribed");
          JsonNode snapshot = joining.next();
          assertThat(snapshot.path("snapshot").asBoolean()).isTrue();
          long expected = snapshot.at("/data/trade_id").asLong();
          for (int i = 0; i < 100; i++) {
            assertThat(joining.next().at("/data/trade_id").asLong()).isEqualTo(++expected);
          }
        }
      }
      more.set(false);
      feed.join();
    } finally {
      more.set(false);
    }
  }
}
