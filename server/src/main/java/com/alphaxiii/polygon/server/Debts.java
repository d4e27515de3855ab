package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one client has been told to have lost and may still get. Lives on its event loop. */
final class Debts {
  private final Map<Gap, Owed> gaps = new IdentityHashMap<>();

  /** The topics owed of one gap. */
  static final class Owed {
    private final Set<Topic> topics;
    private final Map<Channel, Set<String>> symbols = new EnumMap<>(Channel.class);

    private Owed(Set<Topic> topics) {
      this.topics = topics;
      topics.forEach(
          topic ->
              symbols.computeIfAbsent(topic.channel(), c -> new HashSet<>()).add(topic.symbol()));
    }

    Set<Topic> topics() {
      return topics;
    }

    boolean includes(TickerEvent event) {
      Set<String> some = symbols.get(event.channel());
      return some != null
          && (some.contains(event.symbol()) || some.contains(event.ticker().market().wildcard()));
    }
  }

  void owe(Gap gap, Set<Topic> topics) {
    if (!topics.isEmpty()) {
      gaps.put(gap, new Owed(topics));
    }
  }

  /** What is owed of a gap; null for nothing. */
  @Nullable Owed of(Gap gap) {
    return gaps.get(gap);
  }

  /** Forgets what is not received any more. */
  void keep(Predicate<Topic> received) {
    gaps.replaceAll(
        (gap, owed) -> {
          Set<Topic> rest = new HashSet<>(owed.topics);
          return rest.removeIf(received.negate()) ? new Owed(rest) : owed;
        });
  }

  void forget(Gap gap) {
    gaps.remove(gap);
  }
}
