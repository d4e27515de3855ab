package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Replay;
import com.alphaxiii.polygon.core.ReplayRequest;
import com.alphaxiii.polygon.core.Topic;
import java.time.Instant;
import java.util.Set;

/** A client of a replay: all times that it is told are those of the tape. */
final class ReplaySubscriber extends OwnSubscriber {
  private final Replay replay;

  ReplaySubscriber(String id, ReplayDoor.Room room, Outbox outbox) {
    super(id, room.shard(), room.hub(), outbox, room.replay().clock());
    this.replay = room.replay();
  }

  @Override
  void greet() {
    say(Messages.replaying(id(), replay.clock().instant()));
    say(Messages.status(hub().status()));
    flush();
  }

  @Override
  void checkHistory(Set<Topic> more, Instant since) throws ClientRequest.Refused {
    throw new ClientRequest.Refused(
        "unsupported", "a replay has no history before it: begin it earlier, or seek");
  }

  @Override
  void turn(ClientRequest.Turn turn) throws ClientRequest.Refused {
    try {
      switch (turn.action()) {
        case "pause" -> replay.pause();
        case "resume" -> replay.resume();
        case "seek" -> replay.seek(ReplayRequest.time("to", turn.value()));
        default -> replay.speed(ReplayRequest.speed(turn.value()));
      }
    } catch (PolygonException.InvalidRequest e) {
      throw new ClientRequest.Refused("bad_request", String.valueOf(e.getMessage()));
    }
    say(Messages.turned(turn.action(), turn.value()));
  }
}
