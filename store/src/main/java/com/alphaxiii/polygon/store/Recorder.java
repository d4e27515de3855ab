package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.RecordingStatus;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Records what a feed delivers: a sink that returns at once, whatever the disk does. Events go
 * through a bounded queue into a journal, which survives the death of the program, and from there
 * into Parquet files when the New York day or the program ends, or at the next start. What finds no
 * room in the queue is counted, and told in the recording's coverage.
 *
 * <p>Made for one feed, whose one thread calls {@link #accept}. End its subscription before closing
 * it.
 */
public final class Recorder implements Consumer<MarketEvent>, AutoCloseable {
  /** A second of the busiest stream. */
  private static final int WAITING_EVENTS = 1 << 17;

  private final InstantSource clock;
  private final BlockingQueue<RecorderThread.Item> queue;
  private final RecorderThread thread;
  private final LongAdder dropped = new LongAdder();
  private volatile boolean closed;

  // Below: the feed's thread alone.
  private final Deque<RecorderThread.Seen> words = new ArrayDeque<>();
  private long lastTaken;
  private boolean slow;
  private long lost;
  private long lostFrom;

  private Recorder(
      InstantSource clock, BlockingQueue<RecorderThread.Item> queue, RecorderThread thread) {
    this.clock = clock;
    this.queue = queue;
    this.thread = thread;
    this.lastTaken = TickDay.nanos(clock.instant());
  }

  /**
   * Begins to record, and to make files of what earlier sessions left.
   *
   * @param folder root of the recordings; made when missing
   * @param topics that the feed will be asked for
   * @param clock tells when events are received
   * @throws PolygonException.StorageFailure when the folder cannot be written, or another program
   *     records into it
   */
  public static Recorder start(
      Path folder, Set<Topic> topics, InstantSource clock, NanoClock nanoClock) {
    return start(folder, topics, clock, nanoClock, WAITING_EVENTS, Journal.SEGMENT_BYTES);
  }

  static Recorder start(
      Path folder,
      Set<Topic> topics,
      InstantSource clock,
      NanoClock nanoClock,
      int waitingEvents,
      int segmentBytes) {
    RecordingSessions sessions = RecordingSessions.open(folder, segmentBytes);
    try {
      BlockingQueue<RecorderThread.Item> queue = new ArrayBlockingQueue<>(waitingEvents);
      RecorderThread thread = new RecorderThread(sessions, topics, queue, clock, nanoClock);
      thread.start();
      return new Recorder(clock, queue, thread);
    } catch (RuntimeException e) {
      sessions.close();
      throw e;
    }
  }

  @Override
  public void accept(MarketEvent event) {
    if (closed) {
      return;
    }
    RecorderThread.Seen seen = new RecorderThread.Seen(event, TickDay.nanos(clock.instant()));
    if ((!slow || endSpell(seen.received())) && queue.offer(seen)) {
      lastTaken = seen.received();
      return;
    }
    if (!slow) {
      slow = true;
      lost = 0;
      lostFrom = lastTaken;
    }
    if (event instanceof TickerEvent) {
      lost++;
      dropped.increment();
    } else {
      // Word about the feed is rare, and must not be lost.
      words.add(seen);
    }
  }

  /** Ends a slow spell once there is room: first what was lost, then what the feed said. */
  private boolean endSpell(long now) {
    if (queue.remainingCapacity() <= words.size() + 1) {
      return false;
    }
    // Nobody else puts anything in, so there is room for all of these.
    slow = !queue.offer(loss(now));
    while (!words.isEmpty() && queue.offer(words.peek())) {
      words.remove();
    }
    return !slow;
  }

  private RecorderThread.Lost loss(long now) {
    return new RecorderThread.Lost(lost, lostFrom, now, "the disk was too slow");
  }

  /** How it goes. */
  public RecordingStatus status() {
    return thread.status(dropped.sum());
  }

  /** Writes what waits, ends the session and makes files of it; that may take a while. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    thread.end(slow ? loss(TickDay.nanos(clock.instant())) : null);
  }
}
