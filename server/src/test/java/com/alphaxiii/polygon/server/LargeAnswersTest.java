package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Long answers to many clients at once, who take their time. */
class LargeAnswersTest {
  private static final int ROWS = 100_000;
  private static final int CLIENTS = 24;

  /** What a client that does not read may cost: some blocks, not its answer. */
  private static final long BYTES_EACH = 1 << 20;

  private static Bars many() {
    BarsBuilder builder = Bars.builder(MemoryBars.AAPL, Timeframe.MINUTE_1);
    for (int i = 0; i < ROWS; i++) {
      double price = 100 + i % 1_000 * 0.01;
      builder.add(
          1_700_000_000_000L + i * 60_000L, price, price + 1, price - 1, price, i, price, i);
    }
    return builder.build();
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void costBlocksAndNotTheirLength() throws Exception {
    Bars bars = many();
    try (TestServer server = TestServer.start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.bars.fate =
          answer -> new BarAnswer(bars, BarAnswer.Source.CACHE, List.of(), TestServer.NOW);
      String path =
          "/api/v1/bars/AAPL?timeframe=1min&start_date=2024-01-02&end_date=2024-01-31&validate=false";
      long expected = server.getBytes(path).body().length;
      assertThat(expected).isGreaterThan(ROWS * 100L);
      long before = heap();
      List<Socket> clients = new ArrayList<>();
      try {
        for (int i = 0; i < CLIENTS; i++) {
          clients.add(ask(server.server.baseUrl(), path));
        }
        for (Socket client : clients) {
          // Its answer has begun, and goes no further than the socket's own buffers.
          assertThat(client.getInputStream().read()).isEqualTo('H');
        }
        assertThat(heap() - before).isLessThan(CLIENTS * BYTES_EACH);
        List<Future<Long>> sums = new ArrayList<>();
        for (Socket client : clients) {
          sums.add(threads.submit(sum(client)));
        }
        for (Future<Long> sum : sums) {
          assertThat(sum.get()).isEqualTo(sums.getFirst().get());
        }
      } finally {
        for (Socket client : clients) {
          client.close();
        }
      }
    }
  }

  private static Socket ask(URI server, String path) throws Exception {
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout((int) Await.PATIENCE.toMillis());
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                .formatted(path)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** The checksum of a body, which ends with its last chunk. */
  private static Callable<Long> sum(Socket client) {
    return () -> {
      InputStream in = client.getInputStream();
      CRC32 crc = new CRC32();
      byte[] block = new byte[64 * 1024];
      byte[] end = new byte[5];
      boolean body = false;
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        int from = 0;
        while (!body && from < count) {
          body = from >= 2 && block[from] == '\n' && block[from - 2] == '\n';
          from++;
        }
        crc.update(block, from, count - from);
        if (count >= end.length) {
          System.arraycopy(block, count - end.length, end, 0, end.length);
        } else {
          System.arraycopy(end, count, end, 0, end.length - count);
          System.arraycopy(block, 0, end, end.length - count, count);
        }
      }
      assertThat(end).isEqualTo("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return crc.getValue();
    };
  }
}
