package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Carries a {@link Join} out, on a thread that may wait. */
final class Joining {
  /** Events of history that one request may bring, all topics together. */
  static final int MOST_EVENTS = 200_000;

  /** How far back history may begin. */
  static final Duration LONGEST = Duration.ofDays(1);

  private static final int PART = 256;

  private static final long LOOK_AGAIN_MILLIS = 50;
  private static final int MOST_TRIES = 20;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** History is asked for to a little later, since clocks differ. */
  private static final Duration SKEW = Duration.ofSeconds(2);

  private final Join join;
  private final EventHistory history;
  private final InstantSource clock;
  private final CountDownLatch closing;
  private final Courier courier;
  private final Map<Topic, Integer> tries = new HashMap<>();
  private int left = MOST_EVENTS;

  Joining(Join join, EventHistory history, InstantSource clock, CountDownLatch closing) {
    this.join = join;
    this.history = history;
    this.clock = clock;
    this.closing = closing;
    this.courier = new Courier(Dialect.OWN.encoder(clock), closing, Courier.LONG_WAITS);
  }

  /** Sends history and then what was held; returns when the client is live, or gone. */
  void run() throws InterruptedException {
    for (Topic topic : join.apart()) {
      bring(topic);
    }
    while (!join.topics().isEmpty()) {
      for (Topic topic : join.apart()) {
        awaitLive(topic);
        bring(topic);
      }
      List<TickerEvent> part = join.take(PART);
      if (!part.isEmpty()) {
        bring(part, Marks.NONE);
      } else if (join.apart().isEmpty() && open()) {
        return;
      }
    }
  }

  /** A topic of which nothing comes is live all the same, after a while. */
  private void awaitLive(Topic topic) throws InterruptedException {
    while (!join.isReady(topic)) {
      pause(LOOK_AGAIN_MILLIS);
    }
    int before = tries.getOrDefault(topic, 0);
    if (before > 1) {
      pause(LOOK_AGAIN_MILLIS << Math.min(before, 6));
    }
  }

  private void bring(Topic topic) throws InterruptedException {
    Instant position = join.position(topic);
    if (position == null) {
      return;
    }
    if (tries.merge(topic, 1, Integer::sum) > MOST_TRIES) {
      settle(topic, "the vendor's history does not come to where the live events begin");
      return;
    }
    long asked = join.now();
    TickerEvent first = join.first(topic);
    Instant to = clock.instant().plus(SKEW);
    if (first != null && instant(first.time()).isAfter(to)) {
      to = instant(first.time());
    }
    EventHistory.Piece piece;
    try {
      // One more than may be sent: those of the last millisecond come again.
      piece = history.events(topic, position, to, left + 1_000, false);
    } catch (PolygonException e) {
      if (e.retryable()) {
        pause(wait(e).toMillis());
      } else {
        settle(topic, String.valueOf(e.getMessage()));
      }
      return;
    }
    List<TickerEvent> events = join.accept(topic, piece.events(), asked);
    left = Math.max(0, left - events.size());
    bring(events, Marks.BACKFILLED);
    if (!piece.whole() || left == 0) {
      settle(
          topic,
          "history with 'since' has at most %d events; ask /api/v1/%s for more"
              .formatted(MOST_EVENTS, EventHistory.path(topic.channel())));
    }
  }

  private static Duration wait(PolygonException e) {
    Duration wait =
        e instanceof PolygonException.RateLimited limited
            ? limited.retryAfter().orElse(Duration.ofSeconds(2))
            : Duration.ofSeconds(2);
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  /** Goes on without the rest, and says so. */
  private void settle(Topic topic, String reason) {
    Instant position = join.position(topic);
    TickerEvent first = join.first(topic);
    if (position == null) {
      return;
    }
    join.settle(topic);
    Instant to = first == null ? clock.instant() : instant(first.time());
    GapOutcome outcome =
        new GapOutcome.Unfilled(
            Set.of(topic), position, to.isBefore(position) ? position : to, reason);
    Subscriber subscriber = join.subscriber();
    subscriber
        .shard()
        .run(
            () -> {
              subscriber.tell(outcome);
              subscriber.flush();
            });
  }

  private void bring(List<TickerEvent> events, Marks marks) throws InterruptedException {
    Subscriber subscriber = join.subscriber();
    courier.bring(
        List.of(subscriber.shard()),
        events,
        marks,
        (shard, part, frames) -> subscriber.backfill(frames));
  }

  /** On the client's loop, where it becomes a subscriber like others. */
  private boolean open() throws InterruptedException {
    CompletableFuture<Boolean> opened = new CompletableFuture<>();
    Subscriber subscriber = join.subscriber();
    subscriber.shard().run(() -> opened.complete(subscriber.open(join)));
    while (closing.getCount() > 0) {
      try {
        return opened.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        // Looks whether the server is closing.
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    throw new InterruptedException("the server is closing");
  }

  private void pause(long millis) throws InterruptedException {
    if (closing.await(millis, TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("the server is closing");
    }
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }
}
