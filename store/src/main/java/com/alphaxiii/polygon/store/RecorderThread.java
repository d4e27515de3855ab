package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.RecordingStatus;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes what a recorder took. A disk that fails costs the events of that time,
 * which are counted; another session is begun every few seconds until one works.
 */
final class RecorderThread implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RecorderThread.class);

  private static final int MOST_AT_ONCE = 8_192;
  private static final long IDLE_MILLIS = 200;
  private static final long FORCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** What waits to be written. */
  sealed interface Item {}

  record Seen(MarketEvent event, long received) implements Item {}

  record Lost(long count, long from, long to, String why) implements Item {}

  private record End(@Nullable Lost lost) implements Item {}

  private final RecordingSessions sessions;
  private final Set<Topic> topics;
  private final BlockingQueue<Item> queue;
  private final InstantSource clock;
  private final NanoClock nanoClock;
  private final Instant since;
  private final Thread thread = Thread.ofPlatform().daemon().name("recorder").unstarted(this);
  private final ExecutorService files =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("recorder-files").factory());
  private final AtomicInteger waiting = new AtomicInteger();

  // Written by this thread, read by all.
  private final AtomicLong recorded = new AtomicLong();
  private final AtomicLong gaps = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile long lastReceived;
  private volatile @Nullable String problem;

  // Below: this thread alone.
  private final Set<Market> connected = EnumSet.noneOf(Market.class);
  private @Nullable Journal journal;
  private LocalDate day;
  private long lastForce;
  private long retryAt;
  private long failedSince;
  private long failedCount;

  /** Events that the operating system has not taken yet. */
  private int untaken;

  private long lastTaken;
  private boolean ended;

  RecorderThread(
      RecordingSessions sessions,
      Set<Topic> topics,
      BlockingQueue<Item> queue,
      InstantSource clock,
      NanoClock nanoClock) {
    this.sessions = sessions;
    this.topics = Set.copyOf(topics);
    this.queue = queue;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.since = clock.instant();
    this.day = today();
  }

  /** Begins a session, and with files of what earlier ones left. */
  void start() {
    sessions.unfinished().forEach(this::finishLater);
    lastReceived = 0;
    failedSince = now();
    begin();
    String failure = problem;
    if (failure != null) {
      throw new PolygonException.StorageFailure(failure, null);
    }
    thread.start();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), Market.NEW_YORK);
  }

  private long now() {
    return TickDay.nanos(clock.instant());
  }

  @Override
  public void run() {
    List<Item> batch = new ArrayList<>(MOST_AT_ONCE);
    while (!ended) {
      try {
        Item first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, MOST_AT_ONCE - 1);
        }
      } catch (InterruptedException e) {
        // Nobody interrupts this thread but a program that ends; what is queued is written yet.
        LOG.debug("interrupted while recording", e);
      }
      if (journal == null && nanoClock.nanoTime() - retryAt >= 0) {
        begin();
      }
      if (journal != null && !today().equals(day)) {
        endSession("the day ended");
        begin();
      }
      batch.forEach(this::write);
      batch.clear();
      settle();
    }
  }

  private void begin() {
    try {
      Journal begun = sessions.begin(clock.instant());
      journal = begun;
      day = today();
      long now = now();
      begun.append(
          JournalWord.BEGIN,
          now,
          topics.stream().map(Topic::toString).sorted().collect(Collectors.joining(" ")));
      for (Market market : connected) {
        begun.append(JournalWord.CONNECTED, now, market.path());
      }
      if (failedCount > 0) {
        lost(new Lost(failedCount, failedSince, now, "the disk failed"));
      }
      begun.force();
      failedCount = 0;
      problem = null;
    } catch (IOException | RuntimeException e) {
      // Whatever it is, this thread must live: it tries again, and takes what comes until then.
      fail(e);
    }
  }

  private void write(Item item) {
    Journal open = journal;
    if (open == null) {
      switch (item) {
        case Seen(MarketEvent event, long received) -> unwritten(event);
        case Lost lost -> failedCount += lost.count();
        case End end -> ended = true;
      }
      return;
    }
    try {
      switch (item) {
        case Seen(TickerEvent event, long received) -> {
          open.append(event, received);
          recorded.incrementAndGet();
          lastReceived = received;
          untaken++;
        }
        case Seen(FeedStatus status, long received) -> status(open, status, received);
        case Seen(Gap gap, long received) -> gap(open, gap, received);
        case Lost lost -> lost(lost);
        case End(Lost lost) -> {
          if (lost != null) {
            lost(lost);
          }
          endSession("the recorder was closed");
          ended = true;
        }
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
      write(item);
    }
  }

  /** An event while nothing can be written. */
  private void unwritten(MarketEvent event) {
    switch (event) {
      case TickerEvent data -> {
        failedCount++;
        failed.incrementAndGet();
      }
      case FeedStatus status -> note(status);
      case Gap gap -> gaps.incrementAndGet();
    }
  }

  private void lost(Lost lost) throws IOException {
    Journal open = journal;
    if (open != null && lost.count() > 0) {
      open.append(
          JournalWord.LOST,
          lost.to(),
          "%d %d %d %s".formatted(lost.count(), lost.from(), lost.to(), lost.why()));
    }
  }

  private void note(FeedStatus status) {
    Set<Market> of = status.market().map(EnumSet::of).orElseGet(() -> EnumSet.allOf(Market.class));
    if (status.state() == FeedStatus.State.CONNECTED) {
      connected.addAll(of);
    } else {
      connected.removeAll(of);
    }
  }

  private void status(Journal open, FeedStatus status, long received) throws IOException {
    note(status);
    open.append(
        status.state() == FeedStatus.State.CONNECTED
            ? JournalWord.CONNECTED
            : JournalWord.DISCONNECTED,
        received,
        status.market().map(Market::path).orElse(""));
  }

  private void gap(Journal open, Gap gap, long received) throws IOException {
    gaps.incrementAndGet();
    Set<Topic> lost = new TreeSet<>(Comparator.comparing(Topic::toString));
    lost.addAll(gap.topics());
    String text = CoverageLog.gap(TickDay.nanos(gap.from()), TickDay.nanos(gap.to()), lost);
    if (text != null) {
      open.append(JournalWord.GAP, received, text);
    }
  }

  /** Gives what was written to the operating system, and once a second to the disk. */
  private void settle() {
    Journal open = journal;
    if (open == null) {
      return;
    }
    try {
      long time = nanoClock.nanoTime();
      if (time - lastForce >= FORCE_NANOS) {
        lastForce = time;
        open.append(JournalWord.ALIVE, now(), "");
        open.force();
      } else {
        open.flush();
      }
      untaken = 0;
      lastTaken = lastReceived;
    } catch (IOException e) {
      fail(e);
    }
  }

  private void endSession(String why) {
    Journal open = journal;
    if (open == null) {
      return;
    }
    journal = null;
    try (open) {
      open.append(JournalWord.END, now(), why);
      open.force();
    } catch (IOException e) {
      fail(e);
    }
    finishLater(open.session());
  }

  private void fail(Exception e) {
    Journal broken = journal;
    journal = null;
    retryAt = nanoClock.nanoTime() + RETRY_NANOS;
    failedSince = Math.max(failedSince, lastTaken);
    failedCount += untaken;
    failed.addAndGet(untaken);
    recorded.addAndGet(-untaken);
    untaken = 0;
    if (problem == null) {
      LOG.warn("Nothing is recorded into {}: {}", sessions.root(), e.toString());
    }
    problem =
        "the recording cannot be written (%s): see that the disk has room and is well".formatted(e);
    if (broken != null) {
      try {
        broken.close();
      } catch (IOException again) {
        LOG.debug("the journal cannot be closed either", again);
      }
      // What it holds is whole up to where the disk failed.
      finishLater(broken.session());
    }
  }

  private void finishLater(String session) {
    waiting.incrementAndGet();
    files.execute(
        () -> {
          try {
            sessions.finish(session);
            waiting.decrementAndGet();
          } catch (IOException | RuntimeException e) {
            LOG.warn(
                "No files can be made of the recording {} now ({}); its journal stays, and is"
                    + " tried again at the next start",
                session,
                e.toString());
          }
        });
  }

  /**
   * How it goes.
   *
   * @param dropped events that found no room in the queue
   */
  RecordingStatus status(long dropped) {
    long last = lastReceived;
    return new RecordingStatus(
        topics,
        since,
        recorded.get(),
        dropped + failed.get(),
        gaps.get(),
        last == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(0, last)),
        waiting.get(),
        Optional.ofNullable(problem));
  }

  /** Ends the recording after what waits, and returns when all of it lies in files. */
  void end(@Nullable Lost lost) {
    boolean interrupted = false;
    boolean asked = false;
    while (true) {
      try {
        if (!asked) {
          queue.put(new End(lost));
          asked = true;
        }
        thread.join();
        files.shutdown();
        while (!files.awaitTermination(1, TimeUnit.MINUTES)) {
          LOG.info("Making files of what was recorded into {}", sessions.root());
        }
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    sessions.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
