package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.client.RateBudget;
import com.alphaxiii.polygon.client.RestClient;
import com.alphaxiii.polygon.client.RestConfig;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.RateLimitStatus;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Tier;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.simulator.Fault;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import com.alphaxiii.polygon.store.BarStore;
import com.sun.management.OperatingSystemMXBean;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A year of minutes of ten symbols out of a vendor that is 50 ms away, into files. */
final class ColdBench {
  private static final InstantSource CLOCK = () -> Instant.parse("2024-01-31T17:00:00Z");
  private static final Duration LATENCY = Duration.ofMillis(50);
  private static final LocalDate FIRST = LocalDate.parse("2023-01-03");
  private static final LocalDate LAST = LocalDate.parse("2023-12-29");
  private static final List<String> SYMBOLS =
      List.of("AAPL", "MSFT", "IBM", "TSLA", "AMD", "INTC", "NVDA", "META", "AMZN", "GOOGL");
  private static final int VENDOR_DEFAULT = 5_000;
  private static final int VENDOR_MOST = 50_000;

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ColdBench() {}

  static void run(Path root) throws Exception {
    try (Simulator vendor =
        Simulator.start(Scenario.builder().clock(CLOCK).enforcesRates(true).build())) {
      CacheBench.say(
          "a year of minutes of %d symbols, %d ms away:", SYMBOLS.size(), LATENCY.toMillis());
      // The first time makes the market and warms up both ways.
      long rows = pages(vendor, VENDOR_MOST);
      cached(vendor, root.resolve("first"), rows);
      vendor.faults().when(path -> true, Fault.delay(LATENCY), Integer.MAX_VALUE);
      double usual = timed("page after page of 5,000", () -> pages(vendor, VENDOR_DEFAULT), rows);
      double largest = timed("page after page of 50,000", () -> pages(vendor, VENDOR_MOST), rows);
      double cold =
          timed(
              "cache, %,d rows stored".formatted(rows),
              () -> cached(vendor, root.resolve("second"), rows),
              rows);
      CacheBench.ratio("  pages of 5,000 to cache", usual / cold, "at least 8");
      CacheBench.ratio("  pages of 50,000 to cache", largest / cold, "");
    }
  }

  /** Tells how long it took, in ms, and what both sides worked for it. */
  private static double timed(String what, Callable<Long> work, long rows) throws Exception {
    long before = PROCESS.getProcessCpuTime();
    double took =
        Stopwatch.millis(
            0,
            1,
            () -> {
              long found = work.call();
              if (found != rows) {
                throw new IllegalStateException("%d rows of %d".formatted(found, rows));
              }
              return found;
            });
    CacheBench.figure(what, took);
    CacheBench.figure("  on all cores, vendor too", (PROCESS.getProcessCpuTime() - before) / 1e6);
    return took;
  }

  /**
   * As the vendor's own clients do: a page, compressed, its tree, the next one; symbol after
   * symbol.
   */
  private static long pages(Simulator vendor, int limit) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    long rows = 0;
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String symbol : SYMBOLS) {
        URI next =
            vendor
                .baseUrl()
                .resolve(
                    "/v2/aggs/ticker/%s/range/1/minute/%s/%s?adjusted=false&sort=asc&limit=%d"
                        .formatted(symbol, FIRST, LAST, limit));
        while (next != null) {
          HttpRequest request =
              HttpRequest.newBuilder(next)
                  .header("Authorization", "Bearer bench")
                  .header("Accept-Encoding", "gzip")
                  .build();
          byte[] body = http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
          JsonNode tree = mapper.readTree(new GZIPInputStream(new ByteArrayInputStream(body)));
          rows += tree.get("results").size();
          next = tree.has("next_url") ? URI.create(tree.get("next_url").asString()) : null;
        }
      }
    }
    return rows;
  }

  private static long cached(Simulator vendor, Path folder, long expected) throws Exception {
    NanoClock nanos = NanoClock.system();
    RateBudget budget = RateBudget.of(Tier.ADVANCED, nanos);
    TimeRange range = TimeRange.ofDays(FIRST, LAST, Market.NEW_YORK);
    try (RestClient rest =
            RestClient.open(
                RestConfig.of(vendor.baseUrl(), new Secret("bench")), budget, CLOCK, nanos);
        BarStore store = BarStore.open(folder, rest, rest, CLOCK, ModelBars.CALENDAR);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (String symbol : SYMBOLS) {
        BarRequest request = BarRequest.raw(Ticker.of(symbol), Timeframe.MINUTE_1, range);
        answers.add(threads.submit(() -> store.bars(request).bars().size()));
      }
      long rows = 0;
      for (Future<Integer> answer : answers) {
        rows += answer.get();
      }
      RateLimitStatus status = budget.status();
      if (rows != expected || status.rejectedByUpstreamTotal() > 0) {
        throw new IllegalStateException(rows + " rows of " + expected + ", " + status);
      }
      return rows;
    }
  }
}
