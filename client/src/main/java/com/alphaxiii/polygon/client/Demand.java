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
 * it. Single topics that are served are given up only when the vendor has confirmed the whole
 * channel, and are asked for themselves when it does not. Used on the loop only.
 */
final class Demand {
  private final Map<Topic, Integer> wanted = new HashMap<>();
  private final Set<Topic> asked = new HashSet<>();
  private final Set<Topic> changed = new LinkedHashSet<>();

  // Whole channels, by what the vendor last said; on a new connection it is believed to say it
  // again.
  private final Set<Topic> confirmed = new HashSet<>();
  private final Set<Topic> refused = new HashSet<>();

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
          confirmed.remove(topic);
          refused.remove(topic);
          return null;
        });
  }

  /** The vendor has confirmed a topic. True if that changes what is needed. */
  boolean confirmed(Topic topic) {
    if (!topic.isAll()) {
      return false;
    }
    confirmed.add(topic);
    refused.remove(topic);
    return changed.add(topic);
  }

  /** The vendor has not confirmed a topic in time. True if that changes what is needed. */
  boolean unanswered(Topic topic) {
    if (!topic.isAll()) {
      return false;
    }
    confirmed.remove(topic);
    refused.add(topic);
    return changed.add(topic);
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
    if (!wanted.containsKey(topic)) {
      return false;
    }
    Topic whole = topic.whole();
    return topic.isAll()
        || !wanted.containsKey(whole)
        || refused.contains(whole)
        || (asked.contains(topic) && !confirmed.contains(whole));
  }
}
