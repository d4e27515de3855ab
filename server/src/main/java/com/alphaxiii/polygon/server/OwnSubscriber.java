package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Topic;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A client of {@code /ws/{client_id}}, which speaks this server's own protocol. */
final class OwnSubscriber extends Subscriber {
  private final InstantSource clock;

  OwnSubscriber(String id, Shard shard, Hub hub, Outbox outbox, InstantSource clock) {
    super(id, Dialect.OWN, shard, hub, outbox);
    this.clock = clock;
  }

  @Override
  void greet() {
    say(Messages.connected(id(), clock.instant()));
    say(Messages.status(hub().status()));
    flush();
  }

  @Override
  void receive(String message) {
    if (hasEnded()) {
      return;
    }
    try {
      switch (ClientRequest.parse(message)) {
        case ClientRequest.Subscribe subscribe -> subscribe(subscribe);
        case ClientRequest.Unsubscribe unsubscribe -> unsubscribe(unsubscribe);
        case ClientRequest.Ping ping -> say(Messages.pong(clock.instant()));
        case ClientRequest.ListTopics list -> say(Messages.subscriptions(topics()));
      }
    } catch (ClientRequest.Refused e) {
      refuse(e.code(), e.detail());
    }
    flush();
  }

  @Override
  void receiveBinary() {
    refuse("bad_request", "messages are JSON in text frames");
  }

  @Override
  void tooMany(String why) {
    refuse("too_many_messages", why);
  }

  /** Tells the client what is wrong; the connection lives. */
  private void refuse(String code, String message) {
    say(Messages.error(code, message));
    flush();
  }

  private void subscribe(ClientRequest.Subscribe request) throws ClientRequest.Refused {
    Set<Topic> more = request.topics();
    Set<Topic> all = new HashSet<>(topics());
    all.addAll(more);
    long symbols = all.stream().map(Topic::symbol).distinct().count();
    if (symbols > ClientRequest.MOST_SYMBOLS) {
      throw new ClientRequest.Refused(
          "too_many_symbols",
          "%d symbols would be subscribed; at most %d a client, or '*' for all"
              .formatted(symbols, ClientRequest.MOST_SYMBOLS));
    }
    if (request.policy() != null) {
      policy(request.policy());
    }
    // Before the first event that this lets through.
    say(Messages.confirmed("subscribed", request.symbols(), request.channels()));
    subscribe(more);
    if (request.snapshot()) {
      snapshot(more);
    }
  }

  private void unsubscribe(ClientRequest.Unsubscribe request) {
    unsubscribe(request::gives);
    say(Messages.confirmed("unsubscribed", request.symbols(), request.channels()));
  }

  @Override
  void refused(Topic topic, String why) {
    refuse("bad_symbol", why);
  }

  @Override
  void tell(FeedStatus status) {
    say(Messages.status(status));
  }

  @Override
  void tell(Gap gap) {
    Map<Set<String>, Set<Channel>> groups = Messages.together(Messages.byChannel(lostTo(gap)));
    groups.forEach(
        (symbols, channels) -> say(Messages.gap(symbols, channels, gap.from(), gap.to())));
  }
}
