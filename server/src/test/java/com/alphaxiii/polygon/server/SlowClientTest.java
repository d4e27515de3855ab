package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SlowClientTest {
  private static final Pattern ID = Pattern.compile("\"trade_id\":\"(\\d+)\"");
  private static final String SUBSCRIBE =
      "{\"action\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"T\"]%s}";
  private static final int BURST = 1_000;
  private static final int BURSTS = 80;

  private static long id(String message) {
    Matcher matcher = ID.matcher(message);
    assertThat(matcher.find()).as(message).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void losesExactlyWhatItIsToldAndCostsOthersNothing() {
    Outbox.Limits limits = new Outbox.Limits(2_000, 1 << 20);
    try (TestServer server = TestServer.start(limits);
        TestClient healthy = server.connect("healthy").subscribe("[\"AAPL\"]", "[\"T\"]");
        RawClient slow = new RawClient(server.server.port(), "slow")) {
      slow.send(SUBSCRIBE.formatted(""));
      slow.next("\"subscribed\"");
      Await.until("subscribed upstream", () -> !server.feed.topics().isEmpty());
      long number = 0;
      for (int burst = 0; burst < BURSTS; burst++) {
        for (int i = 0; i < BURST; i++) {
          server.feed.emit(Events.trade("AAPL", 185, number + i));
        }
        // Everything reaches the one who reads, at once, while the other reads nothing.
        for (int i = 0; i < BURST; i++) {
          assertThat(id(healthy.nextText())).isEqualTo(number + i);
        }
        number += BURST;
      }
      readAll(slow, number);
    }
  }

  /** Reads to the last event; what came and what was told as dropped make up all of them. */
  private static void readAll(RawClient slow, long count) {
    long expected = 0;
    long dropped = 0;
    long received = 0;
    int notices = 0;
    while (expected < count) {
      String message = slow.next();
      if (message.contains("\"dropped\"")) {
        JsonNode notice = TestServer.json(message);
        assertThat(notice.path("type").asString()).isEqualTo("dropped");
        dropped += notice.path("count").asLong();
        expected += notice.path("count").asLong();
        notices++;
      } else {
        assertThat(id(message)).isEqualTo(expected);
        expected++;
        received++;
      }
    }
    assertThat(dropped).isPositive();
    assertThat(received + dropped).isEqualTo(count);
    // One spell, or more when the kernel's buffers grow meanwhile and let some messages through: at
    // most one a burst.
    assertThat(notices).as("one notice a spell, not one a message").isBetween(1, BURSTS);
  }

  @Test
  void isCutOffWhenItAsksForThat() {
    Outbox.Limits limits = new Outbox.Limits(500, 1 << 20);
    try (TestServer server = TestServer.start(limits);
        TestClient healthy = server.connect("healthy").subscribe("[\"AAPL\"]", "[\"T\"]");
        RawClient slow = new RawClient(server.server.port(), "slow")) {
      slow.send(SUBSCRIBE.formatted(",\"policy\":\"disconnect\""));
      slow.next("\"subscribed\"");
      Await.until("subscribed upstream", () -> !server.feed.topics().isEmpty());
      for (int i = 0; i < BURST * BURSTS; i++) {
        server.feed.emit(Events.trade("AAPL", 185, i));
        if (i % 200 == 199) {
          for (int j = 0; j < 200; j++) {
            healthy.nextText();
          }
        }
      }
      Await.until(
          "it is gone",
          () -> TestServer.json(server.get("/health")).at("/websocket/clients").asInt() == 1);
    }
  }

  @Test
  void isToldSoInTheVendorsProtocolAndCutOff() {
    Outbox.Limits limits = new Outbox.Limits(500, 1 << 20);
    try (TestServer server = TestServer.start(limits);
        RawClient slow = new RawClient(server.server.port(), "/stocks", 4_096)) {
      slow.send("{\"action\":\"auth\",\"params\":\"any\"}");
      slow.next("\"auth_success\"");
      slow.send("{\"action\":\"subscribe\",\"params\":\"T.AAPL\"}");
      slow.next("subscribed to: T.AAPL");
      Await.until("subscribed upstream", () -> !server.feed.topics().isEmpty());
      // It reads, but three times as slowly as events come, and what the socket had taken comes
      // whole.
      String text = "";
      String last = "";
      for (long number = 0; text != null; text = slow.next()) {
        assertThat(last).doesNotContain("slow_consumer");
        last = text;
        for (long end = number + (number < 150_000 ? 2_000 : 0); number < end; number++) {
          server.feed.emit(Events.trade("AAPL", 185, number));
        }
      }
      assertThat(TestServer.json(last).at("/0/status").asString()).isEqualTo("slow_consumer");
      assertThat(slow.closeCode).isEqualTo(1008);
    }
  }

  @Test
  void isCutOffWhenItPingsWithoutReading() {
    try (TestServer server = TestServer.start();
        RawClient rude = new RawClient(server.server.port(), "rude")) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 2_000_000; i++) {
                  rude.ping();
                }
              })
          .isInstanceOf(UncheckedIOException.class);
      Await.until(
          "it is gone",
          () -> TestServer.json(server.get("/health")).at("/websocket/clients").asInt() == 0);
    }
  }

  @Test
  void isCutOffWhenItAsksWithoutReading() {
    try (TestServer server = TestServer.start();
        RawClient rude = new RawClient(server.server.port(), "rude")) {
      try {
        for (int i = 0; i < 1_000_000; i++) {
          rude.send("{\"action\":\"list\"}");
        }
      } catch (UncheckedIOException e) {
        // Gone before all was asked.
      }
      Await.until(
          "it is gone",
          () -> TestServer.json(server.get("/health")).at("/websocket/clients").asInt() == 0);
    }
  }

  @Test
  void cannotHoldUpTheEndOfTheServer() {
    TestServer server = TestServer.start();
    try (RawClient slow = new RawClient(server.server.port(), "slow")) {
      slow.send(SUBSCRIBE.formatted(""));
      slow.next("\"subscribed\"");
      Await.until("subscribed upstream", () -> !server.feed.topics().isEmpty());
      for (int i = 0; i < BURST * BURSTS; i++) {
        server.feed.emit(Events.trade("AAPL", 185, i));
      }
      CompletableFuture<Void> closed =
          CompletableFuture.runAsync(server::close, Thread::startVirtualThread);
      closed.orTimeout(9, TimeUnit.SECONDS).join();
    }
  }
}
