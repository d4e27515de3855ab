package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Topic;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** One WebSocket client: what it asked for and what waits for it. Lives on its event loop. */
final class Subscriber {
  private final String id;
  private final Shard shard;
  private final Hub hub;
  private final Outbox outbox;
  private final InstantSource clock;

  /** What the client asked for. */
  private final Set<Topic> topics = new HashSet<>();

  /** What is routed here: without symbols of a channel whose {@code *} is routed. */
  private Set<Topic> routed = Set.of();

  private boolean touched;
  private boolean gone;
  private Runnable farewell = () -> {};
  private Runnable heartbeat = () -> {};

  /** Messages lost before they reached the loop; counted by the feed's thread. */
  private final AtomicLong missed = new AtomicLong();

  Subscriber(String id, Shard shard, Hub hub, Outbox outbox, InstantSource clock) {
    this.id = id;
    this.shard = shard;
    this.hub = hub;
    this.outbox = outbox;
    this.clock = clock;
  }

  String id() {
    return id;
  }

  Shard shard() {
    return shard;
  }

  void onGoingAway(Runnable action) {
    farewell = action;
  }

  void onHeartbeat(Runnable action) {
    heartbeat = action;
  }

  void goAway() {
    flush();
    farewell.run();
  }

  void heartbeat() {
    heartbeat.run();
  }

  /** Greets the client. */
  void greet() {
    outbox.control(Messages.connected(id, clock.instant()));
    outbox.control(Messages.status(hub.status()));
    flush();
  }

  /** Follows a message of the client. */
  void receive(String message) {
    if (outbox.hasEnded()) {
      return;
    }
    try {
      switch (ClientRequest.parse(message)) {
        case ClientRequest.Subscribe subscribe -> subscribe(subscribe);
        case ClientRequest.Unsubscribe unsubscribe -> unsubscribe(unsubscribe);
        case ClientRequest.Ping ping -> outbox.control(Messages.pong(clock.instant()));
        case ClientRequest.ListTopics list -> outbox.control(Messages.subscriptions(topics));
      }
    } catch (ClientRequest.Refused e) {
      refuse(e.code(), e.detail());
    }
    flush();
  }

  /** Tells the client what is wrong; the connection lives. */
  void refuse(String code, String message) {
    outbox.control(Messages.error(code, message));
    flush();
  }

  private void subscribe(ClientRequest.Subscribe request) throws ClientRequest.Refused {
    Set<Topic> more = new HashSet<>(topics);
    more.addAll(request.topics());
    long symbols = more.stream().map(Topic::symbol).distinct().count();
    if (symbols > ClientRequest.MOST_SYMBOLS) {
      throw new ClientRequest.Refused(
          "too_many_symbols",
          "%d symbols would be subscribed; at most %d a client, or '*' for all"
              .formatted(symbols, ClientRequest.MOST_SYMBOLS));
    }
    topics.addAll(more);
    if (request.policy() != null) {
      outbox.policy(request.policy());
    }
    // Before the first event that this lets through.
    outbox.control(Messages.confirmed("subscribed", request.symbols(), request.channels()));
    route();
  }

  private void unsubscribe(ClientRequest.Unsubscribe request) {
    topics.removeIf(request::gives);
    route();
    outbox.control(Messages.confirmed("unsubscribed", request.symbols(), request.channels()));
  }

  /** The feed does not have a topic: the client is told, and the topic forgotten. */
  void giveUp(Topic topic, String message) {
    if (topics.remove(topic)) {
      route();
      refuse("bad_symbol", message);
    }
  }

  private void route() {
    Set<Topic> wanted = new HashSet<>(topics);
    wanted.removeIf(topic -> !topic.isAll() && topics.contains(topic.whole()));
    Set<Topic> more = new HashSet<>(wanted);
    more.removeAll(routed);
    Set<Topic> less = new HashSet<>(routed);
    less.removeAll(wanted);
    routed = wanted;
    if (!more.isEmpty() || !less.isEmpty()) {
      hub.change(this, more, less);
    }
  }

  void data(byte[] frame) {
    outbox.data(frame);
  }

  void control(byte[] frame) {
    outbox.control(frame);
  }

  /** Tells the part of a gap that concerns this client. */
  void gap(Gap gap) {
    Set<Topic> lost = new HashSet<>();
    for (Topic topic : gap.topics()) {
      if (routed.contains(topic) || routed.contains(topic.whole())) {
        lost.add(topic);
      } else if (topic.isAll()) {
        routed.stream().filter(mine -> mine.whole().equals(topic)).forEach(lost::add);
      }
    }
    Map<Set<String>, Set<Channel>> groups = Messages.together(Messages.byChannel(lost));
    groups.forEach(
        (symbols, channels) ->
            outbox.control(Messages.gap(symbols, channels, gap.from(), gap.to())));
  }

  /** From the feed's thread: a message for this client found no room on the way to its loop. */
  void missed() {
    missed.incrementAndGet();
  }

  /** Marks that something was added; false when it was marked already. */
  boolean touch() {
    boolean first = !touched;
    touched = true;
    return first;
  }

  void flush() {
    touched = false;
    long lost = missed.get() == 0 ? 0 : missed.getAndSet(0);
    if (lost > 0) {
      outbox.lost(lost);
    }
    outbox.flush();
  }

  /** The connection is no more; does nothing the second time. */
  void leave() {
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
