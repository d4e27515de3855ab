package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One gap, and what of it can be filled. */
final class GapFill {
  /** Topics of one gap that are asked for: each costs a request at least. */
  static final int MOST_TOPICS = 500;

  private final Gap gap;
  private final Instant from;
  private final Instant to;
  private final Map<Topic, Seam> seams = new LinkedHashMap<>();

  /** The last events before the gap of symbols that the feed was not asked for by name. */
  private final Map<Topic, TickerEvent> seen = new LinkedHashMap<>();

  private final List<GapOutcome.Unfilled> hopeless = new ArrayList<>();

  private GapFill(Gap gap, Instant from, Instant to) {
    this.gap = gap;
    this.from = from;
    this.to = to;
  }

  /**
   * Plans how to fill a gap.
   *
   * @param busiest the last event of each ticker of a channel, the busiest first
   * @param seams begins to look at the live events of a topic up to a time of the vendor, where its
   *     history will meet them
   */
  static GapFill plan(
      Gap gap,
      GapLimits limits,
      Function<Topic, List<TickerEvent>> busiest,
      BiFunction<Topic, Instant, Seam> seams) {
    boolean tooLong = Duration.between(gap.from(), gap.to()).compareTo(limits.longest()) > 0;
    Instant from = tooLong && limits.newestFirst() ? gap.to().minus(limits.longest()) : gap.from();
    Instant to = tooLong && !limits.newestFirst() ? gap.from().plus(limits.longest()) : gap.to();
    GapFill fill = new GapFill(gap, from, to);
    Set<Topic> topics = fill.choose(limits, busiest);
    if (tooLong && !topics.isEmpty()) {
      fill.giveUp(
          topics,
          limits.newestFirst() ? gap.from() : to,
          limits.newestFirst() ? from : gap.to(),
          "of a gap at most %d minutes are filled; GAP_FILL_MINUTES sets how many"
              .formatted(limits.longest().toMinutes()));
    }
    for (Topic topic : topics) {
      fill.seams.put(topic, seams.apply(topic, to));
    }
    return fill;
  }

  private Set<Topic> choose(GapLimits limits, Function<Topic, List<TickerEvent>> busiest) {
    if (limits.events() == 0) {
      giveUp(gap.topics(), gap.from(), gap.to(), "this server fills no gaps: GAP_FILL_EVENTS is 0");
      return Set.of();
    }
    Set<Topic> whole = new HashSet<>();
    Set<Topic> forgotten = new HashSet<>();
    List<Topic> good = new ArrayList<>();
    for (Topic topic : gap.topics()) {
      if (!EventHistory.has(topic.channel())) {
        forgotten.add(topic);
      } else if (topic.isAll()) {
        whole.add(topic);
      } else {
        good.add(topic);
      }
    }
    giveUp(forgotten, gap.from(), gap.to(), "the vendor has no history of this channel");
    // The topics that were heard of last are the busiest, and those that lack most.
    good.sort(Comparator.comparingLong(this::lastHeard).reversed().thenComparing(Topic::symbol));
    List<Topic> over = good.subList(Math.min(MOST_TOPICS, good.size()), good.size());
    giveUp(
        Set.copyOf(over),
        gap.from(),
        gap.to(),
        "the gap has more than %d topics".formatted(MOST_TOPICS));
    Set<Topic> chosen = new LinkedHashSet<>(good.subList(0, good.size() - over.size()));
    for (Topic topic : whole) {
      chooseOf(topic, busiest.apply(topic), limits, chosen);
    }
    return chosen;
  }

  /**
   * Of all of a channel the busiest symbols. The others stay unfilled, and so does what a symbol
   * had in the gap of which nothing had come before.
   */
  private void chooseOf(Topic whole, List<TickerEvent> known, GapLimits limits, Set<Topic> chosen) {
    int named = 0;
    int more = 0;
    for (TickerEvent last : known) {
      Topic topic = Topic.of(last.channel(), last.ticker());
      if (gap.topics().contains(topic)) {
        seen.put(topic, last);
        named++;
      } else if (more < limits.symbols() && chosen.size() < MOST_TOPICS) {
        chosen.add(topic);
        seen.put(topic, last);
        more++;
      }
    }
    giveUp(
        Set.of(whole),
        gap.from(),
        gap.to(),
        ("of '*' are filled the symbols that somebody names and the %d busiest others: not %d"
                + " more that were seen, nor any that were not; GAP_FILL_SYMBOLS sets how many")
            .formatted(more, known.size() - named - more));
  }

  private long lastHeard(Topic topic) {
    TickerEvent last = gap.last().get(topic);
    return last == null ? Long.MIN_VALUE : last.time();
  }

  /** The last event of a topic before the gap; null when none is known. */
  @Nullable TickerEvent last(Topic topic) {
    TickerEvent named = gap.last().get(topic);
    return named == null ? seen.get(topic) : named;
  }

  private void giveUp(Set<Topic> topics, Instant since, Instant until, String reason) {
    if (!topics.isEmpty()) {
      hopeless.add(new GapOutcome.Unfilled(topics, since, until, reason));
    }
  }

  Gap gap() {
    return gap;
  }

  /** The part that is filled; both bounds included. */
  Instant from() {
    return from;
  }

  Instant to() {
    return to;
  }

  /** The topics to be filled, the busiest first, each with its seam. */
  Map<Topic, Seam> seams() {
    return seams;
  }

  /** What is not even tried, and why. */
  List<GapOutcome.Unfilled> hopeless() {
    return hopeless;
  }
}
