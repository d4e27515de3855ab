package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Topic;
import java.util.ArrayList;
import java.util.Arrays;
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

  static final Routing NONE = new Routing(Map.of(), empty(), List.of());

  private final Map<Group.Key, Group> groups;

  /** By channel, then by symbol; {@link Topic#ALL} is one of the symbols. */
  private final List<Map<String, Audience>> audiences;

  /** Clients that receive history yet: they and the groups change places at once. */
  private final List<Join> joins;

  private Routing(
      Map<Group.Key, Group> groups, List<Map<String, Audience>> audiences, List<Join> joins) {
    this.groups = groups;
    this.audiences = audiences;
    this.joins = joins;
  }

  private static List<Map<String, Audience>> empty() {
    List<Map<String, Audience>> none = new ArrayList<>();
    Arrays.stream(CHANNELS).forEach(channel -> none.add(Map.of()));
    return none;
  }

  /** Groups of one event loop and dialect: they get the same bytes in one parcel. */
  record Part(Shard shard, Dialect dialect, Group[] groups) {}

  /** Those who receive one topic. Never changed once made. */
  record Audience(Part[] parts) {
    private static final Audience NOBODY = new Audience(new Part[0]);

    /** With one group in another's place; null stands for none. */
    private Audience replace(Group.Key key, @Nullable Group before, @Nullable Group after) {
      List<Part> changed = new ArrayList<>(parts.length + 1);
      List<Group> same = new ArrayList<>();
      for (Part part : parts) {
        if (part.shard() == key.shard() && part.dialect() == key.dialect()) {
          same.addAll(Arrays.asList(part.groups()));
        } else {
          changed.add(part);
        }
      }
      if (before != null) {
        same.remove(before);
      }
      if (after != null) {
        same.add(after);
      }
      if (!same.isEmpty()) {
        changed.add(new Part(key.shard(), key.dialect(), same.toArray(Group[]::new)));
      }
      return new Audience(changed.toArray(Part[]::new));
    }
  }

  /** Those who receive exactly this symbol; null when nobody does. */
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
    joins.forEach(join -> topics.addAll(join.topics()));
    return topics;
  }

  /** How many sets of topics there are, those of each event loop and dialect for themselves. */
  int groups() {
    return groups.size();
  }

  /** A copy in which a subscriber receives other topics than before, all at once. */
  Routing move(Subscriber subscriber, Set<Topic> before, Set<Topic> after) {
    Change change = new Change(this);
    if (!before.isEmpty()) {
      change.leave(subscriber, subscriber.key(before));
    }
    if (!after.isEmpty()) {
      change.join(subscriber, subscriber.key(after));
    }
    return new Routing(change.groups, change.audiences, joins);
  }

  /** Those whose history has not come to where live began. */
  List<Join> joins() {
    return joins;
  }

  /** A copy with one of these more. */
  Routing with(Join join) {
    List<Join> more = new ArrayList<>(joins);
    more.add(join);
    return new Routing(groups, audiences, List.copyOf(more));
  }

  /** A copy with one of these less. */
  Routing without(Join join) {
    return new Routing(groups, audiences, joins.stream().filter(each -> each != join).toList());
  }

  /** A copy in the making; maps are copied when first written to. */
  private static final class Change {
    private final Map<Group.Key, Group> groups;
    private final List<Map<String, Audience>> audiences;
    private final Set<Channel> copied = new HashSet<>();

    Change(Routing from) {
      groups = new HashMap<>(from.groups);
      audiences = new ArrayList<>(from.audiences);
    }

    void join(Subscriber subscriber, Group.Key key) {
      Group before = groups.get(key);
      replace(key, before, before == null ? new Group(key, subscriber) : before.with(subscriber));
    }

    void leave(Subscriber subscriber, Group.Key key) {
      Group before = groups.get(key);
      if (before != null) {
        replace(key, before, before.without(subscriber));
      }
    }

    private void replace(Group.Key key, @Nullable Group before, @Nullable Group after) {
      if (after == null) {
        groups.remove(key);
      } else {
        groups.put(key, after);
      }
      for (Topic topic : key.topics()) {
        own(topic.channel())
            .compute(
                topic.symbol(),
                (symbol, audience) -> {
                  Audience changed =
                      (audience == null ? Audience.NOBODY : audience).replace(key, before, after);
                  return changed.parts().length == 0 ? null : changed;
                });
      }
    }

    private Map<String, Audience> own(Channel channel) {
      int at = channel.ordinal();
      if (copied.add(channel)) {
        audiences.set(at, new HashMap<>(audiences.get(at)));
      }
      return audiences.get(at);
    }
  }
}
