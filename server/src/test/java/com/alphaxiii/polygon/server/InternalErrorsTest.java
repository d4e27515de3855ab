package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** An answer that sends people to the log is told there, whichever door it came through. */
class InternalErrorsTest {
  private final Logger logger =
      (Logger) LoggerFactory.getLogger(InternalErrorsTest.class.getPackageName());
  private final List<ILoggingEvent> told = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          told.add(event);
        }
      };

  private TestServer server;

  @BeforeEach
  void start() {
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
    server = TestServer.start();
    server.bars.fate =
        answer -> {
          throw new IllegalStateException("a mistake of ours");
        };
  }

  @AfterEach
  void stop() {
    server.close();
    logger.detachAppender(appender);
  }

  private void assertTold(String id, HttpResponse<String> response) {
    assertThat(response.body()).contains(id).contains("log").doesNotContain("a mistake of ours");
    assertThat(told)
        .anySatisfy(
            event -> {
              assertThat(event.getFormattedMessage()).contains(id);
              assertThat(event.getThrowableProxy().getMessage()).isEqualTo("a mistake of ours");
            });
  }

  @Test
  void ofBars() {
    assertTold(
        "of-bars",
        server.get(
            "/api/v1/bars/AAPL?timeframe=1h&start_date=2024-01-02&end_date=2024-01-02",
            "X-Request-Id",
            "of-bars"));
  }

  @Test
  void ofASymbolOfABatch() {
    assertTold(
        "of-a-batch",
        server.post(
            "/api/v1/bars/batch",
            "{\"symbols\":[\"AAPL\"],\"timeframe\":\"1h\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-02\"}",
            "X-Request-Id",
            "of-a-batch"));
  }

  @Test
  void ofAPathOfTheVendors() {
    assertTold(
        "of-the-vendor",
        server.get(
            "/v2/aggs/ticker/AAPL/range/1/hour/2024-01-02/2024-01-02",
            "X-Request-Id",
            "of-the-vendor"));
  }
}
