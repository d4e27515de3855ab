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

  /** What waits. */
  private abstract static sealed class Waiting {
    /** How many messages it holds that may be dropped. */
    int droppable() {
      return 0;
    }

    abstract int size();

    /** Nobody will send it. */
    void forget() {}
  }

  /** An answer, or a word about the feed. */
  private static final class Control extends Waiting {
    private final byte[] frame;

    Control(byte[] frame) {
      this.frame = frame;
    }

    @Override
    int size() {
      return frame.length;
    }
  }

  /** An event; newer ones of its series may take its place when it has one. */
  private static final class Single extends Waiting {
    private final @Nullable Series series;
    private byte[] element;

    Single(byte[] element, @Nullable Series series) {
      this.element = element;
      this.series = series;
    }

    @Override
    int droppable() {
      return 1;
    }

    @Override
    int size() {
      return element.length;
    }
  }

  /** Events that others get as well, in finished frames. */
  private static final class Shared extends Waiting {
    private final ByteBuf frames;
    private final int messages;

    Shared(ByteBuf frames, int messages) {
      this.frames = frames;
      this.messages = messages;
    }

    @Override
    int droppable() {
      return messages;
    }

    @Override
    int size() {
      return frames.readableBytes();
    }

    @Override
    void forget() {
      frames.release();
    }
  }

  private final Wire wire;
  private final Dialect dialect;
  private final Limits limits;
  private final InstantSource clock;
  private final Losses losses;

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  /** Those that newer ones replace. */
  private final Map<Series, Single> replaceable = new HashMap<>();

  /** Answers that stood before dropped market data: they go first. */
  private final ArrayDeque<byte[]> kept = new ArrayDeque<>();

  private long bytes;
  private int messages;
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

  /** False when events must come one by one, since newer ones may have to replace them. */
  boolean takesShared() {
    return wire.isReady() || (policy != Policy.CONFLATE && policy != Policy.CONFLATE_TRADES);
  }

  /**
   * Sends events that others get as well, or keeps them behind what waits.
   *
   * @param frames to be released here
   * @param count how many messages that are
   */
  void data(ByteBuf frames, int count) {
    if (isIdle()) {
      wire.write(frames);
    } else if (ended) {
      frames.release();
    } else {
      add(new Shared(frames, count));
      flush();
    }
  }

  /** Adds market data in this outbox's dialect, to go out with the next {@link #flush}. */
  void data(byte[] element) {
    add(new Single(element, null));
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
    Single older = replaceable.get(series);
    if (older == null) {
      Single first = new Single(element, series);
      replaceable.put(series, first);
      add(first);
    } else {
      bytes += element.length - older.element.length;
      older.element = element;
      drop(1);
      keepLimits();
    }
  }

  /** Adds an answer or a word about the feed, to go out with the next {@link #flush}. */
  void control(byte[] frame) {
    add(new Control(frame));
  }

  private void add(Waiting more) {
    if (ended) {
      more.forget();
      return;
    }
    waiting.addLast(more);
    bytes += more.size();
    messages += Math.max(1, more.droppable());
    keepLimits();
  }

  private void keepLimits() {
    while (messages > limits.messages() || bytes > limits.bytes()) {
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
    while (oldest instanceof Control control) {
      kept.addLast(control.frame);
      oldest = waiting.pollFirst();
    }
    if (oldest == null) {
      cut("too many answers wait to be read");
      return false;
    }
    left(oldest);
    oldest.forget();
    drop(oldest.droppable());
    return true;
  }

  /** Something waits no longer. */
  private void left(Waiting gone) {
    bytes -= gone.size();
    messages -= Math.max(1, gone.droppable());
    if (gone instanceof Single single && single.series != null) {
      replaceable.remove(single.series, single);
    }
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
    if (kept.isEmpty() && droppedSince == null && waiting.peekFirst() instanceof Shared shared) {
      waiting.removeFirst();
      left(shared);
      return shared.frames;
    }
    Batch batch = batch((int) Math.min(bytes + 256, Group.MOST_BYTES));
    while (!kept.isEmpty()) {
      byte[] frame = kept.removeFirst();
      batch.frame(frame);
      bytes -= frame.length;
      messages--;
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
    while (batch.size() < Group.MOST_BYTES && !waiting.isEmpty()) {
      Waiting first = waiting.getFirst();
      switch (first) {
        case Control control -> batch.frame(control.frame);
        case Single single -> batch.add(single.element);
        case Shared shared -> {
          return batch.finish();
        }
      }
      waiting.removeFirst();
      left(first);
    }
    return batch.finish();
  }

  boolean hasEnded() {
    return ended;
  }

  /** Forgets everything and takes nothing more. */
  void end() {
    ended = true;
    waiting.forEach(Waiting::forget);
    waiting.clear();
    replaceable.clear();
    kept.clear();
    bytes = 0;
    messages = 0;
    dropped = 0;
  }
}
