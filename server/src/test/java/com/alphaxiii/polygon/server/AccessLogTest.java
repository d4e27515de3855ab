package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.alphaxiii.polygon.core.RequestTrace;
import com.alphaxiii.polygon.core.Secret;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

class AccessLogTest {
  private static final String BARS =
      "/api/v1/bars/AAPL?timeframe=1hour&start_date=2024-01-02&end_date=2024-01-02";

  private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };

  @BeforeEach
  void listen() {
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(appender);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(appender);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  private static TestServer start(AccessLog.Form form) {
    return TestServer.start(
        config ->
            config
                .withTokens(Map.of("the desk", new Secret("token-of-the-desk")))
                .withAccessLog(form));
  }

  private String line(int number) {
    Await.until("line " + number, () -> lines.size() > number);
    return lines.get(number);
  }

  @Test
  void aLineForEachRequestTellsWhatBecameOfIt() {
    try (TestServer server = start(AccessLog.Form.TEXT)) {
      server.get(BARS, "X-API-Key", "token-of-the-desk", "X-Request-Id", "mine-1");
      assertThat(line(0))
          .matches(
              "time=2024-01-26T16:00:00.012Z request_id=mine-1 client=\"the desk\" method=GET"
                  + " route=/api/v1/bars/\\{symbol} status=200 bytes=\\d{4} ms=[0-9.]+ upstream=0"
                  + " cached=true");
      server.get(BARS + "&token=sssecret", "X-Request-Id", "mine-2");
      assertThat(line(1))
          .contains("request_id=mine-2 client=- method=GET route=none status=401")
          .endsWith("upstream=0 cached=false");
      server.get("/nowhere?apiKey=sssecret", "X-API-Key", "token-of-the-desk");
      assertThat(line(2)).contains("route=none status=404");
      server.get("/v2/aggs/ticker/AAPL/prev?apiKey=token-of-the-desk");
      assertThat(line(3)).contains("route=/v2/aggs/ticker/{", "/prev status=200");
      server.get("/health/live");
      assertThat(line(4)).contains("client=- method=GET route=/health/live status=200");
      assertThat(lines).hasSize(5);
      assertThat(lines.toString()).doesNotContain("token-of-the-desk").doesNotContain("sssecret");
    }
  }

  @Test
  void linesCanBeJsonAndTellOfRequestsToTheVendor() {
    try (TestServer server = start(AccessLog.Form.JSON)) {
      server.bars.fate =
          answer -> {
            RequestTrace.countUpstreamCall();
            RequestTrace.countUpstreamCall();
            return answer;
          };
      server.get(BARS, "X-API-Key", "token-of-the-desk", "X-Request-Id", "mine");
      JsonNode line = TestServer.json(line(0));
      assertThat(line.path("time").asString()).isEqualTo("2024-01-26T16:00:00.012Z");
      assertThat(line.path("request_id").asString()).isEqualTo("mine");
      assertThat(line.path("client").asString()).isEqualTo("the desk");
      assertThat(line.path("route").asString()).isEqualTo("/api/v1/bars/{symbol}");
      assertThat(line.path("status").asInt()).isEqualTo(200);
      assertThat(line.path("upstream").asInt()).isEqualTo(2);
      assertThat(line.path("cached").asBoolean(true)).isFalse();
      Await.until(
          "counted",
          () ->
              server
                  .get("/metrics", "X-API-Key", "token-of-the-desk")
                  .body()
                  .contains("polygon_http_upstream_total 2.0"));
    }
  }

  @Test
  void aWebSocketIsALineWhenItOpens() {
    try (TestServer server = start(AccessLog.Form.TEXT);
        TestClient client = server.connect("me", "X-API-Key", "token-of-the-desk")) {
      client.next("connected");
      assertThat(line(0))
          .contains("client=\"the desk\" method=GET route=/ws/{client_id} status=101");
    }
  }

  @Test
  void withoutTokensTheCallerIsThisMachineAndOffMeansOff() {
    try (TestServer server =
        TestServer.start(config -> config.withAccessLog(AccessLog.Form.TEXT))) {
      server.get("/health");
      assertThat(line(0)).contains("client=loopback");
    }
    lines.clear();
    try (TestServer server = start(AccessLog.Form.OFF)) {
      server.get("/health");
    }
    assertThat(lines).isEmpty();
  }
}
