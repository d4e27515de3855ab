package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What all subscriptions together want, counted, and what the present connection has been asked
 * for. A channel of every ticker stands for all its single topics: they are not asked for beside
 * it. Used on the loop only.
 */
final class Demand {
  private final Map<Topic, Integer> wanted = new HashMap<>();
  private final Set<Topic> asked = new HashSet<>();
  private final Set<Topic> changed = new LinkedHashSet<>();

  /** What to ask for and what to give up, so that the connection serves the demand. */
  record Delta(List<Topic> subscribe, List<Topic> unsubscribe) {}

  void want(Topic topic) {
    if (wanted.merge(topic, 1, Integer::sum) == 1) {
      changed.add(topic);
    }
  }

  void unwant(Topic topic) {
    wanted.computeIfPresent(
        topic,
        (key, count) -> {
          if (count > 1) {
            return count - 1;
          }
          changed.add(topic);
          return null;
        });
  }

  boolean isEmpty() {
    return wanted.isEmpty();
  }

  /** A new connection has been asked for nothing yet. */
  void forgetConnection() {
    asked.clear();
    changed.clear();
    changed.addAll(wanted.keySet());
  }

  /** By which topic, itself or its whole channel, the present connection was asked for a topic. */
  Optional<Topic> asked(Topic topic) {
    if (asked.contains(topic)) {
      return Optional.of(topic);
    }
    return Optional.of(topic.whole()).filter(asked::contains);
  }

  /** What changed since the last call; the connection counts as asked for it from now on. */
  Delta takeDelta() {
    Delta delta = new Delta(new ArrayList<>(), new ArrayList<>());
    for (Topic topic : touched()) {
      if (!isNeeded(topic)) {
        if (asked.remove(topic)) {
          delta.unsubscribe().add(topic);
        }
      } else if (asked.add(topic)) {
        delta.subscribe().add(topic);
      }
    }
    changed.clear();
    return delta;
  }

  private Set<Topic> touched() {
    Set<Topic> whole = new HashSet<>();
    for (Topic topic : changed) {
      if (topic.isAll()) {
        whole.add(topic);
      }
    }
    if (whole.isEmpty()) {
      return changed;
    }
    Set<Topic> touched = new LinkedHashSet<>(changed);
    for (Set<Topic> topics : List.of(wanted.keySet(), asked)) {
      for (Topic topic : topics) {
        if (whole.contains(topic.whole())) {
          touched.add(topic);
        }
      }
    }
    return touched;
  }

  private boolean isNeeded(Topic topic) {
    return wanted.containsKey(topic) && (topic.isAll() || !wanted.containsKey(topic.whole()));
  }
}
