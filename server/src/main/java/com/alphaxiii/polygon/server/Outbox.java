package com.alphaxiii.polygon.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait for one client, in order and bounded. Nothing waits while the socket takes
 * more; when it does not, what comes is kept here and goes out in batches as soon as it does. Lives
 * on the client's event loop.
 *
 * <p>When market data no longer fits, the oldest of it goes. Answers to the client itself never do:
 * a client that asks and asks without reading overflows with them, and is cut off.
 */
final class Outbox {
  private static final String TOO_SLOW =
      "too slow: more than this server keeps for one client waited to be read";

  /** What may wait. */
  record Limits(int messages, long bytes) {
    static final Limits DEFAULT = new Limits(65_536, 4L << 20);
  }

  /** The socket below. */
  interface Wire {
    ByteBufAllocator allocator();

    /**
     * False while more than enough waits to be sent; told by {@link #onReady} when that is over.
     */
    boolean isReady();

    /** What to do whenever the socket takes more again, on the loop. */
    void onReady(Runnable action);

    /** Sends a batch and releases it. */
    void write(ByteBuf batch);

    /** Ends the connection: this client is too slow. */
    void cut(String reason);
  }

  /** What to do with a client that is too slow. */
  enum Policy {
    DROP_OLDEST,
    DISCONNECT
  }

  private record Waiting(byte[] bytes, boolean droppable) {}

  private final Wire wire;
  private final Dialect dialect;
  private final Limits limits;
  private final InstantSource clock;
  private final LongConsumer drops;

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  /** Answers that stood before dropped market data: they go first. */
  private final ArrayDeque<byte[]> kept = new ArrayDeque<>();

  private long bytes;
  private Policy policy = Policy.DROP_OLDEST;
  private boolean flushing;
  private boolean ended;
  private long dropped;
  private @Nullable Instant droppedSince;

  /**
   * An empty outbox.
   *
   * @param drops is told how many messages were dropped, as it happens
   */
  Outbox(Wire wire, Dialect dialect, Limits limits, InstantSource clock, LongConsumer drops) {
    this.wire = wire;
    this.dialect = dialect;
    this.limits = limits;
    this.clock = clock;
    this.drops = drops;
    wire.onReady(this::flush);
  }

  void policy(Policy other) {
    policy = other;
  }

  /** Bytes that wait here, without those that the socket has. */
  long waitingBytes() {
    return bytes;
  }

  /** True while nothing waits and the socket takes more. */
  boolean isIdle() {
    return !ended && waiting.isEmpty() && kept.isEmpty() && dropped == 0 && wire.isReady();
  }

  Batch batch(int expected) {
    return new Batch(wire.allocator(), dialect.form(), expected);
  }

  /** Writes a batch past what waits, which must be nothing: see {@link #isIdle}. */
  void write(ByteBuf batch) {
    wire.write(batch);
  }

  /** Adds market data in this outbox's dialect, to go out with the next {@link #flush}. */
  void data(byte[] element) {
    add(element, true);
  }

  /** Adds an answer or a word about the feed, to go out with the next {@link #flush}. */
  void control(byte[] frame) {
    add(frame, false);
  }

  private void add(byte[] more, boolean droppable) {
    if (ended) {
      return;
    }
    waiting.addLast(new Waiting(more, droppable));
    bytes += more.length;
    while (waiting.size() + kept.size() > limits.messages() || bytes > limits.bytes()) {
      if (!makeRoom()) {
        return;
      }
    }
  }

  private boolean makeRoom() {
    if (policy == Policy.DISCONNECT) {
      cut(TOO_SLOW);
      return false;
    }
    Waiting oldest = waiting.pollFirst();
    while (oldest != null && !oldest.droppable()) {
      kept.addLast(oldest.bytes());
      oldest = waiting.pollFirst();
    }
    if (oldest == null) {
      cut("too many answers wait to be read");
      return false;
    }
    bytes -= oldest.bytes().length;
    drop(1);
    return true;
  }

  /** Counts messages that were lost before they came here, behind what waits. */
  void lost(long count) {
    if (ended) {
      return;
    }
    if (policy == Policy.DISCONNECT) {
      cut(TOO_SLOW);
      return;
    }
    drop(count);
  }

  private void drop(long count) {
    drops.accept(count);
    dropped += count;
    if (droppedSince == null) {
      droppedSince = clock.instant();
    }
  }

  private void cut(String reason) {
    end();
    wire.cut(reason);
  }

  /** Sends what waits, as far as the socket takes it; it goes on when that takes more again. */
  void flush() {
    if (flushing) {
      return;
    }
    flushing = true;
    while (!ended && hasMore() && wire.isReady()) {
      wire.write(next());
    }
    flushing = false;
  }

  private boolean hasMore() {
    return !waiting.isEmpty() || !kept.isEmpty() || dropped > 0;
  }

  private ByteBuf next() {
    Batch batch = batch((int) Math.min(bytes + 256, Group.MOST_BYTES));
    while (!kept.isEmpty()) {
      byte[] frame = kept.removeFirst();
      batch.frame(frame);
      bytes -= frame.length;
    }
    Instant since = droppedSince;
    if (since != null) {
      // Here, between what came before the loss and what came after it.
      byte[] notice = dialect.dropped(dropped, since);
      if (notice != null) {
        batch.frame(notice);
      }
      dropped = 0;
      droppedSince = null;
    }
    Waiting each;
    while (batch.size() < Group.MOST_BYTES && (each = waiting.pollFirst()) != null) {
      bytes -= each.bytes().length;
      if (each.droppable()) {
        batch.add(each.bytes());
      } else {
        batch.frame(each.bytes());
      }
    }
    return batch.finish();
  }

  boolean hasEnded() {
    return ended;
  }

  /** Forgets everything and takes nothing more. */
  void end() {
    ended = true;
    waiting.clear();
    kept.clear();
    bytes = 0;
    dropped = 0;
  }
}
