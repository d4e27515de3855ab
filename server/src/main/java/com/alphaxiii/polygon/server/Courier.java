package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.TickerEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings history to clients in small parts, so that live events pass in between, and no faster than
 * they read; whoever does not read at all is not waited for. For one thread, which may wait.
 */
final class Courier {
  private static final int PART = 256;
  private static final long LOOK_AGAIN_MILLIS = 5;

  /** So often in all it waits for somebody to read where others wait with them: a second. */
  static final int SHORT_WAITS = 200;

  /** The same where nobody else waits: half a minute. */
  static final int LONG_WAITS = 6_000;

  /** Where a part is put, on the event loop of those who get it. */
  interface Doorstep {
    /**
     * Puts a part of the history into outboxes.
     *
     * @param frames the events in this server's own dialect
     * @return how full the fullest of them is, from 0 to 1
     */
    double put(Shard shard, List<TickerEvent> events, List<byte[]> frames);
  }

  private final EventEncoder encoder;
  private final CountDownLatch closing;
  private final int mostWaits;
  private int waits;

  Courier(EventEncoder encoder, CountDownLatch closing, int mostWaits) {
    this.encoder = encoder;
    this.closing = closing;
    this.mostWaits = mostWaits;
  }

  /** Brings events in order, behind all that is on the way to these clients. */
  void bring(Collection<Shard> shards, List<TickerEvent> events, Marks marks, Doorstep doorstep)
      throws InterruptedException {
    for (int from = 0; from < events.size(); from += PART) {
      List<TickerEvent> part = events.subList(from, Math.min(events.size(), from + PART));
      List<byte[]> frames = new ArrayList<>(part.size());
      for (TickerEvent event : part) {
        frames.add(encoder.encode(event, marks));
      }
      while (put(shards, part, frames, doorstep) > 0.5 && waits < mostWaits) {
        waits++;
        if (closing.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
        part = List.of();
        frames = List.of();
      }
    }
  }

  private double put(
      Collection<Shard> shards, List<TickerEvent> part, List<byte[]> frames, Doorstep doorstep)
      throws InterruptedException {
    List<CompletableFuture<Double>> done = new ArrayList<>();
    for (Shard shard : shards) {
      CompletableFuture<Double> fullest = new CompletableFuture<>();
      shard.run(
          () -> {
            try {
              fullest.complete(doorstep.put(shard, part, frames));
            } catch (RuntimeException e) {
              fullest.completeExceptionally(e);
            }
          });
      done.add(fullest);
    }
    double fullest = 0;
    for (CompletableFuture<Double> each : done) {
      fullest = Math.max(fullest, await(each));
    }
    return fullest;
  }

  /** A loop that has ended never answers. */
  private double await(CompletableFuture<Double> answer) throws InterruptedException {
    while (closing.getCount() > 0) {
      try {
        return answer.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        // Looks whether the server is closing.
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    throw new InterruptedException("the server is closing");
  }
}
