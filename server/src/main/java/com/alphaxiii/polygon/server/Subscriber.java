package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Topic;
import io.netty.buffer.ByteBuf;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket client: what it receives and what waits for it. What it says and is told, besides
 * market data, is a matter of its protocol, and so of the subclass. Lives on its event loop.
 */
abstract class Subscriber {
  private final String id;
  private final Dialect dialect;
  private final Shard shard;
  private final Hub hub;
  private final Outbox outbox;

  /** What the client asked for. */
  private final Set<Topic> topics = new HashSet<>();

  /** What is routed here: without symbols of a channel whose {@code *} is routed. */
  private Set<Topic> routed = Set.of();

  /** What the snapshots held, until all that was on its way meanwhile has come. */
  private @Nullable Sieve sieve;

  private boolean gone;
  private Runnable farewell = () -> {};
  private Runnable heartbeat = () -> {};

  Subscriber(String id, Dialect dialect, Shard shard, Hub hub, Outbox outbox) {
    this.id = id;
    this.dialect = dialect;
    this.shard = shard;
    this.hub = hub;
    this.outbox = outbox;
  }

  /** Greets the client that has just come. */
  abstract void greet();

  /** Follows a text message of the client. */
  abstract void receive(String message);

  /** A binary message has come, which no protocol here knows. */
  abstract void receiveBinary();

  /** Tells how the feed stands. */
  abstract void tell(FeedStatus status);

  /** Tells the part of a gap that concerns this client; see {@link #lostTo}. */
  abstract void tell(Gap gap);

  /** The feed does not have a topic, and it has been given up: tells why. */
  abstract void refused(Topic topic, String why);

  final String id() {
    return id;
  }

  final Shard shard() {
    return shard;
  }

  final Hub hub() {
    return hub;
  }

  /** What tells the subscribers that have these topics from others. */
  final Group.Key key(Set<Topic> routed) {
    return new Group.Key(shard, dialect, routed);
  }

  final void onGoingAway(Runnable action) {
    farewell = action;
  }

  final void onHeartbeat(Runnable action) {
    heartbeat = action;
  }

  final void goAway() {
    flush();
    farewell.run();
  }

  final void heartbeat() {
    heartbeat.run();
  }

  /** What the client has asked for; not to be changed. */
  final Set<Topic> topics() {
    return Collections.unmodifiableSet(topics);
  }

  /** From now on these topics too. */
  final void subscribe(Collection<Topic> more) {
    topics.addAll(more);
    route();
  }

  /** From now on none of these topics. */
  final void unsubscribe(Predicate<Topic> less) {
    topics.removeIf(less);
    route();
  }

  /** The feed does not have a topic: the client is told, and the topic forgotten. */
  final void giveUp(Topic topic, String why) {
    if (topics.remove(topic)) {
      route();
      refused(topic, why);
    }
  }

  private void route() {
    Set<Topic> wanted = new HashSet<>(topics);
    wanted.removeIf(topic -> !topic.isAll() && topics.contains(topic.whole()));
    if (!wanted.equals(routed)) {
      Set<Topic> before = routed;
      routed = Set.copyOf(wanted);
      hub.move(this, before, routed);
    }
  }

  /** Those topics of a gap that this client receives. */
  final Set<Topic> lostTo(Gap gap) {
    Set<Topic> lost = new HashSet<>();
    for (Topic topic : gap.topics()) {
      if (routed.contains(topic) || routed.contains(topic.whole())) {
        lost.add(topic);
      } else if (topic.isAll()) {
        routed.stream().filter(mine -> mine.whole().equals(topic)).forEach(lost::add);
      }
    }
    return lost;
  }

  final void policy(Outbox.Policy policy) {
    outbox.policy(policy);
  }

  /** Puts a frame behind what waits, to go out with the next {@link #flush}. */
  final void say(byte[] frame) {
    outbox.control(frame);
  }

  /** True while nothing waits here and the socket takes more: then {@link #write} is allowed. */
  final boolean keepsUp() {
    return sieve == null && outbox.isIdle();
  }

  /** Writes a batch that others get as well, past the outbox. */
  final void write(ByteBuf batch) {
    outbox.write(batch);
  }

  /** An empty batch in this client's dialect. */
  final Batch batch(int expected) {
    return outbox.batch(expected);
  }

  /** Puts market data behind what waits. */
  final void data(Group.Data data) {
    Sieve held = sieve;
    if (held != null && held.isDone(data.sequence())) {
      sieve = null;
    } else if (held != null && !held.passes(data.event(), data.sequence())) {
      return;
    }
    outbox.data(data.event(), data.bytes());
  }

  /** Sends the last event known of each of these topics, which are routed here already. */
  final void snapshot(Collection<Topic> known) {
    EventEncoder encoder = hub.encoder(dialect);
    for (Topic topic : known) {
      for (LastEvents.Seen seen : hub.last(topic)) {
        if (sieve == null) {
          sieve = new Sieve();
        }
        sieve.know(seen);
        outbox.data(encoder.encode(seen.event(), new Marks(true, false, seen.revision())));
      }
    }
  }

  /** Messages for this client found no room on the way to its loop. */
  final void lost(long messages) {
    outbox.lost(messages);
  }

  final void flush() {
    outbox.flush();
  }

  /** True when the client is cut off or gone. */
  final boolean hasEnded() {
    return outbox.hasEnded();
  }

  /** It has sent more messages than it may, and is disconnected. */
  void tooMany(String why) {}

  /** The connection is no more; does nothing the second time. */
  final void leave() {
    if (gone) {
      return;
    }
    gone = true;
    outbox.end();
    topics.clear();
    route();
    shard.leave(this);
  }
}
