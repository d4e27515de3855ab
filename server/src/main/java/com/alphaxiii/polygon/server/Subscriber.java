package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket client: what it receives and what waits for it. What it says and is told, besides
 * market data, is a matter of its protocol, and so of the subclass. Lives on its event loop.
 */
abstract class Subscriber {
  /** So long after history was joined its last events may come live. */
  private static final long AFTERMATH_SECONDS = 30;

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

  /** Topics that are on their way from history to live, and not routed yet. */
  private final List<Join> joins = new ArrayList<>();

  /** Those that were opened lately: events that history brought may yet come live. */
  private final List<Join> aftermath = new ArrayList<>();

  /** What this client is owed of gaps. */
  private final Debts debts = new Debts();

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

  /** Tells what became of a gap, as far as it concerns this client. */
  abstract void tell(GapOutcome outcome);

  /** Tells that history has come to where live began. */
  abstract void tellLive(Map<Topic, Integer> counts);

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

  /** These topics too, with their history first. */
  final void subscribe(Collection<Topic> more, Instant since) {
    topics.addAll(more);
    Join join = hub.join(this, more, since);
    joins.add(join);
  }

  /** Topics whose history has not come to where live began. */
  final Set<Topic> joining() {
    Set<Topic> all = new HashSet<>();
    joins.forEach(join -> all.addAll(join.topics()));
    return all;
  }

  /** From now on none of these topics. */
  final void unsubscribe(Predicate<Topic> less) {
    List<Topic> given = topics.stream().filter(less).toList();
    given.forEach(topics::remove);
    for (Join join : List.copyOf(joins)) {
      join.drop(given);
      if (join.topics().isEmpty()) {
        joins.remove(join);
        hub.leave(join);
      }
    }
    aftermath.forEach(join -> join.drop(given));
    route();
  }

  /** History has come to where live began; false when it has to come further after all. */
  final boolean open(Join join) {
    if (!joins.contains(join)) {
      return true;
    }
    if (!join.open(this::live)) {
      return false;
    }
    joins.remove(join);
    if (!join.isOver()) {
      aftermath.add(join);
      shard.loop().schedule(() -> aftermath.remove(join), AFTERMATH_SECONDS, TimeUnit.SECONDS);
    }
    Map<Topic, Integer> counts = join.counts();
    Set<Topic> before = routed;
    routed = wanted();
    hub.open(join, before, routed);
    tellLive(counts);
    flush();
    return true;
  }

  /** A live event past the groups. */
  final void live(TickerEvent event) {
    if (!repeats(event)) {
      outbox.data(hub.encode(dialect, event));
    }
  }

  /** True when history that the client asked for has brought an event already. */
  private boolean repeats(TickerEvent event) {
    if (aftermath.isEmpty()) {
      return false;
    }
    boolean had = aftermath.stream().anyMatch(join -> join.repeats(event));
    aftermath.removeIf(Join::isOver);
    return had;
  }

  /** The feed does not have a topic: the client is told, and the topic forgotten. */
  final void giveUp(Topic topic, String why) {
    if (topics.contains(topic)) {
      unsubscribe(topic::equals);
      refused(topic, why);
    }
  }

  private Set<Topic> wanted() {
    Set<Topic> wanted = new HashSet<>(topics);
    wanted.removeIf(topic -> !topic.isAll() && topics.contains(topic.whole()));
    wanted.removeAll(joining());
    return Set.copyOf(wanted);
  }

  private void route() {
    Set<Topic> wanted = wanted();
    if (!wanted.equals(routed)) {
      Set<Topic> before = routed;
      routed = wanted;
      hub.move(this, before, routed);
      debts.keep(this::receives);
    }
  }

  private boolean receives(Topic topic) {
    return routed.contains(topic) || routed.contains(topic.whole());
  }

  /** A gap of the feed: what of it concerns this client is told, and owed where it takes it. */
  final void lose(Gap gap) {
    if (takesLate()) {
      debts.owe(gap, lostTo(gap));
    }
    tell(gap);
  }

  /** Whether it takes events late that the stream had missed. */
  boolean takesLate() {
    return true;
  }

  /** A part of what is owed of a gap; how full the outbox is then, from 0 to 1. */
  final double backfill(Gap gap, List<TickerEvent> events, List<byte[]> frames) {
    Debts.Owed owed = debts.of(gap);
    if (owed == null || outbox.hasEnded()) {
      return 0;
    }
    for (int i = 0; i < events.size(); i++) {
      TickerEvent event = events.get(i);
      if (owed.includes(event) && !repeats(event)) {
        outbox.data(dialect == Dialect.OWN ? frames.get(i) : hub.encode(dialect, event));
      }
    }
    outbox.flush();
    return outbox.fullness();
  }

  /** A part of the history that this client asked for; how full the outbox is then. */
  final double backfill(List<byte[]> frames) {
    if (outbox.hasEnded()) {
      return 0;
    }
    frames.forEach(outbox::data);
    outbox.flush();
    return outbox.fullness();
  }

  /** What became of a gap is told of the topics that are owed. */
  final void tell(Gap gap, GapOutcome outcome) {
    Debts.Owed owed = debts.of(gap);
    if (owed != null) {
      outcome.among(owed.topics()).ifPresent(this::tell);
    }
  }

  /** Nothing of a gap is owed any more. */
  final void forget(Gap gap) {
    debts.forget(gap);
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

  /** True while nothing waits here and the socket takes more. */
  final boolean keepsUp() {
    return outbox.isIdle();
  }

  /** False when events must come one by one, since some of them may not be sent. */
  final boolean takesShared() {
    return sieve == null && aftermath.isEmpty() && outbox.takesShared();
  }

  /** Takes frames that others get as well, with so many messages, and releases them. */
  final void data(ByteBuf frames, int messages) {
    outbox.data(frames, messages);
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
    if (!repeats(data.event())) {
      outbox.data(data.event(), data.bytes());
    }
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
    unsubscribe(topic -> true);
    shard.leave(this);
  }
}
