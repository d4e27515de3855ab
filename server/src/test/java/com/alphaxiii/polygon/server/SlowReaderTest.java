package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reads its answer too slowly is cut off, and who reads it well is not. */
class SlowReaderTest {
  private static final int SIZE = 16 << 20;
  private static final ReaderPace PACE =
      new ReaderPace(Duration.ofMillis(700), 10 << 20, System::nanoTime);

  private final CompletableFuture<Void> sent = new CompletableFuture<>();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() throws Exception {
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    workers.close();
  }

  /** A server whose kernel holds little of an answer, so that the client's pace is seen. */
  private Socket ask(boolean kept) throws Exception {
    byte[] bytes = new byte[SIZE];
    Answer answer =
        new Answer(
            200,
            "application/octet-stream",
            Map.of(),
            kept
                ? new KeptBody(Unpooled.directBuffer().writeBytes(bytes))
                : out -> out.write(bytes));
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setSendBufferSize(64 << 10))
            .requestHandler(
                request ->
                    workers.execute(
                        () -> {
                          Replies.send(request, answer, false, PACE);
                          sent.complete(null);
                        }))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    Socket socket = new Socket();
    socket.setReceiveBufferSize(64 << 10);
    socket.setSoTimeout((int) Await.PATIENCE.toMillis());
    socket.connect(new InetSocketAddress("127.0.0.1", server.actualPort()));
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneThatReadsSteadilyAndTooSlowlyIsCutOff(boolean kept) throws Exception {
    try (Socket socket = ask(kept)) {
      InputStream in = socket.getInputStream();
      long read = 0;
      long deadline = System.nanoTime() + Await.PATIENCE.toNanos();
      byte[] little = new byte[8 << 10];
      while (!sent.isDone()) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        int count = in.read(little);
        if (count < 0) {
          break;
        }
        read += count;
        LockSupport.parkNanos(10_000_000);
      }
      sent.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(read + rest(in)).isLessThan(SIZE);
    }
  }

  private static long rest(InputStream in) {
    long read = 0;
    byte[] block = new byte[64 << 10];
    try {
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        read += count;
      }
    } catch (IOException e) {
      // Reset, as one that was cut off may be.
    }
    return read;
  }

  @Test
  void oneThatReadsNothingIsCutOff() throws Exception {
    try (Socket socket = ask(false)) {
      sent.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(rest(socket.getInputStream())).isLessThan(SIZE);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneThatReadsWellGetsAll(boolean kept) throws Exception {
    try (Socket socket = ask(kept)) {
      InputStream in = socket.getInputStream();
      long read = 0;
      byte[] block = new byte[64 << 10];
      while (read < SIZE) {
        int count = in.read(block);
        assertThat(count).isPositive();
        read += count;
      }
      sent.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @Test
  void theLongerTheAnswerTheLongerItMayTake() {
    ReaderPace pace = new ReaderPace(Duration.ofSeconds(60), 1_000, System::nanoTime);
    assertThat(pace.left(0, 0)).isEqualTo(60_000_000_000L);
    assertThat(pace.left(0, 59_000_000_000L)).isEqualTo(1_000_000_000L);
    assertThat(pace.left(0, 61_000_000_000L)).isZero();
    assertThat(pace.left(5_000, 61_000_000_000L)).isEqualTo(4_000_000_000L);
    assertThat(pace.left(1L << 40, 61_000_000_000L)).as("in one piece").isEqualTo(60_000_000_000L);
  }
}
