package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.LiveHistory;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Replay;
import com.alphaxiii.polygon.core.ReplayRequest;
import com.alphaxiii.polygon.core.ReplaySource;
import io.netty.channel.EventLoop;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Replays for the clients of one event loop: each has a hub of its own over a tape of its own. */
final class ReplayDoor {
  /** More than are played between two looks at the client. */
  private static final int QUEUE = 4 * ReplayPace.STRIDE;

  private final ReplaySource replays;
  private final Executor workers;
  private final EventLoop loop;

  /** Nothing is asked of the vendor for a replay. */
  private final Recovery recovery;

  private final Set<Subscriber> players = new LinkedHashSet<>();

  ReplayDoor(ReplaySource replays, LiveHistory history, Executor workers, EventLoop loop) {
    this.recovery =
        new Recovery(
            history, new GapLimits(true, 0, GapLimits.DEFAULT.longest(), 0), Recovery.CALM);
    this.replays = replays;
    this.workers = workers;
    this.loop = loop;
  }

  /**
   * The replay that a query asks for; empty when it asks for none.
   *
   * @throws PolygonException.InvalidRequest when there can be no such replay
   */
  static Optional<ReplayRequest> request(@Nullable String query) {
    RawQuery asked = RawQuery.of(query);
    String start = asked.find("replay");
    return start == null
        ? Optional.empty()
        : Optional.of(
            ReplayRequest.parse(
                start,
                asked.find("until"),
                asked.find("speed"),
                asked.find("source"),
                asked.find("paused")));
  }

  /** What one client's replay needs. */
  final class Room {
    private final Replay replay;
    private final ReplayPace pace;
    private final Hub hub;
    private final Shard shard;

    private Room(Replay replay) {
      this.replay = replay;
      this.pace = new ReplayPace(replay);
      this.hub = new Hub(pace, recovery, replay.clock(), NanoClock.system(), workers, QUEUE);
      this.shard = hub.shard(loop);
    }

    Replay replay() {
      return replay;
    }

    Hub hub() {
      return hub;
    }

    Shard shard() {
      return shard;
    }

    /** The client is there. */
    void enter(Subscriber subscriber) {
      pace.follow(shard, subscriber);
      shard.join(subscriber);
      players.add(subscriber);
    }

    /** It has gone. */
    void leave(Subscriber subscriber) {
      players.remove(subscriber);
      // Not on the loop, which the tape may be waiting for.
      workers.execute(hub::close);
    }
  }

  Room open(ReplayRequest request) {
    return new Room(replays.open(request));
  }

  /** Does something with each client, on the loop. */
  void forEach(Consumer<Subscriber> action) {
    List.copyOf(players).forEach(action);
  }
}
