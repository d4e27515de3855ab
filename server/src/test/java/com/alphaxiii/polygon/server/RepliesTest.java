package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepliesTest {
  private static final ReaderPace UNHURRIED = ReaderPace.of(System::nanoTime);

  @ParameterizedTest
  @CsvSource({"10, false", "10, true", "1000000, false", "1000000, true"})
  void anAnswerThatBreaksOffDoesNotLookWhole(int bytes, boolean gzip) throws Exception {
    Answer.Body broken =
        out -> {
          for (int i = 0; i < bytes; i += 10) {
            out.write(new byte[10]);
          }
          throw new IllegalArgumentException("the encoder fails here");
        };
    assertBreaks(Answer.json(broken), gzip);
  }

  private static void assertBreaks(Answer answer, boolean gzip) throws Exception {
    Vertx vertx = Vertx.vertx();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpServer server =
          vertx
              .createHttpServer()
              .requestHandler(
                  request -> workers.execute(() -> Replies.send(request, answer, gzip, UNHURRIED)))
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort()))
              .timeout(Await.PATIENCE)
              .build();
      assertThatThrownBy(() -> http.send(request, HttpResponse.BodyHandlers.ofByteArray()))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(java.net.http.HttpTimeoutException.class);
    } finally {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
