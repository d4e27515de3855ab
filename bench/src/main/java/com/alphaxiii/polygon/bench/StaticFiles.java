package com.alphaxiii.polygon.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;

/** Sends the files of a folder as they are: the bound of what an answer can cost. */
final class StaticFiles {
  private StaticFiles() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1))
        .createHttpServer()
        .requestHandler(request -> send(folder, request))
        .listen(Integer.parseInt(args[1]), "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get();
    Thread.currentThread().join();
  }

  private static void send(Path folder, HttpServerRequest request) {
    String path = request.path();
    String name = path == null ? "" : path.substring(1);
    request.response().sendFile(folder.resolve(name).toString());
  }
}
