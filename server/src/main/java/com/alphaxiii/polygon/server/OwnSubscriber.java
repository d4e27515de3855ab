package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A client of {@code /ws/{client_id}}, which speaks this server's own protocol. */
class OwnSubscriber extends Subscriber {
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
        case ClientRequest.Turn turn -> turn(turn);
      }
    } catch (ClientRequest.Refused e) {
      refuse(e.code(), e.detail());
    }
    flush();
  }

  /** Only a replay can be stopped and wound. */
  void turn(ClientRequest.Turn turn) throws ClientRequest.Refused {
    throw new ClientRequest.Refused(
        "bad_request",
        "'%s' is for replays: connect with ?replay=2013-10-08T09:30".formatted(turn.action()));
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
    Instant since = request.since();
    if (since != null && request.snapshot()) {
      throw new ClientRequest.Refused(
          "bad_request", "a snapshot comes first, and so does history: ask for one of them");
    }
    if (since != null) {
      checkHistory(more, since);
    }
    Set<Topic> joining = joining();
    if (more.stream()
            .anyMatch(t -> t.isAll() && joining.stream().anyMatch(j -> j.whole().equals(t)))
        || (since == null && more.stream().anyMatch(joining::contains))) {
      throw new ClientRequest.Refused(
          "bad_request", "history of some of these is on its way: wait for 'live', or unsubscribe");
    }
    if (request.policy() != null) {
      policy(request.policy());
    }
    // Before the first event that this lets through.
    say(Messages.confirmed("subscribed", request.symbols(), request.channels()));
    if (since == null) {
      subscribe(more);
    } else {
      subscribe(more, since);
    }
    if (request.snapshot()) {
      snapshot(more);
    }
  }

  void checkHistory(Set<Topic> more, Instant since) throws ClientRequest.Refused {
    Instant now = clock.instant();
    for (Topic topic : more) {
      if (topic.isAll() || !EventHistory.has(topic.channel())) {
        throw new ClientRequest.Refused(
            "unsupported",
            "'since' needs symbols, and channels of T, Q, A and AM; %s has no history"
                .formatted(topic));
      }
      if (topics().contains(topic) || topics().contains(topic.whole())) {
        throw new ClientRequest.Refused(
            "bad_request",
            "%s is subscribed already: unsubscribe first to have its history".formatted(topic));
      }
    }
    if (since.isAfter(now) || since.isBefore(now.minus(Joining.LONGEST))) {
      throw new ClientRequest.Refused(
          "bad_request",
          "'since' lies at most %d hours back; ask /api/v1/trades, quotes or bars for more"
              .formatted(Joining.LONGEST.toHours()));
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

  @Override
  void tell(GapOutcome outcome) {
    Messages.together(Messages.byChannel(outcome.topics()))
        .forEach((symbols, channels) -> say(Messages.outcome(symbols, channels, outcome)));
  }

  @Override
  void tellLive(Map<Topic, Integer> counts) {
    Messages.together(Messages.byChannel(counts.keySet()))
        .forEach((symbols, channels) -> say(Messages.live(symbols, channels, counts)));
  }
}
