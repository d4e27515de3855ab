package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.EventFeed;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.Replay;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.Topic;
import io.netty.channel.EventLoop;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A replay that goes no faster than its client reads: after so many events it waits until all of
 * them are with the client's socket. So nothing of a replay is ever dropped.
 */
final class ReplayPace implements EventFeed {
  /** Events between two waits; they all fit the client's outbox. */
  static final int STRIDE = 512;

  private static final long LOOK_MILLIS = 1;

  private record Client(Shard shard, Subscriber subscriber) {}

  private final Replay replay;
  private volatile @Nullable Client client;
  private int events;

  ReplayPace(Replay replay) {
    this.replay = replay;
  }

  /** From now on this client is waited for. */
  void follow(Shard shard, Subscriber subscriber) {
    client = new Client(shard, subscriber);
  }

  @Override
  public Subscription subscribe(Set<Topic> topics, Consumer<? super MarketEvent> sink) {
    return replay.subscribe(
        topics,
        event -> {
          sink.accept(event);
          Client reader = client;
          if (++events % STRIDE == 0 && reader != null) {
            await(reader);
          }
        });
  }

  private static void await(Client reader) {
    CompletableFuture<@Nullable Void> room = new CompletableFuture<>();
    EventLoop loop = reader.shard().loop();
    loop.execute(() -> look(reader, loop, room));
    try {
      room.get();
    } catch (InterruptedException e) {
      // The replay is being closed.
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody fails a look", e);
    }
  }

  private static void look(Client reader, EventLoop loop, CompletableFuture<@Nullable Void> room) {
    Subscriber subscriber = reader.subscriber();
    if (subscriber.hasEnded() || (reader.shard().isIdle() && subscriber.keepsUp())) {
      room.complete(null);
    } else if (!room.isDone()) {
      var unused =
          loop.schedule(() -> look(reader, loop, room), LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public FeedStatus status() {
    return replay.status();
  }
}
