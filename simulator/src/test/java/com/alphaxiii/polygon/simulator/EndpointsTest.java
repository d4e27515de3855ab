package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every path of the vendor is answered, each as the vendor answers it. */
class EndpointsTest {
  private static final Instant NOW = Instant.parse("2024-01-26T16:00:00Z");

  /** Declared by the vendor, but unknown to its servers. */
  private static final Set<String> UNROUTED =
      Set.of(
          "/stocks/v1/exchanges",
          "/crypto/v1/exchanges",
          "/forex/v1/exchanges",
          "/options/v1/exchanges",
          "/options/v3/quotes/{ticker}",
          "/options/v3/trades/{ticker}",
          "/stocks/dev/trades/{ticker}",
          "/stocks/filings/10-K/vX_0/sections",
          "/v1/reference/ipos",
          "/v2/snapshot/locale/global/markets/crypto/tickers/{ticker}/book");

  /** Served once: 404 with a reason. */
  private static final Set<String> RETIRED =
      Set.of("/v2/ticks/stocks/nbbo/{ticker}/{date}", "/v2/ticks/stocks/trades/{ticker}/{date}");

  /** In no ordinary plan: 403. */
  private static final Set<String> CLOSED =
      Set.of(
          "/v1/historic/crypto/{from}/{to}/{date}",
          "/v1/historic/forex/{from}/{to}/{date}",
          "/v1/summaries");

  private static Simulator simulator;
  private static Web web;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(Scenario.builder().clock(() -> NOW).build());
    web = new Web(simulator);
  }

  @AfterAll
  static void stop() {
    web.close();
    simulator.close();
  }

  private static List<String> vendorPaths() throws IOException {
    Path file =
        Path.of(System.getProperty("polygon.root", "."))
            .resolve("../shared/spec/rest-openapi.json")
            .toAbsolutePath()
            .normalize();
    Assumptions.assumeTrue(Files.isRegularFile(file), "no description of the vendor's paths");
    @SuppressWarnings("unchecked")
    var paths = (Map<String, Object>) Web.object(Files.readString(file)).get("paths");
    return List.copyOf(new TreeSet<>(paths.keySet()));
  }

  private static String filled(String path) {
    Map<String, String> values =
        Map.ofEntries(
            Map.entry("optionsTicker", "O:AAPL240216C00190000"),
            Map.entry("options_ticker", "O:AAPL240216C00190000"),
            Map.entry("optionContract", "O:AAPL240216C00190000"),
            Map.entry("forexTicker", "C:EURUSD"),
            Map.entry("fxTicker", "C:EURUSD"),
            Map.entry("cryptoTicker", "X:BTCUSD"),
            Map.entry("indicesTicker", "I:SPX"),
            Map.entry("multiplier", "1"),
            Map.entry("timespan", "day"),
            Map.entry("date", "2024-01-25"),
            Map.entry("direction", "gainers"));
    boolean range = path.contains("/range/");
    boolean crypto = path.contains("crypto");
    Matcher variable = Pattern.compile("\\{(\\w+)}").matcher(path);
    return variable.replaceAll(
        match ->
            switch (match.group(1)) {
              case "from" -> range ? "2024-01-22" : crypto ? "BTC" : "EUR";
              case "to" -> range ? "2024-01-25" : "USD";
              case "ticker" -> ticker(path);
              default -> values.getOrDefault(match.group(1), "AAPL");
            });
  }

  private static String ticker(String path) {
    return path.contains("/futures/")
        ? "ESH4"
        : path.contains("/crypto/") ? "X:BTCUSD" : path.contains("/forex/") ? "C:EURUSD" : "AAPL";
  }

  /** Whether the simulated market has what a path asks about. */
  private static boolean isTraded(String target) throws Exception {
    String symbol =
        target.contains("ESH4")
            ? "ESH4"
            : target.contains("O:AAPL")
                ? "O:AAPL240216C00190000"
                : target.contains("I:SPX")
                    ? "I:SPX"
                    : target.contains("BTC")
                        ? "X:BTCUSD"
                        : target.contains("EUR") ? "C:EURUSD" : "AAPL";
    return web.json("/v2/aggs/ticker/" + symbol + "/prev").get("results") != null;
  }

  @Test
  void answersEveryPathOfTheVendor() throws Exception {
    var wrong = new ArrayList<String>();
    for (String path : vendorPaths()) {
      String target = filled(path);
      HttpResponse<String> answer = web.get(target);
      if (answer.statusCode() != expected(path, target) || !isAsDocumented(path, answer)) {
        wrong.add(target + ": " + answer.statusCode() + " " + answer.body());
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static int expected(String path, String target) throws Exception {
    if (UNROUTED.contains(path) || RETIRED.contains(path)) {
      return 404;
    }
    if (CLOSED.contains(path)) {
      return 403;
    }
    boolean single =
        path.contains("/open-close/")
            || path.contains("/last")
            || path.contains("/conversion/")
            || path.endsWith("/tickers/{ticker}");
    return single && !isTraded(target) ? 404 : 200;
  }

  private static boolean isAsDocumented(String path, HttpResponse<String> answer) {
    if (UNROUTED.contains(path)) {
      return answer.body().equals("404 page not found");
    }
    if (answer.body().startsWith("[")) {
      return path.equals("/v1/marketstatus/upcoming");
    }
    Map<String, Object> body = Web.object(answer.body());
    return switch (answer.statusCode()) {
      case 403 -> "NOT_AUTHORIZED".equals(body.get("status"));
      case 404 -> "NOT_FOUND".equals(body.get("status"));
      default -> !body.isEmpty();
    };
  }

  @Test
  void asksForAKeyEverywhere() throws Exception {
    for (Route route : Endpoints.of(Exchange.of(Scenario.builder().build()).delayedView())) {
      HttpResponse<String> answer = web.get(filled(route.path()), "Accept", "*/*");
      assertThat(answer.statusCode()).as(route.path()).isEqualTo(401);
    }
  }

  @Test
  void hasAPathOnce() {
    List<Route> routes = Endpoints.of(Exchange.of(Scenario.builder().build()).delayedView());
    assertThat(routes).extracting(Route::path).doesNotHaveDuplicates().hasSizeGreaterThan(100);
  }
}
