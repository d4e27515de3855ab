package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.CallerName;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** Asks for the history of some topics of a gap side by side. */
record Fetch(EventHistory history, GapFill fill, boolean newest, int most, Executor workers) {

  /** What became of a question. */
  sealed interface Result {}

  record Found(EventHistory.Piece piece) implements Result {}

  record Failed(PolygonException why) implements Result {}

  /**
   * Asks for all of these at once and waits for the answers.
   *
   * @param caller on whose behalf
   */
  Map<Topic, Result> all(List<Topic> topics, String caller) throws InterruptedException {
    Map<Topic, CompletableFuture<Result>> running = new LinkedHashMap<>();
    for (Topic topic : topics) {
      running.put(
          topic,
          CompletableFuture.supplyAsync(() -> CallerName.call(caller, () -> one(topic)), workers));
    }
    Map<Topic, Result> results = new LinkedHashMap<>();
    for (Map.Entry<Topic, CompletableFuture<Result>> entry : running.entrySet()) {
      try {
        results.put(entry.getKey(), entry.getValue().get());
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    return results;
  }

  private Result one(Topic topic) {
    try {
      return new Found(history.events(topic, fill.from(), fill.to(), most, newest));
    } catch (PolygonException e) {
      return new Failed(e);
    }
  }
}
