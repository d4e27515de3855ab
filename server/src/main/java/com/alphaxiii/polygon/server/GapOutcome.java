package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Topic;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What became of a gap, or of a part of it. Both bounds are included, in the vendor's time. */
sealed interface GapOutcome {
  Instant from();

  Instant to();

  Set<Topic> topics();

  /**
   * The same, said of some topics only, or of symbols of all that are among them; empty when it is
   * said of none of these.
   */
  default Optional<GapOutcome> among(Set<Topic> some) {
    return switch (this) {
      case Filled(Map<Topic, Integer> counts, Instant from, Instant to) -> {
        Map<Topic, Integer> mine = new HashMap<>(counts);
        mine.keySet().removeIf(topic -> !some.contains(topic) && !some.contains(topic.whole()));
        yield mine.isEmpty() ? Optional.empty() : Optional.of(new Filled(mine, from, to));
      }
      case Unfilled(Set<Topic> topics, Instant from, Instant to, String reason) -> {
        Set<Topic> mine = new HashSet<>(topics);
        mine.removeIf(topic -> !some.contains(topic) && !some.contains(topic.whole()));
        yield mine.isEmpty() ? Optional.empty() : Optional.of(new Unfilled(mine, from, to, reason));
      }
    };
  }

  /**
   * Everything between the bounds has been sent.
   *
   * @param counts how many events that were, by topic
   */
  record Filled(Map<Topic, Integer> counts, Instant from, Instant to) implements GapOutcome {
    @Override
    public Set<Topic> topics() {
      return counts.keySet();
    }
  }

  /** What is missing between the bounds stays so. */
  record Unfilled(Set<Topic> topics, Instant from, Instant to, String reason)
      implements GapOutcome {}
}
