package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.TickerEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
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
    /** It loses the oldest of what waits for it. */
    DROP_OLDEST,

    /**
     * Of each ticker's quotes, bars and so on only the newest waits, in the place of the one
     * before; trades as with {@link #DROP_OLDEST}.
     */
    CONFLATE,

    /** As with {@link #CONFLATE}, and of each ticker only the newest trade waits as well. */
    CONFLATE_TRADES,

    /** It is disconnected rather than that it loses anything. */
    DISCONNECT;

    boolean conflates(Channel channel) {
      return this == CONFLATE_TRADES || (this == CONFLATE && channel != Channel.TRADES);
    }

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Is told how many messages were lost to a client of a policy, as it happens. */
  interface Losses {
    void lost(Policy policy, long messages);
  }

  /** What waits: market data when it may be dropped, and of a series when newer replaces it. */
  private static final class Waiting {
    private final boolean droppable;
    private final @Nullable Series series;
    private byte[] bytes;

    Waiting(byte[] bytes, boolean droppable, @Nullable Series series) {
      this.bytes = bytes;
      this.droppable = droppable;
      this.series = series;
    }
  }

  private final Wire wire;
  private final Dialect dialect;
  private final Limits limits;
  private final InstantSource clock;
  private final Losses losses;

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  /** Those that newer ones replace. */
  private final Map<Series, Waiting> replaceable = new HashMap<>();

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
   * @param losses is told how many messages were lost, as it happens
   */
  Outbox(Wire wire, Dialect dialect, Limits limits, InstantSource clock, Losses losses) {
    this.wire = wire;
    this.dialect = dialect;
    this.limits = limits;
    this.clock = clock;
    this.losses = losses;
    wire.onReady(this::flush);
  }

  void policy(Policy other) {
    policy = other;
    replaceable.clear();
  }

  /** Bytes that wait here, without those that the socket has. */
  long waitingBytes() {
    return bytes;
  }

  /** How much of what may wait does, from 0 to 1. */
  double fullness() {
    return Math.max(
        (double) bytes / limits.bytes(),
        (double) (waiting.size() + kept.size()) / limits.messages());
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
    add(new Waiting(element, true, null));
  }

  /**
   * Adds an event, which newer ones of its ticker and channel may replace while the client is slow,
   * if that is its policy.
   */
  void data(TickerEvent event, byte[] element) {
    if (wire.isReady() || !policy.conflates(event.channel())) {
      data(element);
      return;
    }
    Series series = Series.of(event);
    Waiting older = replaceable.get(series);
    if (older == null) {
      Waiting first = new Waiting(element, true, series);
      replaceable.put(series, first);
      add(first);
    } else {
      bytes += element.length - older.bytes.length;
      older.bytes = element;
      drop(1);
      keepLimits();
    }
  }

  /** Adds an answer or a word about the feed, to go out with the next {@link #flush}. */
  void control(byte[] frame) {
    add(new Waiting(frame, false, null));
  }

  private void add(Waiting more) {
    if (ended) {
      return;
    }
    waiting.addLast(more);
    bytes += more.bytes.length;
    keepLimits();
  }

  private void keepLimits() {
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
    Waiting oldest = poll();
    while (oldest != null && !oldest.droppable) {
      kept.addLast(oldest.bytes);
      oldest = poll();
    }
    if (oldest == null) {
      cut("too many answers wait to be read");
      return false;
    }
    bytes -= oldest.bytes.length;
    drop(1);
    return true;
  }

  private @Nullable Waiting poll() {
    Waiting first = waiting.pollFirst();
    if (first != null && first.series != null) {
      replaceable.remove(first.series, first);
    }
    return first;
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
    losses.lost(policy, count);
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
    while (batch.size() < Group.MOST_BYTES && (each = poll()) != null) {
      bytes -= each.bytes.length;
      if (each.droppable) {
        batch.add(each.bytes);
      } else {
        batch.frame(each.bytes);
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
    replaceable.clear();
    kept.clear();
    bytes = 0;
    dropped = 0;
  }
}
