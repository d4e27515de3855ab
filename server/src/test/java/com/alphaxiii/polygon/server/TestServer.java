package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.Feature;
import com.alphaxiii.polygon.core.Features;
import com.alphaxiii.polygon.core.LatestPrice;
import com.alphaxiii.polygon.core.LiveHistory;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.RateLimitStatus;
import com.alphaxiii.polygon.core.RecordingStatus;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.core.Tier;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.core.UpstreamStatus;
import com.alphaxiii.polygon.core.UpstreamWatch;
import com.alphaxiii.polygon.core.VendorReply;
import com.alphaxiii.polygon.validate.BarChecks;
import com.alphaxiii.polygon.validate.Evidence;
import com.alphaxiii.polygon.validate.QualityAnswer;
import com.alphaxiii.polygon.validate.SymbolAnswer;
import com.alphaxiii.polygon.validate.SymbolForm;
import com.alphaxiii.polygon.validate.SymbolGrammar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server over ports in memory, and a client of it. */
final class TestServer implements AutoCloseable {
  /** A Friday, 11:00 in New York. */
  static final Instant NOW = Instant.parse("2024-01-26T16:00:00.012Z");

  private static final Load.Limits LOAD = Load.Limits.ofHeap(Runtime.getRuntime().maxMemory());

  final MemoryBars bars = new MemoryBars();
  final MemoryFeed feed = new MemoryFeed();
  final MemoryCache cache = new MemoryCache();
  final MemoryFacts facts = new MemoryFacts();

  /** What every replay plays. */
  final MemoryReplay replay = new MemoryReplay();

  /** What is recorded; something from the start, so that metrics tell of it. */
  volatile Optional<RecordingStatus> recording =
      Optional.of(
          new RecordingStatus(
              Set.of(Topic.parse("T.AAPL")),
              NOW.minusSeconds(60),
              7,
              2,
              1,
              Optional.of(NOW.minusSeconds(1)),
              0,
              Optional.empty()));

  /** How the vendor's last calls ended, as far as the server is told. */
  volatile UpstreamStatus upstream =
      new UpstreamStatus(
          UpstreamStatus.State.REACHABLE,
          Optional.of(NOW.minusSeconds(3)),
          Optional.empty(),
          Optional.of(Duration.ofMillis(21)),
          Optional.empty());

  /** How often the server wanted the vendor to be asked for it. */
  final AtomicInteger probed = new AtomicInteger();

  /** What the vendor was asked, and says to everything. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  volatile VendorReply reply =
      new VendorReply(200, "application/json", "{\"status\":\"OK\"}", "http://vendor.test");

  final DataServer server;
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestServer(
      UnaryOperator<ServerConfig> change,
      Outbox.Limits limits,
      Duration patience,
      Load.Limits load) {
    this(change, limits, patience, load, null);
  }

  private TestServer(
      UnaryOperator<ServerConfig> change,
      Outbox.Limits limits,
      Duration patience,
      Load.Limits load,
      TickSource past) {
    server =
        DataServer.start(
            change.apply(ServerConfig.of("127.0.0.1", 0)),
            new ServerPorts(
                bars,
                TestServer::latest,
                facts,
                facts,
                facts,
                this::vendor,
                feed,
                MarketCalendar.usEquities(),
                InstantSource.fixed(NOW),
                () ->
                    new RateLimitStatus(
                        Tier.ADVANCED,
                        10_000,
                        5_000,
                        12,
                        4_988,
                        Duration.ofMillis(41_500),
                        Duration.ofMillis(250),
                        0,
                        3,
                        1,
                        2,
                        Optional.of("half of it")),
                request -> {
                  BarAnswer answer = bars.bars(request);
                  return new QualityAnswer(
                      answer, BarChecks.report(answer.bars(), Evidence.of(request, answer)));
                },
                cache,
                TestServer::symbols,
                anew ->
                    new Features(
                        "****0001 at 127.0.0.1",
                        List.of(new Feature("trades", Feature.State.ALLOWED, "asked")),
                        NOW),
                () -> recording,
                new LiveHistory(past == null ? facts : past, bars),
                request -> replay,
                new UpstreamWatch() {
                  @Override
                  public UpstreamStatus known() {
                    return upstream;
                  }

                  @Override
                  public UpstreamStatus current() {
                    probed.incrementAndGet();
                    return upstream;
                  }
                }),
            limits,
            patience,
            load);
  }

  static TestServer start() {
    return start(config -> config);
  }

  static TestServer start(UnaryOperator<ServerConfig> change) {
    return new TestServer(change, Outbox.Limits.DEFAULT, Patience.DEFAULT, LOAD);
  }

  /** A server that fills gaps from these ticks. */
  static TestServer start(GapLimits gaps, TickSource past) {
    return new TestServer(
        config -> config.withGaps(gaps), Outbox.Limits.DEFAULT, Patience.DEFAULT, LOAD, past);
  }

