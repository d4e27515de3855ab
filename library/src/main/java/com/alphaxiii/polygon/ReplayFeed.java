package com.alphaxiii.polygon;

import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Replay;
import com.alphaxiii.polygon.core.ReplayRequest;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays a tape to one sink at the speed asked for, on a virtual thread of its own. */
final class ReplayFeed implements Replay {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayFeed.class);

  /** How soon a change is noticed while the tape is silent. */
  private static final long LONGEST_NAP_NANOS = 20_000_000;

  private final ReplayArchive archive;
  private final ReplayRequest request;
  private final NanoClock nanoClock;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Below: under the lock.
  private Set<Topic> topics = Set.of();
  private @Nullable Consumer<? super MarketEvent> sink;
  private @Nullable Thread thread;
  private double speed;
  private boolean paused;
  private boolean relaid;
  private @Nullable Instant target;
  private boolean closed;

  private volatile FeedStatus status;
  private volatile Instant at;

  // Below: the player's own.
  private final Tape tape;
  private boolean retimed = true;
  private long beganNanos;
  private long beganAt;

  ReplayFeed(ReplayArchive archive, ReplayRequest request, NanoClock nanoClock) {
    this.archive = archive;
    this.request = request;
    this.nanoClock = nanoClock;
    this.tape = new Tape(archive, request);
    this.speed = request.speed();
    this.paused = request.paused();
    this.at = request.start();
    this.status =
        new FeedStatus(FeedStatus.State.IDLE, "a replay from " + request.start(), request.start());
  }

  @Override
  public Subscription subscribe(Set<Topic> wanted, Consumer<? super MarketEvent> target) {
    Tape.check(archive, request, wanted);
    lock.lock();
    try {
      if (sink != null) {
        throw new IllegalStateException("a replay has one subscription");
      }
      sink = target;
      change(wanted);
      thread = Thread.ofVirtual().name("replay").start(this::run);
    } finally {
      lock.unlock();
    }
    return new Played();
  }

  private void change(Set<Topic> wanted) {
    topics = Set.copyOf(wanted);
    relaid = true;
    changed.signalAll();
  }

  private final class Played implements Subscription {
    @Override
    public Set<Topic> topics() {
      lock.lock();
      try {
        return topics;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void add(Set<Topic> more) {
      Set<Topic> all = new HashSet<>(topics());
      all.addAll(more);
      Tape.check(archive, request, all);
      set(all);
    }

    @Override
    public void remove(Set<Topic> less) {
      Set<Topic> rest = new HashSet<>(topics());
      rest.removeAll(less);
      set(rest);
    }

    private void set(Set<Topic> wanted) {
      locked(() -> change(wanted));
    }

    @Override
    public void close() {
      ReplayFeed.this.close();
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public FeedStatus status() {
    return status;
  }

  @Override
  public InstantSource clock() {
    return () -> at;
  }

  @Override
  public void pause() {
    locked(() -> paused = true);
  }

  @Override
  public void resume() {
    locked(() -> paused = false);
  }

  @Override
  public void speed(double other) {
    ReplayRequest.checkSpeed(other);
    locked(
        () -> {
          speed = other;
          relaid = true;
        });
  }

  @Override
  public void seek(Instant to) {
    if (to.isBefore(request.start()) || !to.isBefore(request.end())) {
      throw new PolygonException.InvalidRequest(
          "to",
          to.toString(),
          "%s does not lie within this replay, which goes from %s to %s"
              .formatted(to, request.start(), request.end()));
    }
    locked(() -> target = to);
  }

  /** What the player is to do next. */
  private enum Step {
    PLAY,
    WAIT,
    END
  }

  private void run() {
    try {
      while (true) {
        switch (step()) {
          case END -> {
            return;
          }
          case WAIT -> {}
          case PLAY -> play();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("A replay from {} ends", request.start(), e);
      tell(FeedStatus.State.DOWN, "the replay cannot go on: " + e.getMessage());
    }
  }

  /** Follows what was asked for meanwhile; waits while there is nothing to play. */
  private Step step() throws InterruptedException {
    Set<Topic> lay = null;
    Instant seek;
    lock.lockInterruptibly();
    try {
      boolean rests = paused || topics.isEmpty();
      while (!closed && !relaid && target == null && (rests || isDone())) {
        retimed = true;
        changed.await();
        rests = paused || topics.isEmpty();
      }
      if (closed) {
        return Step.END;
      }
      seek = target;
      target = null;
      if (relaid || seek != null) {
        relaid = false;
        lay = topics;
      }
    } finally {
      lock.unlock();
    }
    if (lay == null) {
      return Step.PLAY;
    }
    if (seek != null) {
      tape.seek(Tape.nanos(seek));
      at = seek;
    }
    tape.play(lay);
    retimed = true;
    if (!lay.isEmpty()) {
      tell(FeedStatus.State.CONNECTED, "a replay from %s at %s".formatted(at, atSpeed()));
    }
    return Step.WAIT;
  }

  private String atSpeed() {
    double now = currentSpeed();
    return now == Double.POSITIVE_INFINITY ? "full speed" : now + " times the speed";
  }

  private double currentSpeed() {
    lock.lock();
    try {
      return speed;
    } finally {
      lock.unlock();
    }
  }

  private boolean isDone() {
    return status.state() == FeedStatus.State.DOWN;
  }

  private void play() throws InterruptedException {
    Long next = tape.peek();
    if (next == null) {
      tell(FeedStatus.State.DOWN, "the tape ends here: nothing more until " + request.end());
      return;
    }
    double now = currentSpeed();
    if (now != Double.POSITIVE_INFINITY) {
      if (retimed) {
        retimed = false;
        beganNanos = nanoClock.nanoTime();
        beganAt = tape.now();
      }
      double due = (next - beganAt) / now;
      double early = due - (nanoClock.nanoTime() - beganNanos);
      if (early > 0) {
        nanoClock.sleep(Duration.ofNanos((long) Math.min(Math.ceil(early), LONGEST_NAP_NANOS)));
        return;
      }
    }
    MarketEvent event = tape.next();
    at = TapePart.instant(tape.now());
    deliver(event);
  }

  private void tell(FeedStatus.State state, String detail) {
    status = new FeedStatus(state, detail, at);
    deliver(status);
  }

  private void deliver(MarketEvent event) {
    Consumer<? super MarketEvent> to;
    lock.lock();
    try {
      to = closed ? null : sink;
    } finally {
      lock.unlock();
    }
    if (to != null) {
      to.accept(event);
    }
  }

  @Override
  public void close() {
    Thread playing;
    lock.lock();
    try {
      closed = true;
      playing = thread;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (playing != null && playing != Thread.currentThread()) {
      playing.interrupt();
    }
  }
}
