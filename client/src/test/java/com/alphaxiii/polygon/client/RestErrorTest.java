package com.alphaxiii.polygon.client;

import static com.alphaxiii.polygon.client.ScriptedServer.answer;
import static com.alphaxiii.polygon.client.ScriptedServer.ok;
import static com.alphaxiii.polygon.client.Upstream.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.CallerName;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import com.alphaxiii.polygon.core.PolygonException.NotEntitled;
import com.alphaxiii.polygon.core.PolygonException.NotFound;
import com.alphaxiii.polygon.core.PolygonException.NotYetAvailable;
import com.alphaxiii.polygon.core.PolygonException.RateLimited;
import com.alphaxiii.polygon.core.PolygonException.Unauthorized;
import com.alphaxiii.polygon.core.PolygonException.Unavailable;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Tier;
import com.alphaxiii.polygon.core.TimeRange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each failure becomes the error that tells what to do, with everything that names it. */
@Timeout(60)
class RestErrorTest {
  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            400,
            "{\"status\":\"ERROR\",\"request_id\":\"r-1\",\"error\":\"The parameter 'to' cannot be"
                + " a time that occurs before 'from'\"}",
            InvalidRequest.class,
            "occurs before 'from'"),
        Arguments.of(
            401,
            "{\"status\":\"ERROR\",\"request_id\":\"r-1\",\"error\":\"Unknown API Key "
                + Upstream.KEY
                + "\"}",
            Unauthorized.class,
            "Unknown API Key ****6789"),
        Arguments.of(
            403,
            "{\"status\":\"NOT_AUTHORIZED\",\"request_id\":\"r-1\",\"message\":\"You are not"
                + " entitled to this data. Please upgrade\"}",
            NotEntitled.class,
            "not entitled to this data"),
        Arguments.of(
            403,
            "{\"status\":\"NOT_AUTHORIZED\",\"request_id\":\"r-1\",\"message\":\"Attempted to"
                + " request today's data before end of day. Please upgrade your plan\"}",
            NotYetAvailable.class,
            "ask again after midnight New York"),
        Arguments.of(
            404,
            "{\"status\":\"NOT_FOUND\",\"request_id\":\"r-1\",\"message\":\"Data not found.\"}",
            NotFound.class,
            "Data not found."),
        Arguments.of(
            429,
            "{\"status\":\"ERROR\",\"request_id\":\"r-1\",\"error\":\"You've exceeded the maximum"
                + " requests per minute\"}",
            RateLimited.class,
            "exceeded the maximum"),
        Arguments.of(
            500,
            "{\"status\":\"ERROR\",\"request_id\":\"r-1\",\"error\":\"oops\"}",
            Unavailable.class,
            "oops"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void eachStatusBecomesItsError(
      int status, String body, Class<? extends PolygonException> type, String words) {
    try (ScriptedServer server = ScriptedServer.of(answer(status, body));
        Upstream upstream = Upstream.of(server)) {
      PolygonException error = Upstream.error(type, () -> upstream.client.bars(MINUTES));

      assertThat(error)
          .hasMessageContaining(words)
          .hasMessageContaining("AAPL 1min bars 2024-01-02T14:30:00Z/2024-01-02T15:30:00Z")
          .hasMessageContaining("page 1")
          .hasMessageContaining(
              "GET /v2/aggs/ticker/AAPL/range/1/minute/1704205800000/1704209399999?adjusted=false&sort=asc&limit=50000")
          .hasMessageContaining("HTTP " + status)
          .hasMessageContaining("attempt 1 of 1")
          .hasMessageContaining("request_id r-1");
      assertThat(error.requestId()).contains("r-1");
    }
  }

  @Test
  void theRequestIdMayComeAsAHeaderAlone() {
    try (ScriptedServer server = ScriptedServer.of(answer(503, "", "X-Request-Id: h-9"));
        Upstream upstream = Upstream.of(server)) {
      assertThat(Upstream.error(Unavailable.class, () -> upstream.client.bars(MINUTES)))
          .hasMessageContaining("no reason given")
          .hasMessageContaining("request_id h-9");
    }
  }

  @Test
  void webPagesAreQuotedInOneShortLine() {
    String page =
        "<html><body>\n<h1>502 Bad Gateway</h1>\r\n" + "x".repeat(5_000) + "</body></html>";
    try (ScriptedServer server = ScriptedServer.of(answer(502, page));
        Upstream upstream = Upstream.of(server)) {
      PolygonException error =
          Upstream.error(Unavailable.class, () -> upstream.client.bars(MINUTES));
      assertThat(error.getMessage())
          .contains("502 Bad Gateway xxx")
          .doesNotContain("<h1>", "\n", "\r")
          .hasSizeLessThan(700);
    }
  }

  @Test
  void aNotFoundThatIsNotTheApisBlamesTheBaseAddress() {
    try (ScriptedServer server = ScriptedServer.of(answer(404, "404 page not found"));
        Upstream upstream = Upstream.of(server)) {
      assertThat(
              Upstream.error(InvalidRequest.class, () -> upstream.client.ticker(MINUTES.ticker())))
          .hasMessageContaining("check the base URL");
    }
  }

  @Test
  void redirectsAreNotFollowed() {
    try (ScriptedServer server =
            ScriptedServer.of(answer(301, "", "Location: http://evil.example/v2"));
        Upstream upstream = Upstream.of(server, 3)) {
      assertThat(Upstream.error(InvalidRequest.class, () -> upstream.client.bars(MINUTES)))
          .hasMessageContaining("http://evil.example/v2");
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void okDelayedAndSuccessAreSuccess() {
    for (String status : new String[] {"OK", "DELAYED", "success"}) {
      try (ScriptedServer server =
              ScriptedServer.of(ok("{\"resultsCount\":0,\"status\":\"" + status + "\"}"));
          Upstream upstream = Upstream.of(server)) {
        assertThat(upstream.client.bars(MINUTES).bars().isEmpty()).isTrue();
      }
    }
  }

  @Test
  void aFailureInsideA200IsAFailure() {
    try (ScriptedServer server =
            ScriptedServer.of(
                ok(
                    "{\"status\":\"ERROR\",\"request_id\":\"r\",\"error\":\"broken\",\"resultsCount\":0}"),
                ok("{\"status\":\"NOT_AUTHORIZED\",\"message\":\"not entitled\"}"));
        Upstream upstream = Upstream.of(server)) {
      assertThat(Upstream.error(Unavailable.class, () -> upstream.client.bars(MINUTES)))
          .hasMessageContaining("status ERROR with HTTP 200: broken");
      Upstream.error(NotEntitled.class, () -> upstream.client.bars(MINUTES));
    }
  }

  @Test
  void passingFailuresAreTriedAgainWithinTheAttempts() {
    try (ScriptedServer server =
            ScriptedServer.of(
                answer(500, "{}"),
                answer(502, "<html>"),
                "",
                ok("{\"resultsCount\":0,\"status\":\"OK\"}"));
        Upstream upstream = Upstream.of(server, 4)) {
      BarAnswer answer = upstream.client.bars(MINUTES);

      assertThat(answer.bars().isEmpty()).isTrue();
      assertThat(server.heads()).hasSize(4);
      assertThat(upstream.budget.status().usedLastMinute()).isEqualTo(4);
      assertThat(upstream.budget.status().inFlight()).isZero();
      assertThat(upstream.elapsed()).isBetween(Duration.ofNanos(1), Duration.ofMillis(3_500));
    }
  }

  @Test
  void aConnectionThatEndsWithoutAnAnswerCostsOnePermitForEachSending() {
    try (ScriptedServer server = ScriptedServer.of("");
        Upstream upstream = Upstream.of(server, 3)) {
      assertThat(Upstream.error(Unavailable.class, () -> upstream.client.bars(MINUTES)))
          .hasMessageContaining("127.0.0.1 does not answer: the connection ended")
          .hasMessageContaining("attempt 3 of 3");
      assertThat(server.heads()).hasSize(3);
      assertThat(upstream.budget.status().usedLastMinute()).isEqualTo(3);
    }
  }

  @Test
  void theLastAttemptIsCountedInTheError() {
    try (ScriptedServer server = ScriptedServer.of(answer(503, "{}"));
        Upstream upstream = Upstream.of(server, 3)) {
      assertThat(Upstream.error(Unavailable.class, () -> upstream.client.bars(MINUTES)))
          .hasMessageContaining("attempt 3 of 3");
      assertThat(server.heads()).hasSize(3);
    }
  }

  @Test
  void hopelessRequestsAreSentOnce() {
    for (int status : new int[] {400, 401, 403, 404}) {
      try (ScriptedServer server = ScriptedServer.of(answer(status, "{\"error\":\"no\"}"));
          Upstream upstream = Upstream.of(server, 5)) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> upstream.client.bars(MINUTES))
            .isInstanceOf(PolygonException.class);
        assertThat(server.heads()).hasSize(1);
      }
    }
  }

  @Test
  void retryAfterHoldsTheWholeBudget() {
    try (ScriptedServer server =
            ScriptedServer.of(
                answer(429, "", "Retry-After: 7"), ok("{\"resultsCount\":0,\"status\":\"OK\"}"));
        Upstream upstream = Upstream.of(server, 2)) {
      upstream.client.bars(MINUTES);

      assertThat(upstream.elapsed()).isEqualTo(Duration.ofSeconds(7));
      assertThat(upstream.budget.status().rejectedByUpstreamTotal()).isEqualTo(1);
    }
  }

  @Test
  void aRefusalWithoutAWordHoldsTheWholeBudgetToo() {
    for (String[] headers : new String[][] {{}, {"Retry-After: 0"}, {"Retry-After: soon"}}) {
      try (ScriptedServer server =
              ScriptedServer.of(
                  answer(429, "", headers), ok("{\"resultsCount\":0,\"status\":\"OK\"}"));
          Upstream upstream = Upstream.of(server, 2)) {
        upstream.client.bars(MINUTES);

        assertThat(upstream.elapsed()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_250));
        assertThat(upstream.budget.status().usedLastMinute()).isEqualTo(2);
        assertThat(upstream.budget.status().rejectedByUpstreamTotal()).isEqualTo(1);
      }
    }
  }

  @Test
  void aRefusalThatLastsTellsWhenToTryAgain() {
    try (ScriptedServer server = ScriptedServer.of(answer(429, ""));
        Upstream upstream = Upstream.of(server, 4)) {
      RateLimited error = Upstream.error(RateLimited.class, () -> upstream.client.bars(MINUTES));

      assertThat(error).hasMessageContaining("attempt 4 of 4");
      assertThat(error.retryAfter().orElseThrow())
          .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(75));
      // The minute that another program had used up would have ended meanwhile.
      assertThat(upstream.elapsed()).isGreaterThan(Duration.ofMinutes(1));
      assertThat(upstream.budget.status().effectiveLimitPerMinute()).isEqualTo(1_250);
      assertThat(server.heads()).hasSize(4);
    }
  }

  @Test
  void callersTakeTurns() {
    SimulatedClock clock = SimulatedClock.held();
    RateBudget budget = new RateBudget(Tier.BASIC, 1, 100, clock, new Random(1));
    try (ScriptedServer server = ScriptedServer.of(ok("{\"resultsCount\":0,\"status\":\"OK\"}"));
        RestClient client =
            new RestClient(
                RestConfig.of(server.base(), new Secret(Upstream.KEY)),
                budget,
                InstantSource.fixed(Upstream.NOW),
                clock,
                new Random(1),
                50_000)) {
      List<String> tickers = List.of("BULKA", "BULKB", "BULKC", "DESKA", "DESKB");
      for (String ticker : tickers) {
        // Both ways to say it are the same caller.
        String caller = ticker.substring(0, 4);
        BarRequest request = MINUTES.withTicker(Ticker.of(ticker));
        Thread.startVirtualThread(
            ticker.endsWith("A")
                ? () -> client.withCaller(caller).bars(request)
                : () -> CallerName.call(caller, () -> client.bars(request)));
        Await.until(
            ticker + " waits, or goes as the first",
            () ->
                budget.status().queued() == tickers.indexOf(ticker)
                    && budget.status().usedLastMinute() == 1);
      }
      for (int sent = 1; sent <= tickers.size(); sent++) {
        int answered = sent;
        Await.until("answer " + sent, () -> server.heads().size() == answered);
        Await.until("none is under way", () -> budget.status().inFlight() == 0);
        if (sent < tickers.size()) {
          Await.until("one sleeps", () -> clock.sleepers() == 1);
          clock.advance(Duration.ofMinutes(1));
        }
      }
      assertThat(server.heads())
          .extracting(head -> head.substring(head.indexOf("ticker/") + 7, head.indexOf("/range")))
          .containsExactly("BULKA", "BULKB", "DESKA", "BULKC", "DESKB");
    }
  }

  @Test
  void retryAfterMayBeADate() {
    String at =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Upstream.NOW.plusSeconds(30).atOffset(ZoneOffset.UTC));
    try (ScriptedServer server =
            ScriptedServer.of(
                answer(503, "", "Retry-After: " + at),
                ok("{\"resultsCount\":0,\"status\":\"OK\"}"));
        Upstream upstream = Upstream.of(server, 2)) {
      upstream.client.bars(MINUTES);

      assertThat(upstream.elapsed()).isEqualTo(Duration.ofSeconds(30));
      assertThat(upstream.budget.status().rejectedByUpstreamTotal()).isZero();
    }
  }

  @Test
  void aRetryAfterBeyondPatienceIsToldAtOnce() {
    try (ScriptedServer server = ScriptedServer.of(answer(429, "", "Retry-After: 3600"));
        Upstream upstream = Upstream.of(server, 4)) {
      assertThat(
              Upstream.error(RateLimited.class, () -> upstream.client.bars(MINUTES)).retryAfter())
          .contains(Duration.ofHours(1));
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void anOutageThatIsSaidToLastIsNotAskedInto() {
    try (ScriptedServer server =
            ScriptedServer.of(
                answer(503, "", "Retry-After: 3600"),
                ok("{\"resultsCount\":0,\"status\":\"OK\"}"));
        Upstream upstream = Upstream.of(server, 4)) {
      Upstream.error(Unavailable.class, () -> upstream.client.bars(MINUTES));
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void aHostThatRefusesConnectionsIsUnavailable() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    try (Upstream upstream = new Upstream(nobody, 2, 50_000)) {
      assertThat(Upstream.error(Unavailable.class, () -> upstream.client.bars(MINUTES)))
          .hasMessageContaining("127.0.0.1 does not answer")
          .hasMessageContaining("attempt 2 of 2");
    }
  }

  @Test
  void aConnectionThatBreaksWhileItIsEncryptedIsTriedAgain() throws IOException {
    try (ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(
          () -> {
            while (!door.isClosed()) {
              try (Socket broken = door.accept()) {
                broken.getInputStream().read();
                // A fatal alert of TLS: internal_error, as an overloaded server sends it.
                broken.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 80});
                broken.shutdownOutput();
                broken.getInputStream().transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // Either side has gone.
              }
            }
          });
      URI base = URI.create("https://127.0.0.1:" + door.getLocalPort());
      try (Upstream upstream = new Upstream(base, 3, 50_000)) {
        assertThat(Upstream.error(Unavailable.class, () -> upstream.client.bars(MINUTES)))
            .hasMessageContaining("attempt 3 of 3");
      }
    }
  }

  @Test
  void silenceEndsAfterTheTimeout() {
    CountDownLatch done = new CountDownLatch(1);
    try (ScriptedServer server =
            new ScriptedServer(
                (number, target) -> {
                  try {
                    done.await(30, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return new byte[0];
                });
        Upstream upstream =
            new Upstream(
                new RestConfig(server.base(), new Secret(Upstream.KEY), Duration.ofMillis(80), 2),
                50_000)) {
      assertThat(Upstream.error(Unavailable.class, () -> upstream.client.bars(MINUTES)))
          .hasMessageContaining("nothing came for PT0.08S")
          .hasMessageContaining("attempt 2 of 2");
      done.countDown();
      // The server may read the second only after the client has given up.
      assertThat(upstream.budget.status().usedLastMinute()).isEqualTo(2);
    }
  }

  @Test
  void anInterruptEndsTheCallAndStaysSet() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (ScriptedServer server =
            new ScriptedServer(
                (number, target) -> {
                  asked.countDown();
                  try {
                    done.await(30, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return new byte[0];
                });
        Upstream upstream = Upstream.of(server, 5)) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      AtomicReference<Boolean> flag = new AtomicReference<>();
      Thread caller =
          Thread.startVirtualThread(
              () -> {
                try {
                  upstream.client.bars(MINUTES);
                } catch (PolygonException e) {
                  thrown.set(e);
                  flag.set(Thread.currentThread().isInterrupted());
                }
              });
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

      caller.interrupt();

      assertThat(caller.join(Duration.ofSeconds(20))).isTrue();
      assertThat(thrown.get()).isInstanceOf(Unavailable.class).hasMessageContaining("interrupted");
      assertThat(flag.get()).isTrue();
      assertThat(server.heads()).hasSize(1);
      done.countDown();
    }
  }

  @Test
  void closingEndsCallsUnderWayAndRefusesNewOnes() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            (number, target) -> {
              asked.countDown();
              try {
                done.await(30, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new byte[0];
            })) {
      Upstream upstream = Upstream.of(server, 5);
      RestClient view = upstream.client.withPriority(Priority.BACKFILL);
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread caller =
          Thread.startVirtualThread(
              () -> {
                try {
                  view.bars(MINUTES);
                } catch (PolygonException e) {
                  thrown.set(e);
                }
              });
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

      view.close();
      assertThat(caller.isAlive()).isTrue();
      upstream.close();

      assertThat(caller.join(Duration.ofSeconds(20))).isTrue();
      assertThat(thrown.get()).isInstanceOf(Unavailable.class);
      assertThat(Upstream.error(Unavailable.class, () -> view.bars(MINUTES)))
          .hasMessageContaining("the client is closed");
      assertThat(server.heads()).hasSize(1);
      done.countDown();
    }
  }

  @Test
  void whatTheVendorCannotDoIsRefusedWithoutARequest() {
    try (ScriptedServer server = ScriptedServer.of(answer(500, ""));
        Upstream upstream = Upstream.of(server)) {
      BarRequest total =
          new BarRequest(
              MINUTES.ticker(), MINUTES.timeframe(), MINUTES.range(), Adjustment.TOTAL, null, true);
      assertThat(Upstream.error(InvalidRequest.class, () -> upstream.client.bars(total)).field())
          .contains("adjust");
      BarRequest past =
          new BarRequest(
              MINUTES.ticker(),
              MINUTES.timeframe(),
              MINUTES.range(),
              Adjustment.SPLIT,
              LocalDate.of(2020, 1, 1),
              true);
      assertThat(Upstream.error(InvalidRequest.class, () -> upstream.client.bars(past)).field())
          .contains("as_of");
      assertThat(server.heads()).isEmpty();
    }
  }

  @Test
  void emptyAndFutureRangesNeedNoRequest() {
    try (ScriptedServer server = ScriptedServer.of(answer(500, ""));
        Upstream upstream = Upstream.of(server)) {
      for (TimeRange range :
          new TimeRange[] {
            TimeRange.of(MINUTES.range().start(), MINUTES.range().start()),
            TimeRange.of(Upstream.NOW, Upstream.NOW.plusSeconds(3_600))
          }) {
        assertThat(upstream.client.bars(MINUTES.withRange(range)).bars().isEmpty()).isTrue();
      }
      assertThat(server.heads()).isEmpty();
    }
  }

  @Test
  void theEndIsCutAtThePresentAndTheTailIsUnsettled() {
    try (ScriptedServer server = ScriptedServer.of(ok("{\"resultsCount\":0,\"status\":\"OK\"}"));
        Upstream upstream = Upstream.of(server)) {
      TimeRange range = TimeRange.parse("2026-08-28T04:00:00Z/2026-09-05T04:00:00Z");
      BarAnswer answer = upstream.client.bars(MINUTES.withRange(range));

      long last = Upstream.NOW.toEpochMilli() - 1;
      assertThat(server.heads().getFirst()).contains("/" + last + "?");
      // 10:00 in New York: yesterday is not rebuilt yet.
      assertThat(answer.unsettledFrom()).isEqualTo("2026-08-31T04:00:00Z");
      assertThat(upstream.client.bars(MINUTES).unsettledFrom()).isNull();
    }
  }

  @Test
  void barsOutsideTheWindowsOfTheRangeAreDropped() {
    try (ScriptedServer server =
            ScriptedServer.of(RestPagingTest.page(null, -1, 0, 1, 59, 60, 61));
        Upstream upstream = Upstream.of(server)) {
      TimeRange range = TimeRange.parse("2024-01-02T14:30:30Z/2024-01-02T15:30:00.001Z");
      assertThat(upstream.client.bars(MINUTES.withRange(range)).bars().rows())
          .extracting(bar -> bar.start().toString())
          .containsExactly(
              "2024-01-02T14:30:00Z",
              "2024-01-02T14:31:00Z",
              "2024-01-02T15:29:00Z",
              "2024-01-02T15:30:00Z");
    }
  }

  @Test
  void tickersAreEncodedInPaths() {
    try (ScriptedServer server = ScriptedServer.of(ok("{\"resultsCount\":0,\"status\":\"OK\"}"));
        Upstream upstream = Upstream.of(server)) {
      upstream.client.bars(MINUTES.withTicker(Ticker.of("X:BTCUSD")));
      assertThat(server.heads().getFirst()).startsWith("GET /v2/aggs/ticker/X%3ABTCUSD/range/");
    }
  }

  @Test
  void aBodyThatIsNoJsonIsBadData() {
    for (String body : new String[] {"", "[]", "null", "<html>sign in</html>", "\u0000"}) {
      try (ScriptedServer server =
              new ScriptedServer((n, t) -> ok(body).getBytes(StandardCharsets.UTF_8));
          Upstream upstream = Upstream.of(server)) {
        Upstream.error(BadData.class, () -> upstream.client.bars(MINUTES));
      }
    }
  }
}
