package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is wanted and given up in whatever order, and whatever whole channels the vendor
 * confirms: the connection serves just the union, and nothing that is served is given up for a
 * promise.
 */
class DemandPropertyTest {
  private enum Kind {
    WANT,
    UNWANT,
    ANSWER,
    LEAVE_UNANSWERED,
    RECONNECT
  }

  private record Step(Topic topic, Kind kind, boolean sync) {}

  private final Demand demand = new Demand();
  private final List<Topic> wanted = new ArrayList<>();
  private final Set<Topic> served = new HashSet<>();
  private final Set<Topic> confirmed = new HashSet<>();

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Topic> topics =
        Arbitraries.of("T.A", "T.B", "T.*", "Q.A", "Q.*", "AM.A").map(Topic::parse);
    return Combinators.combine(topics, Arbitraries.of(Kind.class), Arbitraries.of(true, false))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property
  void asksForJustWhatIsWanted(@ForAll("steps") List<Step> steps) {
    for (Step step : steps) {
      take(step);
      if (step.sync()) {
        sync();
        for (Topic topic : wanted) {
          assertThat(demand.asked(topic)).isPresent();
        }
      }
    }
    sync();
    Set<Topic> refused = new HashSet<>();
    for (Topic topic : Set.copyOf(served)) {
      if (topic.channel() == Channel.QUOTES) {
        demand.unanswered(topic);
        refused.add(topic);
        confirmed.remove(topic);
      } else {
        confirm(topic);
      }
    }
    sync();
    assertThat(served).isEqualTo(union(refused));
    assertThat(demand.isEmpty()).isEqualTo(wanted.isEmpty());
  }

  private void take(Step step) {
    Topic topic = step.topic();
    switch (step.kind()) {
      case WANT -> {
        demand.want(topic);
        wanted.add(topic);
      }
      case UNWANT -> {
        demand.unwant(topic);
        wanted.remove(topic);
      }
      case ANSWER -> {
        if (served.contains(topic)) {
          confirm(topic);
        }
      }
      case LEAVE_UNANSWERED -> {
        if (served.contains(topic)) {
          demand.unanswered(topic);
          confirmed.remove(topic);
        }
      }
      case RECONNECT -> {
        demand.forgetConnection();
        served.clear();
      }
    }
  }

  private void confirm(Topic topic) {
    demand.confirmed(topic);
    confirmed.add(topic);
  }

  private void sync() {
    Demand.Delta delta = demand.takeDelta();
    for (Topic topic : delta.subscribe()) {
      assertThat(served.add(topic)).as("%s asked for once", topic).isTrue();
    }
    for (Topic topic : delta.unsubscribe()) {
      assertThat(served.remove(topic)).as("%s given up once", topic).isTrue();
      assertThat(!wanted.contains(topic) || confirmed.contains(topic.whole()))
          .as("%s is given up for what is confirmed", topic)
          .isTrue();
    }
  }

  private Set<Topic> union(Set<Topic> refused) {
    Set<Topic> union = new HashSet<>(wanted);
    union.removeIf(
        topic ->
            !topic.isAll() && wanted.contains(topic.whole()) && !refused.contains(topic.whole()));
    return union;
  }
}
