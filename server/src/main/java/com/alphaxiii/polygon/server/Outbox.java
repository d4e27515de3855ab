package com.alphaxiii.polygon.server;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait for one client, in order and bounded. At most one batch is on its way to the
 * socket; what comes meanwhile is the next batch, so the slower a client reads, the fewer and
 * larger its writes. Lives on the client's event loop.
 *
 * <p>When market data no longer fits, the oldest of it goes. Answers to the client itself never do:
 * a client that asks and asks without reading overflows with them, and is cut off.
 */
final class Outbox {
  /** Most bytes of one write. */
  private static final int BATCH = 256 * 1024;

  private static final String TOO_SLOW =
      "too slow: more than this server keeps for one client waited to be read";

  /** What may wait. */
  record Limits(int messages, long bytes) {
    static final Limits DEFAULT = new Limits(65_536, 4L << 20);
  }

  /** The socket below. */
  interface Wire {
    /** Writes frames as one; {@code written} is called on the loop when they have left. */
    void write(List<byte[]> frames, int bytes, Runnable written);

    /** Ends the connection: this client is too slow. */
    void cut(String reason);
  }

  /** What to do with a client that is too slow. */
  enum Policy {
    DROP_OLDEST,
    DISCONNECT
  }

  private record Waiting(byte[] frame, boolean droppable) {}

  private final Wire wire;
  private final Limits limits;
  private final InstantSource clock;
  private final BiFunction<Long, Instant, byte[]> dropNotice;
  private final LongConsumer drops;

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  /** Answers that stood before dropped market data: they go first. */
  private final ArrayDeque<byte[]> kept = new ArrayDeque<>();

  private long bytes;
  private Policy policy = Policy.DROP_OLDEST;
  private boolean writing;
  private boolean ended;
  private long dropped;
  private @Nullable Instant droppedSince;

  /**
   * An empty outbox.
   *
   * @param dropNotice makes the frame that tells a number of dropped messages and since when
   * @param drops is told how many messages were dropped, as it happens
   */
  Outbox(
      Wire wire,
      Limits limits,
      InstantSource clock,
      BiFunction<Long, Instant, byte[]> dropNotice,
      LongConsumer drops) {
    this.wire = wire;
    this.limits = limits;
    this.clock = clock;
    this.dropNotice = dropNotice;
    this.drops = drops;
  }

  void policy(Policy other) {
    policy = other;
  }

  /** Bytes that wait here, without the batch under way. */
  long waitingBytes() {
    return bytes;
  }

  /** Adds market data, to go out with the next {@link #flush}. */
  void data(byte[] frame) {
    add(frame, true);
  }

  /** Adds an answer or a word about the feed, to go out with the next {@link #flush}. */
  void control(byte[] frame) {
    add(frame, false);
  }

  private void add(byte[] frame, boolean droppable) {
    if (ended) {
      return;
    }
    waiting.addLast(new Waiting(frame, droppable));
    bytes += frame.length;
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
      kept.addLast(oldest.frame());
      oldest = waiting.pollFirst();
    }
    if (oldest == null) {
      cut("too many answers wait to be read");
      return false;
    }
    bytes -= oldest.frame().length;
    drop(1);
    return true;
  }

  /** Counts messages that were lost before they came here. */
  void lost(long count) {
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

  /** Sends what waits, unless a batch is still on its way: then that goes on by itself. */
  void flush() {
    if (writing || ended || (waiting.isEmpty() && kept.isEmpty() && dropped == 0)) {
      return;
    }
    List<byte[]> batch = new ArrayList<>();
    int size = 0;
    while (!kept.isEmpty()) {
      byte[] frame = kept.removeFirst();
      batch.add(frame);
      size += frame.length;
      bytes -= frame.length;
    }
    Instant since = droppedSince;
    if (since != null) {
      // Here, between what came before the loss and what came after it.
      byte[] notice = dropNotice.apply(dropped, since);
      batch.add(notice);
      size += notice.length;
      dropped = 0;
      droppedSince = null;
    }
    Waiting next;
    while (size < BATCH && (next = waiting.pollFirst()) != null) {
      batch.add(next.frame());
      size += next.frame().length;
      bytes -= next.frame().length;
    }
    writing = true;
    wire.write(batch, size, this::written);
  }

  private void written() {
    writing = false;
    flush();
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
  }
}
