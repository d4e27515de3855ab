package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.simulator.Fault;
import com.alphaxiii.polygon.simulator.Replay;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Key and tokens are nowhere but where they are set, however much is logged. */
@Timeout(120)
class SecretsTest {
  private static final String KEY = "advanced-key-4711-of-the-secrets-test";
  private static final String TOKEN = "token-0815-of-the-secrets-test";
  private static final String OTHER = "token-1234-of-the-other";
  private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+");

  @TempDir Path folder;

  @Test
  void areInNoLogErrorMetricThreadNameOrFile() throws Exception {
    try (Simulator simulator = Simulator.start(Scenario.builder().live(Replay.model(5)).build())) {
      Map<String, String> environment = new HashMap<>();
      environment.put("POLYGON_API_KEY", KEY);
      environment.put("POLYGON_BASE_URL", simulator.baseUrl().toString());
      environment.put("POLYGON_STREAM_URL", simulator.streamUrl().toString());
      environment.put("CACHE_DIR", folder.resolve("cache").toString());
      environment.put("SERVER_TOKENS", "desk:" + TOKEN + ",other:" + OTHER + ";limit=1/hour");
      environment.put("LOG_LEVEL", "DEBUG");
      environment.put("ACCESS_LOG", "json");
      Path log = folder.resolve("log");
      Process process =
          PolygonProcess.start(
              folder,
              environment,
              ProcessBuilder.Redirect.to(log.toFile()),
              "serve",
              "--port",
              "0");
      try {
        String said = use(address(log), simulator) + threads(process);
        for (String secret : List.of(KEY, TOKEN, OTHER)) {
          assertThat(said).as("answers and threads").doesNotContain(secret);
        }
      } finally {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
      String logged = Files.readString(log);
      assertThat(logged).contains("DEBUG", "\"client\":\"desk\"", "GET /v2/aggs/ticker/AAPL");
      assertThat(logged).as("the request's id in lines of its work").contains("[mine-7] GET /v");
      for (String secret : List.of(KEY, TOKEN, OTHER)) {
        assertThat(logged).doesNotContain(secret);
        assertThat(files(secret)).isEmpty();
      }
    }
  }

  /** Asks for this and that, well and badly, and gives all that was answered. */
  private static String use(URI server, Simulator simulator) throws Exception {
    StringBuilder said = new StringBuilder();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String path :
          List.of(
              "/api/v1/bars/AAPL?timeframe=1day&start_date=2024-01-02&end_date=2024-01-31",
              "/api/v1/latest/AAPL",
              "/api/v1/latest/NOPE",
              "/api/v1/latest/" + TOKEN.replace("-", "%2D") + "?x=1",
              "/api/v1/search?query=apple",
              "/v3/reference/tickers?limit=2&apiKey=" + TOKEN,
              "/v3/reference/exchanges?apiKey=" + KEY,
              "/nowhere?token=" + TOKEN,
              "/health",
              "/api/v1/features")) {
        said.append(get(http, server, path, TOKEN).replace("/" + TOKEN, ""));
      }
      get(http, server, "/health", OTHER);
      said.append(get(http, server, "/health", OTHER));
      try (HubClient client = HubClient.open(http, server, "me?token=" + TOKEN)) {
        client.await("connected");
        client.send("{\"action\":\"subscribe\",\"symbols\":[\"AAPL\"],\"channels\":[\"T\"]}");
        client.awaitUntil(each -> each.trades("AAPL").size() > 2, "trades");
      }
      simulator.faults().when(path -> true, Fault.status(401), 3);
      said.append(get(http, server, "/api/v1/latest/MSFT", TOKEN));
      said.append(get(http, server, "/metrics", TOKEN));
    }
    assertThat(said.toString()).contains("polygon_token_requests_total{token=\"desk\"}");
    return said.toString();
  }

  private static String get(HttpClient http, URI server, String path, String token)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("X-Request-Id", "mine-7")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return answer.headers().map() + answer.body();
  }

  private static String threads(Process process) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "Thread.print")
            .redirectErrorStream(true)
            .start();
    String printed = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(printed).contains("vert.x-eventloop-thread");
    return printed;
  }

  private List<Path> files(String secret) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("cache"))) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      assertThat(files).hasSizeGreaterThan(1);
      return files.stream().filter(file -> holds(file, secret)).toList();
    }
  }

  private static boolean holds(Path file, String secret) {
    try {
      return file.toString().contains(secret)
          || Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static URI address(Path log) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      String words = Files.readString(log);
      Matcher matcher = ADDRESS.matcher(words);
      if (words.contains("stop with") && matcher.find()) {
        return URI.create(matcher.group());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    throw new AssertionError("it did not start: " + Files.readString(log));
  }
}
