package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Requests that nobody means well by: odd methods, paths, headers, bodies and lengths. None may
 * bring about a 500, hang, or learn a secret. {@code -Dhostile.requests=100000} sends more of them,
 * {@code -Dhostile.seed} others.
 */
class HostileRequestsTest {
  private static final int REQUESTS = Integer.getInteger("hostile.requests", 3_000);
  private static final long SEED = Long.getLong("hostile.seed", 20240126);
  private static final String TOKEN = "token-nobody-may-see";

  private static final List<String> METHODS =
      List.of(
          "GET", "GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "X");
  private static final List<String> PATHS =
      List.of(
          "/api/v1/bars",
          "/api/v1/bars/batch",
          "/api/v1/bars/AAPL",
          "/api/v1/latest/AAPL",
          "/api/v1/quote/AAPL",
          "/api/v1/snapshot/AAPL",
          "/api/v1/trades/AAPL",
          "/api/v1/calendar",
          "/api/v1/splits/AAPL",
          "/health",
          "/metrics",
          "/docs/swagger-ui.css",
          "/assets/dashboard.js",
          "/ws/someone",
          "/v2/aggs/ticker/AAPL/range/1/minute/2024-01-02/2024-01-03",
          "/v3/reference/tickers/AAPL",
          "/v1/marketstatus/now");
  private static final List<String> PIECES =
      List.of(
          "..",
          "%2e%2e",
          "%2F",
          "%5c",
          "%00",
          "%zz",
          "%",
          "//",
          "\\",
          "\u00e4",
          "%c0%af",
          "%E4%B8%AD",
          "{symbol}",
          "'--",
          "<script>",
          "${jndi:x}",
          "%0d%0aSet-Cookie:a=b",
          ";",
          "a".repeat(300),
          "~",
          "*",
          "O:AAPL",
          "-1",
          "9".repeat(40),
          "NaN",
          "2024-13-45",
          "\u0001",
          "&",
          "=",
          "+",
          "#");
  private static final List<String> NAMES =
      List.of(
          "timeframe",
          "start_date",
          "end_date",
          "start",
          "end",
          "limit",
          "format",
          "order",
          "adjust",
          "as_of",
          "session",
          "timezone",
          "use_cache",
          "validate",
          "apiKey",
          "token",
          "x");
  private static final List<String> VALUES =
      List.of("1day", "5min", "2024-01-02", "2024-01-31", "10", "csv", "desc", "true", "total");
  private static final List<String> BODIES =
      List.of(
          "{\"symbol\":\"AAPL\",\"timeframe\":\"5min\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-03\"}",
          "{\"symbols\":[\"AAPL\",\"../..\"],\"timeframe\":\"1day\",\"start_date\":\"2024-01-02\",\"end_date\":\"2024-01-03\"}",
          "",
          "null",
          "[]",
          "{",
          "{\"symbol\":{}}",
          "{\"symbol\":\"A\\u0000\",\"limit\":1e999}",
          "[".repeat(2_000),
          "{\"a\":".repeat(600),
          "\u00ff\u00fe",
          "{\"symbol\":\"AAPL\"}{}",
          "x=1&y=2");

  private final Random random = new Random(SEED);

  /** Bytes to send, and whether they are a whole request, which must be answered. */
  private record Request(byte[] bytes, boolean whole) {}

  @Test
  void noneBringsAboutAFailureOrHangs() throws Exception {
    Map<Integer, Integer> statuses = new TreeMap<>();
    try (TestServer server =
        TestServer.start(config -> config.withTokens(Map.of("test", new Secret(TOKEN))))) {
      for (int i = 0; i < REQUESTS; i++) {
        Request request = request();
        String answer = exchange(server, request);
        String sent = new String(request.bytes(), StandardCharsets.ISO_8859_1);
        assertThat(answer).as("request %d: %s", i, sent).doesNotContain(TOKEN);
        if (!answer.isEmpty()) {
          int status = Integer.parseInt(answer.substring(9, 12));
          assertThat(status).as("request %d: %s%n%s", i, sent, answer).isNotEqualTo(500);
          statuses.merge(status, 1, Integer::sum);
        } else {
          assertThat(request.whole()).as("no answer to request %d: %s", i, sent).isFalse();
        }
      }
      assertThat(server.get("/health", "X-API-Key", TOKEN).statusCode()).isEqualTo(200);
    }
    System.out.println("answers to hostile requests by status: " + statuses);
    assertThat(statuses).containsKeys(200, 400, 401, 404, 405, 422);
  }

  private String exchange(TestServer server, Request request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket.setSoTimeout((int) Await.PATIENCE.toMillis());
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        socket.getOutputStream().write(request.bytes());
        if (!request.whole()) {
          return "";
        }
        InputStream in = socket.getInputStream();
        byte[] block = new byte[8_192];
        for (int n = read(in, block); n > 0; n = read(in, block)) {
          answer.write(block, 0, n);
          // The head and the beginning of a body are enough; a WebSocket would not end.
          if (answer.size() > 1 << 20
              || answer.toString(StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 101")) {
            break;
          }
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
      } catch (SocketTimeoutException e) {
        throw new AssertionError(
            "hangs: %s%nafter %s"
                .formatted(new String(request.bytes(), StandardCharsets.ISO_8859_1), answer),
            e);
      } catch (SocketException e) {
        // Whoever sends too much is cut off.
        return "HTTP/1.1 000";
      }
    }
  }

  /** A reset behind an answer is an end. */
  private static int read(InputStream in, byte[] block) throws IOException {
    try {
      return in.read(block);
    } catch (SocketException e) {
      return -1;
    }
  }

  private Request request() {
    StringBuilder head = new StringBuilder();
    head.append(one(METHODS)).append(' ').append(target()).append(" HTTP/1.1\r\n");
    head.append("Connection: close\r\n");
    if (random.nextInt(8) > 0) {
      head.append("Host: localhost\r\n");
    }
    if (random.nextInt(4) > 0) {
      head.append("X-API-Key: ").append(TOKEN).append("\r\n");
    }
    headers(head);
    byte[] body = one(BODIES).getBytes(StandardCharsets.ISO_8859_1);
    boolean whole = true;
    switch (random.nextInt(8)) {
      case 0 -> head.append("Transfer-Encoding: chunked\r\n\r\n").append(chunks(body));
      case 1 -> {
        head.append("Content-Length: ").append(body.length + 10).append("\r\n\r\n");
        whole = false;
      }
      case 2 -> {
        head.append("Transfer-Encoding: chunked\r\n\r\nzz\r\n");
        body = new byte[0];
        whole = false;
      }
      case 3 -> {
        head.append("Content-Length: -5\r\n\r\n");
        whole = false;
      }
      default -> head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    }
    boolean chunked = head.indexOf("chunked\r\n\r\n") >= 0;
    byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = new byte[start.length + (chunked ? 0 : body.length)];
    System.arraycopy(start, 0, bytes, 0, start.length);
    System.arraycopy(body, 0, bytes, start.length, bytes.length - start.length);
    return new Request(bytes, whole);
  }

  private static String chunks(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int half = text.length() / 2;
    return chunk(text.substring(0, half)) + chunk(text.substring(half)) + "0\r\n\r\n";
  }

  private static String chunk(String text) {
    return text.isEmpty() ? "" : Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private String target() {
    String path = one(PATHS);
    int changes = random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(path.length() + 1);
      path = path.substring(0, at) + one(PIECES) + path.substring(at);
    }
    StringBuilder query = new StringBuilder();
    int parameters = random.nextInt(5);
    for (int i = 0; i < parameters; i++) {
      query.append(query.isEmpty() ? '?' : '&').append(one(NAMES)).append('=');
      query.append(random.nextInt(3) == 0 ? one(PIECES) : one(VALUES));
    }
    return (path.startsWith("/") || random.nextInt(20) == 0 ? path : "/" + path) + query;
  }

  private void headers(StringBuilder head) {
    switch (random.nextInt(10)) {
      case 0 -> head.append("Accept: ").append(one(PIECES)).append("\r\n");
      case 1 -> head.append("Origin: ").append(one(PIECES)).append("\r\n");
      case 2 -> head.append("X-Request-Id: ").append(one(PIECES)).append("\r\n");
      case 3 -> head.append("If-None-Match: ").append(one(PIECES)).append("\r\n");
      case 4 -> head.append("Accept-Encoding: gzip;q=").append(one(PIECES)).append("\r\n");
      case 5 -> head.append("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
      case 6 -> head.append("Host: evil.example\r\n");
      case 7 -> head.append("Authorization: Bearer ").append(one(PIECES)).append("\r\n");
      default -> {}
    }
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
