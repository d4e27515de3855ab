package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.server.DataServer;
import com.alphaxiii.polygon.server.ServerConfig;
import com.alphaxiii.polygon.server.TlsFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls every endpoint of a running server once, as a program would, and goes once over each of its
 * WebSockets there and back. It subscribes to nothing, so the key's one stream is left to whoever
 * has it.
 */
final class SelfTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String SYMBOL = "AAPL";
  private static final int DAYS_BACK = 7;
  private static final String OK = "ok";
  private static final String NOT_IN_PLAN = "not in the plan";

  private static final JsonMapper JSON = new JsonMapper();

  /** A call and what it stands for in the API's document. */
  private record Call(String method, String template, String target, @Nullable String body) {}

  /** How a call ended; {@code verdict} is for people. */
  private record Row(String method, String target, String status, long millis, String verdict) {
    boolean passed() {
      return verdict.equals(OK) || verdict.equals(NOT_IN_PLAN);
    }
  }

  private final URI base;
  private final Optional<Secret> token;
  private final Optional<TlsFiles> tls;
  private final Instant now;
  private final NanoClock clock;

  /**
   * A test of a server.
   *
   * @param config of which the last token, if it has any, may do everything
   */
  SelfTest(DataServer server, ServerConfig config, Instant now, NanoClock clock) {
    this.base = server.baseUrl();
    this.token =
        config.tokens().isEmpty()
            ? Optional.empty()
            : Optional.of(config.tokens().getLast().secret());
    this.tls = Optional.ofNullable(config.tls());
    this.now = now;
    this.clock = clock;
  }

  /** Prints a row for each call; true when nothing failed. */
  boolean run(PrintStream out) {
    HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    tls.ifPresent(files -> builder.sslContext(PinnedCertificate.context(files.own())));
    List<Row> rows = new ArrayList<>();
    try (HttpClient http = builder.build()) {
      List<Call> calls = calls();
      TreeSet<String> documented = documented(http);
      for (Call call : calls) {
        String name = call.method() + " " + call.template();
        if (documented.remove(name) || call.template().startsWith("/v2/")) {
          rows.add(row(http, call));
        }
      }
      rows.add(webSocket(http, "/ws/self-test", "{\"action\":\"ping\"}", "\"pong\""));
      documented.remove("GET /ws/{client_id}");
      String login =
          "{\"action\":\"auth\",\"params\":\"%s\"}"
              .formatted(token.map(Secret::reveal).orElse("any"));
      for (Market market : Market.values()) {
        if (documented.remove("GET /" + market.path())) {
          rows.add(webSocket(http, "/" + market.path(), login, "\"auth_success\""));
        }
      }
      documented.forEach(name -> rows.add(new Row("", name, "", 0, "was not called")));
    }
    out.printf("%-6s %-64s %6s %9s  %s%n", "METHOD", "PATH", "STATUS", "MS", "");
    for (Row row : rows) {
      out.printf(
          "%-6s %-64s %6s %9d  %s%n",
          row.method(), row.target(), row.status(), row.millis(), row.verdict());
    }
    long failed = rows.stream().filter(row -> !row.passed()).count();
    out.printf("%d calls, %d failed%n", rows.size(), failed);
    return failed == 0;
  }

  private List<Call> calls() {
    LocalDate today = LocalDate.ofInstant(now, Market.NEW_YORK);
    String from = today.minusDays(DAYS_BACK).toString();
    String to = today.minusDays(1).toString();
    String bars =
        "{\"symbol\":\"%s\",\"timeframe\":\"1day\",\"start_date\":\"%s\",\"end_date\":\"%s\"}"
            .formatted(SYMBOL, from, to);
    String many =
        "{\"symbols\":[\"%s\",\"MSFT\"],\"timeframe\":\"1day\",\"start_date\":\"%s\",\"end_date\":\"%s\"}"
            .formatted(SYMBOL, from, to);
    String days = "?timeframe=1day&start_date=" + from + "&end_date=" + to;
    String ticks = "?start=" + to + "&end=" + to + "&limit=10";
    return List.of(
        get("/health/live", ""),
        get("/health/ready", ""),
        get("/health", ""),
        get("/", ""),
        get("/docs", ""),
        get("/docs/{file}", "swagger-ui.css", ""),
        get("/assets/{file}", "dashboard.js", ""),
        get("/openapi.json", ""),
        get("/metrics", ""),
        get("/api/v1/rate-limit", ""),
        get("/api/v1/features", ""),
        get("/api/v1/market", ""),
        get("/api/v1/calendar", "?start=" + from + "&end=" + to),
        new Call("POST", "/api/v1/bars", "/api/v1/bars", bars),
        new Call("POST", "/api/v1/bars/batch", "/api/v1/bars/batch", many),
        get("/api/v1/bars/{symbol}", SYMBOL, days),
        get("/api/v1/latest/{symbol}", SYMBOL, ""),
        get("/api/v1/quote/{symbol}", SYMBOL, ""),
        get("/api/v1/snapshot/{symbol}", SYMBOL, ""),
        get("/api/v1/trades/{symbol}", SYMBOL, ticks),
        get("/api/v1/quotes/{symbol}", SYMBOL, ticks),
        get("/api/v1/splits/{symbol}", SYMBOL, ""),
        get("/api/v1/dividends/{symbol}", SYMBOL, ""),
        get("/api/v1/search", "?query=apple&limit=5"),
        new Call(
            "POST", "/api/v1/validate", "/api/v1/validate", "{\"symbols\":[\"" + SYMBOL + "\"]}"),
        new Call("POST", "/api/v1/validate/data", "/api/v1/validate/data", bars),
        get("/api/v1/cache/stats", ""),
        // A symbol that nobody has, so that nothing is lost.
        new Call("DELETE", "/api/v1/cache", "/api/v1/cache?symbol=SELF-TEST", null),
        get("/v2/aggs/ticker/{ticker}/prev", SYMBOL, ""));
  }

  private static Call get(String path, String query) {
    return new Call("GET", path, path + query, null);
  }

  private static Call get(String template, String value, String query) {
    return new Call("GET", template, template.replaceAll("\\{[a-z]+}", value) + query, null);
  }

  /** Every route by the server's own document. */
  private TreeSet<String> documented(HttpClient http) {
    TreeSet<String> all = new TreeSet<>();
    try {
      JsonNode paths = JSON.readTree(send(http, request("/openapi.json").build())).path("paths");
      paths.forEachEntry(
          (path, operations) ->
              operations.forEachEntry(
                  (method, operation) -> {
                    if (!method.equals("parameters")) {
                      all.add(method.toUpperCase(Locale.ROOT) + " " + path);
                    }
                  }));
    } catch (IOException | InterruptedException | JacksonException e) {
      all.add("the API's document: " + e.getMessage());
    }
    return all;
  }

  private Row row(HttpClient http, Call call) {
    HttpRequest.BodyPublisher body =
        call.body() == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(call.body());
    HttpRequest.Builder request =
        request(call.target())
            .header("Content-Type", "application/json")
            .method(call.method(), body);
    long start = clock.nanoTime();
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Row(
          call.method(),
          call.target(),
          Integer.toString(answer.statusCode()),
          millisSince(start),
          verdict(answer));
    } catch (IOException e) {
      return new Row(
          call.method(), call.target(), "", millisSince(start), "failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Row(call.method(), call.target(), "", millisSince(start), "interrupted");
    }
  }

  private static String verdict(HttpResponse<String> answer) {
    if (answer.statusCode() == 200) {
      return answer.body().isEmpty() ? "failed: an empty answer" : OK;
    }
    boolean plan = answer.statusCode() == 403 && answer.body().contains("not-entitled");
    if (plan) {
      return NOT_IN_PLAN;
    }
    String body = answer.body().replaceAll("\\s+", " ");
    return "failed: " + (body.length() > 200 ? body.substring(0, 200) + "…" : body);
  }

  /**
   * There and back over a WebSocket.
   *
   * @param answer what the awaited message holds
   */
  private Row webSocket(HttpClient http, String target, String message, String answer) {
    URI address = URI.create(base.toString().replaceFirst("^http", "ws") + target);
    Conversation conversation = new Conversation(answer);
    long start = clock.nanoTime();
    WebSocket.Builder builder = http.newWebSocketBuilder();
    token.ifPresent(secret -> builder.header("Authorization", "Bearer " + secret.reveal()));
    String verdict = OK;
    try {
      WebSocket socket = builder.buildAsync(address, conversation).get(30, TimeUnit.SECONDS);
      socket.sendText(message, true);
      conversation.answered.get(30, TimeUnit.SECONDS);
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      verdict = "failed: " + e.getCause();
    } catch (TimeoutException e) {
      verdict = "failed: no answer within 30 s";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      verdict = "interrupted";
    }
    return new Row("GET", target, verdict.equals(OK) ? "101" : "", millisSince(start), verdict);
  }

  /** Waits for a message that holds some words. */
  private static final class Conversation implements WebSocket.Listener {
    private final String awaited;
    private final CompletableFuture<Boolean> answered = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    Conversation(String awaited) {
      this.awaited = awaited;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        if (text.indexOf(awaited) >= 0) {
          answered.complete(true);
        }
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      answered.completeExceptionally(error);
    }
  }

  private HttpRequest.Builder request(String target) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(target)).timeout(PATIENCE);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
    return request;
  }

  private static String send(HttpClient http, HttpRequest request)
      throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private long millisSince(long start) {
    return (clock.nanoTime() - start) / 1_000_000;
  }
}
