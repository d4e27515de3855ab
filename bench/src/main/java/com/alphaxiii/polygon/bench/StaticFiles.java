package com.alphaxiii.polygon.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;

/** Sends the files of a folder as they are: the bound of what an answer can cost. */
final class StaticFiles {
  private StaticFiles() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1))
        .createHttpServer()
        .requestHandler(
            request ->
                request.response().sendFile(folder.resolve(request.path().substring(1)).toString()))
        .listen(Integer.parseInt(args[1]), "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get();
    Thread.currentThread().join();
  }
}
