package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Topic;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of the topics asked for the vendor has yet to confirm. It answers nothing at all for a
 * channel it does not know, and without a name for one the plan does not include; a topic that was
 * once waited for in vain is not waited for again, on this connection or the next, unless it was
 * given up in between. Used on the loop only.
 */
final class Confirmations {
  private static final int TOPICS_NAMED = 5;
  private static final String CONFIRMED = "subscribed to: ";

  // By the vendor's spelling, which does not tell the market: T.* is all stocks and all options.
  private final Map<String, Topic> pending = new HashMap<>();
  private final Map<String, Topic> unanswered = new HashMap<>();
  private String refusal = "";

  void expect(Collection<Topic> topics) {
    for (Topic topic : topics) {
      String name = topic.vendorName();
      if (!unanswered.containsKey(name)) {
        pending.put(name, topic);
      }
    }
  }

  void forget(Collection<Topic> topics) {
    for (Topic topic : topics) {
      pending.remove(topic.vendorName());
      unanswered.remove(topic.vendorName());
    }
  }

  void forgetConnection() {
    pending.clear();
    refusal = "";
  }

  /**
   * Takes an answer such as {@code subscribed to: T.AAPL}; which topic it confirms, waited for or
   * given up, empty for any other answer.
   */
  Optional<Topic> confirm(String message) {
    if (!message.startsWith(CONFIRMED)) {
      return Optional.empty();
    }
    String name = message.substring(CONFIRMED.length()).strip();
    Topic late = unanswered.remove(name);
    Topic awaited = pending.remove(name);
    return Optional.ofNullable(awaited == null ? late : awaited);
  }

  /** Takes a refusal, which does not say of what. */
  void refused(String message) {
    refusal = message;
  }

  boolean isComplete() {
    return pending.isEmpty();
  }

  /** Whether the topic is still to be confirmed. */
  boolean isPending(Topic topic) {
    return pending.containsKey(topic.vendorName());
  }

  boolean isUnanswered(Topic topic) {
    return unanswered.containsKey(topic.vendorName());
  }

  /** Ends the wait; the topics that were waited for in vain. */
  List<Topic> giveUp() {
    List<Topic> vain =
        pending.values().stream().sorted(Comparator.comparing(Topic::toString)).toList();
    unanswered.putAll(pending);
    pending.clear();
    return vain;
  }

  /** For people: which topics were not confirmed, and why if the vendor said so. */
  String describe(List<Topic> vain) {
    StringBuilder text = new StringBuilder("connected, but not confirmed: ");
    for (int i = 0; i < Math.min(vain.size(), TOPICS_NAMED); i++) {
      text.append(i == 0 ? "" : ", ").append(vain.get(i));
    }
    if (vain.size() > TOPICS_NAMED) {
      text.append(" and ").append(vain.size() - TOPICS_NAMED).append(" more");
    }
    return refusal.isEmpty()
        ? text.toString()
        : text + " (" + refusal + "): the plan may not include them";
  }
}