  static TestServer start(Load.Limits load) {
    return start(config -> config, load);
  }

  static TestServer start(UnaryOperator<ServerConfig> change, Load.Limits load) {
    return new TestServer(change, Outbox.Limits.DEFAULT, Patience.DEFAULT, load);
  }

  static TestServer start(Outbox.Limits limits) {
    return new TestServer(config -> config, limits, Patience.DEFAULT, LOAD);
  }

  static TestServer start(Duration patience) {
    return new TestServer(config -> config, Outbox.Limits.DEFAULT, patience, LOAD);
  }

  private VendorReply vendor(String target) {
    asked.add(target);
    return reply;
  }

  /** AAPL is known, and all else that can be a ticker is not. */
  private static List<SymbolAnswer> symbols(List<String> symbols, boolean detailed) {
    return symbols.stream()
        .map(
            symbol -> {
              SymbolForm form = SymbolGrammar.read(symbol);
              boolean known = symbol.equals("AAPL");
              return new SymbolAnswer(
                  form,
                  known
                      ? SymbolAnswer.State.KNOWN
                      : form.isWellFormed()
                          ? SymbolAnswer.State.UNKNOWN_SYMBOL
                          : SymbolAnswer.State.MALFORMED,
                  known
                      ? Optional.of(
                          new TickerInfo(
                              new Ticker("AAPL"),
                              "Apple Inc.",
                              "CS",
                              "stocks",
                              "XNAS",
                              "usd",
                              true))
                      : Optional.empty(),
                  known ? Optional.empty() : Optional.of(LocalDate.of(2020, 1, 2)),
                  known ? "" : "a note",
                  detailed && !known
                      ? List.of(new SymbolAnswer.Suggestion("AAPL", "Apple Inc.", "why"))
                      : List.of());
            })
        .toList();
  }

  private static LatestPrice latest(com.alphaxiii.polygon.core.Ticker ticker) {
    return switch (ticker.symbol()) {
      case "AAPL" ->
          new LatestPrice(ticker, 185.5, 100, 4, NOW.minusMillis(250), LatestPrice.Origin.STREAM);
      case "MSFT" ->
          new LatestPrice(
              ticker,
              402.75,
              Double.NaN,
              null,
              NOW.minusSeconds(60),
              LatestPrice.Origin.MINUTE_BAR);
      default ->
          throw new PolygonException.NotFound(
              "%s is not a known symbol; search finds its spelling".formatted(ticker), null);
    };
  }

  URI uri(String path) {
    return server.baseUrl().resolve(path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Await.PATIENCE);
  }

  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<byte[]> getBytes(String path, String... headers) {
    HttpRequest.Builder request = request(path);
    return send(
        headers.length == 0 ? request : request.headers(headers),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> delete(String path) {
    return send(request(path).DELETE());
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, HttpResponse.BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request.build(), body);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  TestClient connect(String id, String... headers) {
    return TestClient.connect(uri("/ws/" + id), List.of(headers));
  }

  @Override
  public void close() {
    http.shutdownNow();
    server.close();
  }
}
