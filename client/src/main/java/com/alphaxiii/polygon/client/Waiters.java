package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.PolygonException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Threads elsewhere that wait for the stream to be ready. Used on the loop only. */
final class Waiters {
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

  /** Those that have given up meanwhile are forgotten. */
  void add(CompletableFuture<Void> waiter) {
    waiting.removeIf(CompletableFuture::isDone);
    waiting.add(waiter);
  }

  void release() {
    waiting.forEach(waiter -> waiter.complete(null));
    waiting.clear();
  }

  void fail(PolygonException reason) {
    waiting.forEach(waiter -> waiter.completeExceptionally(reason));
    waiting.clear();
  }
}
