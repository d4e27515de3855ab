package com.alphaxiii.polygon.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Pieces of disk work done side by side. */
final class Tasks {
  interface Work<T, R> {
    R of(T piece) throws IOException;
  }

  private Tasks() {}

  /** Does all pieces and waits for them; the first failure is thrown when none is at work. */
  static <T, R> List<R> all(List<T> pieces, Work<T, R> work, Executor executor) throws IOException {
    List<CompletableFuture<R>> running = new ArrayList<>();
    for (T piece : pieces) {
      CompletableFuture<R> one = new CompletableFuture<>();
      running.add(one);
      executor.execute(() -> complete(one, piece, work));
    }
    List<R> results = new ArrayList<>();
    CompletionException failure = null;
    for (CompletableFuture<R> one : running) {
      try {
        results.add(one.join());
      } catch (CompletionException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure == null) {
      return results;
    }
    switch (failure.getCause()) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw failure;
    }
  }

  private static <T, R> void complete(CompletableFuture<R> future, T piece, Work<T, R> work) {
    try {
      future.complete(work.of(piece));
    } catch (IOException | RuntimeException | Error e) {
      future.completeExceptionally(e);
    }
  }
}
