package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.LiveHistory;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Topic;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HubOverflowTest {
  private static final Recovery NO_FILLING =
      new Recovery(
          new LiveHistory(new MemoryFacts(), new MemoryBars()),
          new GapLimits(true, 0, Duration.ofHours(1), 0),
          Recovery.CALM);

  private final MemoryFeed feed = new MemoryFeed();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final InstantSource clock = InstantSource.fixed(TestServer.NOW);

  /** A socket that always takes more; what it is told are messages below 64 KiB. */
  private final class Listener implements Outbox.Wire {
    @Override
    public ByteBufAllocator allocator() {
      return UnpooledByteBufAllocator.DEFAULT;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void onReady(Runnable action) {}

    @Override
    public void write(ByteBuf batch) {
      while (batch.isReadable()) {
        batch.skipBytes(1);
        int length = batch.readUnsignedByte();
        if (length == 126) {
          length = batch.readUnsignedShort();
        }
        told.add(batch.readCharSequence(length, StandardCharsets.UTF_8).toString());
      }
      batch.release();
    }

    @Override
    public void cut(String reason) {}
  }

  /** What came after a loop had been held up, in short words. */
  private List<String> words() {
    return told.stream()
        .map(TestServer::json)
        .map(
            message ->
                message.path("type").asString().equals("dropped")
                    ? "dropped " + message.path("count").asLong()
                    : message.at("/data/trade_id").asString())
        .toList();
  }

  @Test
  void tellsAtOnceAndInItsPlaceWhatFoundNoRoomOnTheWay() throws Exception {
    DefaultEventLoop loop = new DefaultEventLoop();
    try (Hub hub = new Hub(feed, NO_FILLING, clock, NanoClock.system(), Runnable::run, 4)) {
      Shard shard = hub.shard(loop);
      Outbox outbox =
          new Outbox(
              new Listener(), Dialect.OWN, Outbox.Limits.DEFAULT, clock, hub.counters()::drop);
      Subscriber subscriber = new OwnSubscriber("one", shard, hub, outbox, clock);
      loop.submit(
              () -> {
                shard.join(subscriber);
                subscriber.subscribe(Set.of(Topic.parse("T.AAPL")));
              })
          .sync();
      emitWhileHeldUp(loop, 1, 10);
      // Nothing comes after it.
      Await.until("the loss is told", () -> words().contains("dropped 6"));
      assertThat(words()).containsExactly("1", "2", "3", "4", "dropped 6");
      emitWhileHeldUp(loop, 11, 4);
      Await.until("they come", () -> words().contains("14"));
      assertThat(words()).endsWith("11", "12", "13", "14");
      assertThat(hub.counters().dropped(Outbox.Policy.DROP_OLDEST)).isEqualTo(6);
      assertThat(hub.counters().delivered()).isEqualTo(8);
    } finally {
      loop.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS).sync();
    }
  }

  private void emitWhileHeldUp(DefaultEventLoop loop, int first, int count)
      throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    loop.execute(
        () -> {
          held.countDown();
          try {
            free.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    held.await();
    for (int i = first; i < first + count; i++) {
      feed.emit(Events.trade("AAPL", 185, i));
    }
    free.countDown();
  }
}
