package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who receives what, as one immutable whole: the feed's thread reads it without a lock while a
 * changed copy takes its place.
 */
final class Routing {
  private static final Channel[] CHANNELS = Channel.values();

  static final Routing NONE = new Routing(empty());

  /** By channel, then by symbol; {@link Topic#ALL} is one of the symbols. */
  private final List<Map<String, Audience>> audiences;

  private Routing(List<Map<String, Audience>> audiences) {
    this.audiences = audiences;
  }

  private static List<Map<String, Audience>> empty() {
    List<Map<String, Audience>> none = new ArrayList<>();
    Arrays.stream(CHANNELS).forEach(channel -> none.add(Map.of()));
    return none;
  }

  /** The subscribers of one topic, those of one event loop together. Never changed once made. */
  record Audience(Map<Shard, Subscriber[]> byShard) {
    private Audience with(Subscriber subscriber) {
      Map<Shard, Subscriber[]> changed = new HashMap<>(byShard);
      changed.merge(
          subscriber.shard(),
          new Subscriber[] {subscriber},
          (before, one) -> {
            Subscriber[] more = Arrays.copyOf(before, before.length + 1);
            more[before.length] = subscriber;
            return more;
          });
      return new Audience(changed);
    }

    private Audience without(Subscriber subscriber) {
      Map<Shard, Subscriber[]> changed = new HashMap<>(byShard);
      changed.computeIfPresent(
          subscriber.shard(),
          (shard, before) -> {
            Subscriber[] fewer =
                Arrays.stream(before).filter(s -> s != subscriber).toArray(Subscriber[]::new);
            return fewer.length == 0 ? null : fewer;
          });
      return new Audience(changed);
    }
  }

  /** Subscribers of exactly this symbol; null when there are none. */
  @Nullable Audience of(Channel channel, String symbol) {
    return audiences.get(channel.ordinal()).get(symbol);
  }

  /** Every topic that somebody receives. */
  Set<Topic> topics() {
    Set<Topic> topics = new HashSet<>();
    for (Channel channel : CHANNELS) {
      audiences
          .get(channel.ordinal())
          .keySet()
          .forEach(symbol -> topics.add(new Topic(channel, symbol)));
    }
    return topics;
  }

  /** A copy in which a subscriber receives some topics more and some less. */
  Routing change(Subscriber subscriber, Collection<Topic> more, Collection<Topic> less) {
    List<Map<String, Audience>> changed = new ArrayList<>(audiences);
    Set<Channel> copied = new HashSet<>();
    for (Topic topic : less) {
      own(changed, copied, topic)
          .computeIfPresent(
              topic.symbol(),
              (symbol, audience) -> {
                Audience rest = audience.without(subscriber);
                return rest.byShard().isEmpty() ? null : rest;
              });
    }
    for (Topic topic : more) {
      own(changed, copied, topic)
          .compute(
              topic.symbol(),
              (symbol, audience) ->
                  (audience == null ? new Audience(Map.of()) : audience).with(subscriber));
    }
    return new Routing(changed);
  }

  private static Map<String, Audience> own(
      List<Map<String, Audience>> changed, Set<Channel> copied, Topic topic) {
    int at = topic.channel().ordinal();
    if (copied.add(topic.channel())) {
      changed.set(at, new HashMap<>(changed.get(at)));
    }
    return changed.get(at);
  }
}
