package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * A process with little memory, whose server is asked for many large answers at once. Every answer
 * is made anew, as if read from files. Prints how many came with each status, and their bytes.
 */
final class SmallHeap {
  private static final int AT_ONCE = 40;
  private static final String PATH =
      "/api/v1/bars/AAPL?timeframe=1min&start_date=2023-08-01&end_date=2024-01-25&validate=false";

  private SmallHeap() {}

  public static void main(String[] args) throws Exception {
    TreeMap<String, Integer> seen = new TreeMap<>();
    try (TestServer server = TestServer.start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.bars.fate = answer -> new BarAnswer(bars(), BarAnswer.Source.CACHE, List.of(), null);
      List<Future<String>> answers =
          IntStream.range(0, AT_ONCE).mapToObj(i -> threads.submit(() -> ask(server))).toList();
      for (Future<String> each : answers) {
        seen.merge(each.get(), 1, Integer::sum);
      }
    }
    System.out.println(seen);
  }

  private static String ask(TestServer server) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        server.http.send(
            server.request(PATH).timeout(Duration.ofSeconds(100)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    return answer.statusCode() + " " + length(answer.body());
  }

  /** Counts what it reads and keeps nothing of it. */
  private static long length(InputStream in) {
    try (in) {
      return in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return -1;
    }
  }

  private static Bars bars() {
    BarsBuilder builder = Bars.builder(MemoryBars.AAPL, Timeframe.MINUTE_1);
    long start = 1_690_876_800_000L;
    for (int i = 0; i < 115_000; i++) {
      builder.add(start + i * 60_000L, 185, 185.25, 184.5, 185.1, 1_000 + i, 185.01, 9);
    }
    return builder.build();
  }
}
